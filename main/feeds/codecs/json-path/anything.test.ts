import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mqttConfig } from '../../../../tests/fixtures/mqtt/feedOn.ts';
import { halfSaid } from '../../../../tests/support/bothLanguages.ts';
import { DESCRIBED } from '../codec.ts';
import { parsePath, select } from './path.ts';
import { createJsonReader, MESSAGE_LIMITS } from './reader.ts';

const NOW = Date.parse('2026-11-27T12:00:00Z');
const SEED = 20_261_128;
const shapes = mqttConfig(`id: f
protocol: mqtt
name: { zh: 源, en: Source }
url: mqtt://127.0.0.1
crs: wgs84
topics: [ "#" ]
messages:
  - topic: city/+
    only: { "$.kind": 1 }
    unpack: { "$.packed": base64-json }
    each: "$.data[*]"
    device: "@.id"
    time: { at: "@.t", form: iso }
    readings:
      level: { at: "@.level" }
      frame: { at: "@.frame", bytes: { as: hex, from: 1 } }
      "*": { at: "@.more.*", value: "@.v", time: { at: "@.t", form: ms } }
    position: { lon: "@.lon", lat: "@.lat", speed: "@.speed", heading: "@.dir" }
  - unpack: { "$.packed": json }
    device: topic[0]
    readings: { "*": { at: "$.list[?(@.ok==true)]", name: "@.n", value: "@.v" } }
devices: [{ device: d1, readings: { level: WL-1 } }]
`).messages;
const read = createJsonReader({
  shapes,
  encoding: 'utf-8',
  offsetMinutes: 480,
  wanted: (_, item) => item.length === 1,
});

const scalar = fc.oneof(
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
  fc.string({ maxLength: 12 }),
  fc.constantFrom('12', '00ff', '2026-11-27T12:00:00Z', 1_795_780_800_000),
);
const names = fc.constantFrom(
  'id',
  't',
  'level',
  'frame',
  'more',
  'v',
  'n',
  'ok',
  'lon',
  'lat',
  'speed',
  'dir',
  '__proto__',
  'toString',
);
const anyJson: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    scalar,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(names, tie('value'), { maxKeys: 6 }),
  ),
})).value;
const likely = (...values: readonly unknown[]) =>
  fc.oneof({ arbitrary: fc.constantFrom(...values), weight: 4 }, scalar);
const element = fc.record(
  {
    id: likely('d1', 'd2', 7),
    t: likely('2026-11-27T12:00:00Z', '20261127T120000Z'),
    level: likely(1, '2.5', true),
    frame: likely('00ff', '01'),
    more: fc.oneof(fc.dictionary(names, fc.record({ v: likely(1, '2'), t: likely(1_795_780_800_000) })), anyJson),
    ...{ lon: likely(121.5), lat: likely(31.2), speed: likely(10), dir: likely(90, 361) },
  },
  { requiredKeys: ['id'] },
);
const shaped = fc.record(
  {
    kind: fc.constantFrom<unknown>(1, 1, 2),
    data: fc.oneof({ arbitrary: fc.array(element, { maxLength: 12 }), weight: 3 }, anyJson),
    packed: fc.oneof(
      anyJson,
      anyJson.map((value) => Buffer.from(JSON.stringify(value)).toString('base64')),
    ),
    list: fc.array(fc.record({ ok: scalar, n: scalar, v: scalar }), { maxLength: 5 }),
  },
  { requiredKeys: ['kind', 'data'] },
);
const payload = fc.oneof(
  shaped.map((value) => Buffer.from(JSON.stringify(value))),
  anyJson.map((value) => Buffer.from(JSON.stringify(value) ?? '')),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  fc.tuple(shaped, fc.nat()).map(([value, cut]) => {
    const bytes = Buffer.from(JSON.stringify(value));
    return bytes.subarray(0, cut % (bytes.length + 1));
  }),
);

test('whatever comes is read or refused with a reason in both languages, and what it brings is bounded and whole', () => {
  let brought = 0;
  fc.assert(
    fc.property(payload, fc.constantFrom('city/d1', 'd1', '', '/', '$x/y'), fc.boolean(), (bytes, topic, retained) => {
      const decoded = read({ topic, payload: bytes, retained }, NOW);
      expect(decoded.faults.length).toBeLessThanOrEqual(DESCRIBED + 1);
      expect(decoded.faults.length).toBeLessThanOrEqual(decoded.refused);
      if (decoded.messages > 0) expect(decoded.records.length + decoded.undated).toBeGreaterThan(0);
      for (const { message, remedy, excerpt } of decoded.faults) {
        expect([halfSaid(message), halfSaid(remedy)]).toEqual([null, null]);
        expect(excerpt.length).toBeLessThan(2000);
      }
      for (const record of decoded.records) {
        brought++;
        expect(record.device).toMatch(/^[^\p{C}]{1,64}$/u);
        expect(Number.isSafeInteger(record.t) && record.t >= 0).toBe(true);
        const numbers =
          record.kind === 'reading' ? [record.value] : [record.lon, record.lat, record.speed, record.heading];
        expect(numbers.every(Number.isFinite)).toBe(true);
      }
      // The same message says the same.
      expect(read({ topic, payload: bytes, retained }, NOW)).toEqual(decoded);
    }),
    { seed: SEED, numRuns: 3000 },
  );
  expect(brought).toBeGreaterThan(1000);
});

test('whatever is written as a path is one or is refused, and a path selects what stands in the message', () => {
  const sign = fc.constantFrom(
    '$',
    '@',
    '.',
    '*',
    '[',
    ']',
    "'",
    '"',
    '?',
    '(',
    ')',
    '=',
    '==',
    '0',
    '-1',
    'a',
    'data',
    ' ',
  );
  fc.assert(
    fc.property(
      fc.array(sign, { maxLength: 12 }).map((signs) => `$${signs.join('')}`),
      anyJson,
      (text, root) => {
        const path = parsePath(text);
        if (!('root' in path)) {
          expect(halfSaid(path.message)).toBeNull();
          return;
        }
        const all = JSON.stringify(root);
        for (const { value } of select(path, { root, element: root }, { left: 1000 }))
          expect(all).toContain(JSON.stringify(value));
      },
    ),
    { seed: SEED, numRuns: 3000 },
  );
});

test('a message of more records than are taken brings those and is told; one that costs too much to look through likewise', () => {
  const many = { kind: 1, data: Array.from({ length: 20_000 }, (_, i) => ({ id: 'd1', level: i })) };
  const decoded = read({ topic: 'city/d1', payload: Buffer.from(JSON.stringify(many)), retained: false }, NOW);
  expect([decoded.records.length, decoded.refused, decoded.messages]).toEqual([MESSAGE_LIMITS.records, 1, 1]);
  expect(decoded.faults[0]?.message.en).toContain('more than 5000 records');
  const list = { list: Array.from({ length: 250_000 }, () => 0) };
  const dear = read({ topic: 'd1', payload: Buffer.from(JSON.stringify(list)), retained: false }, NOW);
  expect([dear.records, dear.refused, dear.messages]).toEqual([[], 1, 0]);
});

test('JSON within JSON that is called __proto__ changes nothing but the message', () => {
  const [shape] = mqttConfig(`id: f
protocol: mqtt
name: { zh: 源, en: Source }
url: mqtt://127.0.0.1
topics: [ "#" ]
messages: { unpack: { "$.__proto__": json }, device: "topic[0]", readings: { x: "$.__proto__.x" } }
devices: [{ device: d1, readings: { x: WL-1 } }]
`).messages;
  if (!shape) throw new Error('no shape');
  const one = createJsonReader({ shapes: [shape], encoding: 'utf-8', offsetMinutes: 0, wanted: () => true });
  const text = '{"__proto__":"{\\"x\\":5}"}';
  expect(one({ topic: 'd1', payload: Buffer.from(text), retained: false }, NOW).records).toMatchObject([{ value: 5 }]);
  expect(({} as { x?: number }).x).toBeUndefined();
});
