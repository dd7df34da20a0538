import { expect, test } from 'vitest';
import { textFaults, whatStops } from './faults.ts';

const TOLD = {
  ...{ kind: 'fire', level: '3', place: '港口路 12 号', at: '121.93, 29.15' },
  ...{ words: '三楼冒烟', caller: '李女士', phone: '13900000000' },
};

test('what the hall takes has no fault, empty fields included', () => {
  expect(textFaults(TOLD)).toEqual([]);
  expect(textFaults({ ...TOLD, place: '', words: ' ', caller: '', phone: '' })).toEqual([]);
});

test('each field that the hall would refuse is named, with why', () => {
  const unseen = 'incidents:new.unseen';
  expect(textFaults({ ...TOLD, place: '港口\u202e路' })).toEqual([{ field: 'place', key: unseen }]);
  expect(textFaults({ ...TOLD, caller: '李\u200b女士', phone: '139\u0007' })).toEqual([
    { field: 'caller', key: unseen },
    { field: 'phone', key: unseen },
  ]);
});

test.each([
  ['words', 2000],
  ['place', 200],
  ['caller', 100],
  ['phone', 40],
] as const)('%s over its limit says by how much', (field, most) => {
  expect(textFaults({ ...TOLD, [field]: '字'.repeat(most) })).toEqual([]);
  expect(textFaults({ ...TOLD, [field]: '字'.repeat(most + 1) })).toEqual([
    { field, key: 'common:field.too-long', words: { over: 1, most } },
  ]);
});

const CITY = [121.86, 29.1, 122, 29.22] as const;
const stops = (told: Partial<typeof TOLD>, asked: string | null = null) => whatStops({ ...TOLD, ...told }, CITY, asked);

test('kind and coordinates are asked for, then the texts are looked at', () => {
  expect(stops({})).toBeNull();
  expect(stops({ kind: '', at: '' })).toMatchObject({ field: 'kind' });
  expect(stops({ at: '港口路', place: '\u202e' })).toMatchObject({ field: 'at', key: 'incidents:new.at-missing' });
  expect(stops({ at: '0,0', place: '\u202e' })).toMatchObject({ field: 'place' });
});

test.each([
  ['121.86, 29.22', null],
  ['121°57′E 29°10′N', null],
  // A minute of latitude is a sea mile.
  [`121.93, ${(29.22 + 1 / 60).toFixed(5)}`, /^1\.9 km$/],
  ['北纬39.9 东经116.4', /^1[23]\d\d\.\d km$/],
  ['0,0', /^\d{5}\.\d km$/],
])('%s is outside the city by %s: it is asked about once', (at, away) => {
  const question = stops({ at });
  if (away === null) return expect(question).toBeNull();
  expect(question).toEqual({
    ...{ field: 'at', key: 'incidents:new.outside' },
    words: { distance: expect.stringMatching(away) },
  });
  expect(stops({ at }, at)).toBeNull();
  expect(stops({ at: '0, 1' }, at)).not.toBeNull();
  expect(whatStops({ ...TOLD, at }, null, null)).toBeNull();
});
