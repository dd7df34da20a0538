import fc from 'fast-check';
import { expect, test } from 'vitest';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';
import { readFeedConfig } from '../registry.ts';
import { kindOf, portionReader } from './portions.ts';

const SEED = 20_261_128;
const NOW = Date.parse('2026-11-28T06:00:00Z');
const config = readFeedConfig(
  'f.yaml',
  `id: f
protocol: folder
name: { zh: 源, en: Source }
crs: wgs84
messages: { device: "$.id", time: { at: "$.t", form: table }, readings: { level: "$.v" } }
columns:
  device: 站码
  time: 时间
  readings: { "*": { name: 项目, value: 数值 } }
  position: { lon: 经度, lat: 纬度, speed: { at: 速度, times: 0.5 }, heading: 方向 }
devices: [{ device: "0012", readings: { level: WL-1 } }]
`,
);
if (config.protocol !== 'folder') throw new Error(config.protocol);
const read = portionReader(config, () => true);

const HEAD = '站码,时间,项目,数值,经度,纬度,速度,方向';
const cell = fc.constantFrom(
  '0012',
  '２０２６/11/28 14:00',
  '2026-02-30',
  'level',
  '1.5',
  '１．５',
  '—',
  '<0.05',
  '"',
  '"a\nb"',
  '121.5',
  '999',
  '',
  '\0',
  '__proto__',
  '合计',
);
const proper = fc
  .tuple(fc.constantFrom('2026/11/28 14:00', '2026年11月28日'), fc.constantFrom('level', 'rain'), cell)
  .map(([time, item, value]) => `0012,${time},${item},${value},121.5,31.2,36,90`);
const row = fc.oneof(
  proper,
  fc.array(cell, { maxLength: 10 }).map((cells) => cells.join(',')),
);
const table = fc.array(row, { maxLength: 12 }).map((rows) => Buffer.from([HEAD, ...rows].join('\n')));
const line = fc.oneof(
  fc
    .record({
      id: fc.constantFrom('0012', 7, null),
      t: fc.constantFrom('2026-11-28', 'x'),
      v: fc.constantFrom(1, '2', 'y'),
    })
    .map((value) => JSON.stringify(value)),
  fc.string({ maxLength: 12 }),
);
const lines = fc
  .oneof(fc.array(line), fc.array(line, { minLength: 190, maxLength: 230, size: 'max' }))
  .map((all) => Buffer.from(all.join('\n')));
const bytesOf = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
const file = fc.oneof(
  fc.tuple(table, fc.constant('csv' as const)),
  fc.tuple(lines, fc.constant('ndjson' as const)),
  fc.tuple(fc.oneof(table, lines, bytesOf), fc.constantFrom('json' as const, 'ndjson' as const, 'csv' as const)),
);

test('whatever a file holds is read to its end in portions, or refused with a reason in both languages', () => {
  let brought = 0;
  fc.assert(
    fc.property(file, ([bytes, kind]) => {
      const portions = [...read({ name: 'a', kind, bytes, now: NOW, from: 0 })];
      expect(portions.map(({ last }) => last)).toEqual(portions.map((_, i) => i === portions.length - 1));
      let upTo = 0;
      for (const { decoded, ...portion } of portions) {
        expect(portion.upTo).toBeGreaterThanOrEqual(upTo);
        upTo = portion.upTo;
        expect(decoded.faults.length).toBeLessThanOrEqual(decoded.refused);
        for (const { message, remedy } of decoded.faults)
          expect([halfSaid(message), halfSaid(remedy)]).toEqual([null, null]);
        for (const record of decoded.records) {
          brought++;
          expect(Number.isSafeInteger(record.t)).toBe(true);
        }
      }
      // Whoever goes on where he was gets the rest and nothing else.
      const [first] = portions;
      if (!first || first.last) return;
      const rest = [...read({ name: 'a', kind, bytes, now: NOW, from: first.upTo })].flatMap(
        ({ decoded }) => decoded.records,
      );
      expect(rest).toEqual(portions.slice(1).flatMap(({ decoded }) => decoded.records));
    }),
    { seed: SEED, numRuns: 600 },
  );
  expect(brought).toBeGreaterThan(300);
});

test('a row names what was measured and says where, or is of a unit that moves', () => {
  const bytes = Buffer.from(`${HEAD}\n0012,2026/11/28 14:00,level,1.5,121.5,31.2,36,90\n`);
  const records = [...read({ name: 'a.csv', kind: 'csv', bytes, now: NOW, from: 0 })].flatMap(
    ({ decoded }) => decoded.records,
  );
  expect(records).toEqual([
    { kind: 'reading', device: '0012', item: 'level', t: NOW, value: 1.5, quality: 'good' },
    { kind: 'position', device: '0012', t: NOW, lon: 121.5, lat: 31.2, speed: 18, heading: 90 },
  ]);
});

test('a table in GBK whose words would be others in UTF-8 is read by its columns', () => {
  const gbk = readFeedConfig(
    'f.yaml',
    'id: f\nprotocol: folder\nname: { zh: 源, en: S }\ncolumns: { device: 站, readings: { level: 水 } }\ndevices: [{ device: "1", readings: { level: WL-1 } }]\n',
  );
  if (gbk.protocol !== 'folder') throw new Error(gbk.protocol);
  const bytes = Buffer.concat([Buffer.from([0xd5, 0xbe, 0x2c, 0xcb, 0xae]), Buffer.from('\n1,2.5\n')]);
  const portions = [...portionReader(gbk, () => true)({ name: 'a.csv', kind: 'csv', bytes, now: NOW, from: 0 })];
  expect(portions.flatMap(({ decoded }) => decoded.records)).toMatchObject([{ device: '1', value: 2.5 }]);
});

test.each([
  ['a.csv', 'csv'],
  ['水位.JSON', 'json'],
  ['a.b.ndjson', 'ndjson'],
  ['.a.csv', null],
  ['~$a.csv', null],
  ['a.csv.part', null],
  ['a.xlsx', null],
])('%s is a file of the kind %j', (name, kind) => {
  expect(kindOf(name)).toBe(kind);
});
