import { expect, test } from 'vitest';
import { capFile, capOf } from '../../../../tests/fixtures/cap/capOf.ts';
import { type CapOptions, readCap } from './read.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-28T06:00:00+08:00');
const OPTIONS: CapOptions = {
  ...{ zone: 480, holds: 24 * HOUR, mayBring: (sender) => sender !== 'stranger' },
  convert: (lon, lat) => [lon, lat],
};

const read = (xml: string | Uint8Array, options = OPTIONS) =>
  readCap(typeof xml === 'string' ? Buffer.from(xml) : xml, options, NOW);
function taken(xml: string | Uint8Array) {
  const reading = read(xml);
  if (!reading.ok || reading.message === null) throw new Error(JSON.stringify(reading));
  return { ...reading.message, faults: reading.faults };
}
const refused = (xml: string | Uint8Array) => {
  const reading = read(xml);
  if (reading.ok) throw new Error('taken');
  return `${reading.fault.path}: ${reading.fault.message.en}`;
};

test('a chain of CAP 1.2: who says what of which district, how bad, until when, and what it follows', () => {
  const alert = taken(capFile('chain-1-alert.xml'));
  expect(alert).toMatchObject({
    ...{ sender: '42010041600000', identifier: '42010041600000_20240901140000', does: 'alert' },
    ...{ sent: Date.parse('2024-09-01T06:00:00Z'), until: Date.parse('2024-09-01T12:00:00Z'), assumed: false },
    ...{ event: { zh: '暴雨', en: 'Rainstorm' }, code: '11B03', level: 3, severity: 'Moderate' },
    title: { zh: '武汉市气象台发布暴雨黄色预警[III级/较重]', en: 'Rainstorm warning, yellow' },
    from: { zh: '武汉市气象台', en: '武汉市气象台' },
    area: { name: { zh: '武汉市' }, codes: ['420100000000'], polygons: [] },
    references: [],
  });
  expect(taken(capFile('chain-2-update.xml'))).toMatchObject({
    ...{ does: 'update', level: 2 },
    references: [{ sender: '42010041600000', identifier: '42010041600000_20240901140000' }],
  });
  expect(taken(capFile('chain-3-cancel.xml')).does).toBe('cancel');
});

test('the Chinese form: its own names, colours, references without a sender; a person’s name is nobody’s business', () => {
  const message = taken(capFile('cn-province-update.xml'));
  expect(message).toMatchObject({
    ...{ sender: '33000041600000', does: 'update', sent: Date.parse('2026-02-05T02:45:00Z'), level: 4 },
    ...{ event: { zh: '大风', en: 'Gale' }, code: '11B06' },
    from: { zh: '某省气象局', en: '某省气象局' },
    onset: Date.parse('2026-02-05T02:57:42Z'),
    ...{ until: message.sent + 24 * HOUR, assumed: true },
    references: [{ sender: null, identifier: '33000041600000_20260204121842' }],
    area: { name: { zh: '某省' }, codes: ['330000000000'], polygons: [], circles: [] },
    faults: [],
  });
  expect(JSON.stringify(message)).not.toContain('张三');
});

test('two languages are one warning; latitudes come first in CAP and last in the hall, outlines stand once', () => {
  expect(taken(capFile('two-languages.xml'))).toMatchObject({
    title: { zh: '下游洪水预警', en: 'Flood warning for the lower river' },
    event: { zh: '河流洪水', en: 'River flood' },
    text: { zh: '水位超过4.5米并上涨。', en: 'Level above 4.5 m & rising.' },
    from: { zh: '江海水务局', en: 'Jianghai Water Office' },
    onset: Date.parse('2026-11-28T00:00:00Z'),
    area: {
      name: { zh: '下游', en: 'Lower river' },
      polygons: [
        [
          [121.8, 29.1],
          [121.9, 29.1],
          [121.9, 29.2],
          [121.8, 29.1],
        ],
      ],
      circles: [{ at: [121.95, 29.15], radius: 2500 }],
    },
  });
});

test.each([
  ['Extreme', '', 1],
  ['Red', '', 1],
  ['Orange', '', 2],
  ['moderate', '', 3],
  ['Minor', '', 4],
  ['Blue', '', 4],
  ['Unknown', '发布暴雨红色预警', 1],
  ['Unknown', '大风蓝色预警', 4],
  ['Unknown', 'Something', 3],
  ['constructor', 'Something', 3],
])('severity %s with “%s” is level %i', (severity, headline, level) => {
  expect(taken(capOf({}, { severity, headline })).level).toBe(level);
});

test('times are read with their zone, without one by the feed’s, and as platforms write them', () => {
  const of = (sent: string) => taken(capOf({ sent })).sent;
  const t = Date.parse('2026-11-27T21:00:00Z');
  for (const sent of [
    '2026-11-28T05:00:00+08:00',
    '2026-11-27T21:00:00Z',
    '2026-11-27T21:00:00-00:00',
    '2026-11-28 05:00:00',
  ])
    expect(of(sent)).toBe(t);
  expect(of('2026/11/28 05:00')).toBe(t);
  expect(of('２０２６-11-28 05:00:00')).toBe(t);
});

test('Cancle is a cancel, and so is 解除 in the only clause of what follows another', () => {
  expect(taken(capOf({ msgType: 'Cancle' })).does).toBe('cancel');
  const references = 'weather,B,2026-11-28T04:00:00+08:00';
  const of = (headline: string, more = { references } as Record<string, string>) =>
    taken(capOf({ msgType: 'Update', ...more }, { headline })).does;
  expect(of('江海市气象台解除暴雨橙色预警[II级/严重]')).toBe('cancel');
  expect(of('江海市气象台解除暴雨橙色预警信号')).toBe('cancel');
  for (const headline of ['解除暴雨橙色预警，发布暴雨黄色预警', '发布暴雨黄色预警，解除橙色预警', '请勿解除警戒'])
    expect(of(headline)).toBe('update');
  expect(of('解除暴雨橙色预警', {})).toBe('update');
});

test('an Ack or an Error warns of nothing; what is only tried is refused and says so', () => {
  for (const msgType of ['Ack', 'Error']) expect(read(capOf({ msgType }))).toMatchObject({ ok: true, message: null });
  expect(refused(capOf({ status: 'Test' }))).toBe('alert.status: is “Test”; the hall shows Actual alone');
});

test('a message without what makes it one is refused with the place', () => {
  expect(refused(capOf({ identifier: '' }))).toBe('alert.identifier: is missing or empty');
  expect(refused(capOf({ sent: 'today' }))).toBe('alert.sent: “today” is no time');
  expect(refused(capOf({ sent: '2026-11-28T08:00:00+08:00' }))).toMatch(/^alert\.sent: is more than an hour ahead/);
  expect(refused(capOf({ msgType: 'Hello' }))).toMatch(/^alert\.msgType: “hello” is no type/);
  expect(refused(capOf({ sender: 'stranger' }))).toMatch(/^alert\.sender: “stranger” is none/);
  expect(refused(capOf({}, { expires: '31 o’clock' }))).toMatch(/^alert\.info\.0\.expires: /);
  expect(refused(capOf().replace(/<info>.*<\/info>/, ''))).toMatch(/^alert\.info: is missing/);
  expect(refused('<feed/>')).toMatch(/begins with <feed>/);
  expect(refused('')).toMatch(/line 1 is no good XML/);
  expect(refused(capOf().slice(0, 200))).toMatch(/no good XML/);
});

test('outlines that are none are left out and told; the warning is taken all the same', () => {
  const area = (xml: string) => {
    const { area: read, faults } = taken(capOf({}, {}, xml));
    return {
      polygons: read.polygons.length,
      circles: read.circles.length,
      faults: faults.map(({ message }) => message.en),
    };
  };
  const swapped = '<polygon>121.8,29.1 121.9,29.1 121.9,29.2 121.8,29.1</polygon>';
  expect(area(swapped)).toMatchObject({ polygons: 0, faults: ['has longitude and latitude swapped; it was left out'] });
  for (const bad of [
    '29.1,121.8 29.1',
    '29.1,121.8',
    '29,121 29,121 29,121',
    'a,b c,d e,f g,h',
    '29.1,121.8,5 1,2 3,4 5,6',
  ])
    expect(area(`<polygon>${bad}</polygon>`).faults[0]).toMatch(/no polygon/);
  expect(area('<circle>29.1,121.8</circle>').faults[0]).toMatch(/no circle/);
  expect(area('<circle>29.1,121.8 -1</circle>').faults[0]).toMatch(/no circle/);
  // Not closed: the last side is plain.
  const open = taken(capOf({}, {}, '<polygon>29.1,121.8 29.1,121.9 29.2,121.9</polygon>')).area.polygons[0];
  expect([open?.length, open?.at(-1)]).toEqual([4, [121.8, 29.1]]);
});

test('what is long is cut, what cannot be seen is taken out', () => {
  const { text, title } = taken(capOf({}, { description: '雨'.repeat(9000), headline: '暴\u202e雨\u0085' }));
  expect([text.zh.length, text.zh.at(-1), title.zh]).toEqual([8000, '…', '暴雨']);
});
