import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PlaceBody, TextBody } from '../../../core/bodies.ts';
import { CallAbout } from '../../../core/calls/call.ts';
import { canonicalJson } from '../../../core/ledger/canonical.ts';
import { toWgs84 } from '../../../core/places/crs.ts';
import { plainName } from '../../../core/plainText.ts';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';
import { MOST_CALLS, readCalls } from './read.ts';

const NOW = Date.parse('2026-11-28T06:00:00Z');
const options = { kinds: { 火警: 'fire' }, convert: null, zone: 480 };
const bytesOf = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const read = (value: unknown, more: object = {}) => readCalls(bytesOf(value), { ...options, ...more }, NOW);
const one = (record: object, more: object = {}) => {
  const reading = read({ calls: [record] }, more);
  return reading.ok ? (reading.reports[0] ?? reading.faults[0]) : reading.fault;
};
const call = { id: '0042', words: '三楼冒烟' };

describe('a call', () => {
  test('says who, where, what and when, in the hall’s own kinds and coordinates', () => {
    const said = {
      ...{ ...call, t: '2026-11-28T13:59:00', kind: ' 火警 ', over: false },
      caller: { name: '王先生', phone: '13900000000' },
      place: { lon: 121.5, lat: 29.2, name: '解放路 1 号' },
    };
    expect(one(said)).toEqual({
      ...{ id: '0042', at: NOW - 60_000, over: false, text: { zh: '三楼冒烟', en: '三楼冒烟' } },
      about: {
        kind: 'fire',
        caller: { name: '王先生', phone: '13900000000' },
        place: { lon: 121.5, lat: 29.2, name: { zh: '解放路 1 号', en: '解放路 1 号' } },
      },
    });
    const [lon, lat] = toWgs84('gcj02')?.(121.5, 29.2) ?? [];
    expect(one(said, { convert: toWgs84('gcj02') })).toMatchObject({ about: { place: { lon, lat } } });
  });

  test('needs a number and words; a place without coordinates goes with the words, and kinds that are not named are none', () => {
    expect(one({ ...call, id: 42, kind: 'x', t: NOW, place: { name: '东门' }, caller: {} })).toEqual({
      ...{ id: '42', at: NOW, over: false, about: {} },
      text: { zh: '三楼冒烟 · 东门', en: '三楼冒烟 · 东门' },
    });
    expect(one(call)).toMatchObject({ at: null, about: {} });
    // BD-09 turned back is off the earth there.
    expect(one({ ...call, place: { lon: -180, lat: 0 } }, { convert: toWgs84('bd09') })).toMatchObject({ about: {} });
  });

  test.each([
    [{ words: 'x' }, 'calls.0.id'],
    [{ ...call, id: 'a\u0000' }, 'calls.0.id'],
    [{ ...call, id: 'x'.repeat(121) }, 'calls.0.id'],
    [{ id: '1', words: ' ' }, 'calls.0.words'],
    [{ ...call, words: 'x'.repeat(20_001) }, 'calls.0.words'],
    [{ ...call, t: 'gestern' }, 'calls.0.t'],
    [{ ...call, t: NOW + 61_000 }, 'calls.0.t'],
    [{ ...call, place: { lon: 29.2, lat: 121.5 } }, 'calls.0.place.lat'],
    [{ ...call, caller: 'x' }, 'calls.0.caller'],
  ])('that is wrong is refused with its place: %j', (record, path) => {
    expect(one(record)).toMatchObject({ path });
  });

  test('a message of something else, and one of too many', () => {
    expect(one.length).toBe(1);
    expect(read('<xml/>')).toMatchObject({ ok: false, fault: { message: { zh: '不是 JSON' } } });
    expect(read({ obs: [] })).toMatchObject({ ok: false, fault: { path: 'calls' } });
    expect(read({ calls: Array(MOST_CALLS + 1).fill(call) })).toMatchObject({ ok: false, fault: { path: 'calls' } });
    const mixed = read({ calls: [call, {}, call] });
    expect(mixed).toMatchObject({ ok: true, reports: [{ id: '0042' }, { id: '0042' }], rejected: 1 });
  });
});

test('whatever comes, it fits the ledger and the form, and every refusal is told in both languages (fuzz)', () => {
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('\ud800', 'a\u202eb', '\u200bx', 'x'.repeat(1200), '\n'),
  );
  const record = fc.record(
    {
      id: fc.oneof(odd, fc.integer(), fc.constant('7')),
      t: fc.oneof(fc.integer(), odd, fc.constant(NOW)),
      words: odd,
      kind: fc.constantFrom('火警', '__proto__', 'constructor', ''),
      caller: fc.record({ name: odd, phone: odd }, { requiredKeys: [] }),
      place: fc.record(
        { lon: fc.double({ min: -200, max: 200 }), lat: fc.double({ min: -95, max: 95 }), name: odd },
        { requiredKeys: [] },
      ),
      over: fc.constantFrom(true, false, null),
    },
    { requiredKeys: ['words'] },
  );
  let taken = 0;
  fc.assert(
    fc.property(
      fc.oneof(
        { weight: 5, arbitrary: fc.array(record, { maxLength: 4 }).map((calls) => ({ calls })) },
        fc.jsonValue(),
      ),
      fc.constantFrom(...(['wgs84', 'gcj02', 'bd09'] as const)),
      (value, crs) => {
        const reading = read(value, { convert: toWgs84(crs) });
        const faults = reading.ok ? reading.faults : [reading.fault];
        for (const { message, remedy } of faults) expect([halfSaid(message), halfSaid(remedy)]).toEqual([null, null]);
        if (!reading.ok) return;
        taken += reading.reports.length;
        for (const { id, text, about } of reading.reports) {
          expect(TextBody.safeParse(text).success && CallAbout.safeParse(about).success && id.length <= 120).toBe(true);
          if (about.place) expect(PlaceBody.safeParse(about.place).success).toBe(true);
          expect(() => canonicalJson({ id, text, about })).not.toThrow();
          for (const name of [about.caller?.name ?? '', about.place?.name.zh ?? ''])
            expect(plainName.safeParse(name).success).toBe(true);
        }
      },
    ),
    { seed: 20_261_128, numRuns: 2000 },
  );
  expect(taken).toBeGreaterThan(300);
});
