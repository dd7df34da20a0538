import fc from 'fast-check';
import { expect, test } from 'vitest';
import { halfSaid } from '../../../../tests/support/bothLanguages.ts';
import {
  cotEmergency,
  cotPing,
  cotXml,
  takControl,
  takMesh,
  takMessage,
  takStream,
} from '../../../../tests/support/cotEvents.ts';
import { DESCRIBED, type Decoded } from '../codec.ts';
import { MOST_BYTES } from './frames.ts';
import { createCotSession } from './session.ts';

const NOW = Date.parse('2026-11-28T06:00:00Z');
const said = fc.record({
  uid: fc.stringMatching(/^[A-Z]{1,4}-\d{1,3}$/),
  type: fc.constantFrom('a-f-G-U-C', 'a-h-A', 'b-m-p', 't-x-d-d'),
  time: fc.integer({ min: NOW - 600_000, max: NOW + 600_000 }),
  lat: fc.double({ min: -100, max: 100, noNaN: true }),
  lon: fc.double({ min: -200, max: 200, noNaN: true }),
  ce: fc.constantFrom(0, 9.9, 9_999_999),
  callsign: fc.constantFrom('巡逻01', 'A-1'),
  track: fc.record({
    speed: fc.double({ min: -1, max: 400, noNaN: true }),
    course: fc.double({ min: -1, max: 361, noNaN: true }),
  }),
  battery: fc.nat(120),
});
const good = fc.oneof(
  said.map((each) => Buffer.from(cotXml(each))),
  said.map((each) => takStream(takMessage(each))),
  said.map(({ uid, time }) => Buffer.from(cotEmergency(uid, time))),
  fc.constantFrom(Buffer.from(cotPing(NOW)), takStream(takControl(1, 1)), takStream(Buffer.alloc(0))),
);
const mangled = fc.tuple(good, fc.nat(), fc.nat(255)).map(([came, at, byte]) => {
  const bytes = Buffer.from(came);
  bytes[at % bytes.length] = byte;
  return bytes;
});
const odd = fc.constantFrom(
  '<',
  '<e',
  '</event>',
  '</event',
  '\u00bf',
  '<?xml version="1.0"?>',
  '<auth>',
  '</auth>',
  ' ',
  '\ufeff',
);
const stream = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: good },
      { weight: 2, arbitrary: mangled },
      odd.map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
    ),
    { maxLength: 8 },
  )
  .map((parts) => Buffer.concat(parts));

const open = (datagrams = false) => createCotSession({ datagrams, isWanted: () => true });

test('whatever comes, records are in range, and every refusal is told with its remedy in both languages', () => {
  const came = fc.oneof(
    stream,
    mangled.map((bytes) => takMesh(bytes)),
    said.map((each) => takMesh(takMessage(each))),
  );
  fc.assert(
    fc.property(came, fc.boolean(), (bytes, datagrams) => {
      const session = open(datagrams);
      const decoded = session.take(bytes, NOW);
      expect(decoded.faults).toHaveLength(Math.min(DESCRIBED, decoded.refused));
      if (datagrams) expect([session.kept(), decoded.replies]).toEqual([0, []]);
      for (const { message, remedy, excerpt } of decoded.faults)
        expect([halfSaid(message), halfSaid(remedy), excerpt.length <= 500]).toEqual([null, null, true]);
      for (const record of decoded.records) {
        expect(record.t).toBeGreaterThan(0);
        if (record.kind === 'reading') expect(record.value >= 0 && record.value <= 100).toBe(true);
        else {
          expect(Math.abs(record.lon) <= 180 && Math.abs(record.lat) <= 90).toBe(true);
          expect(record.heading >= 0 && record.heading <= 360 && record.speed >= 0).toBe(true);
        }
      }
    }),
    { numRuns: 1500, seed: 7 },
  );
});

test('in whatever portions: the same messages, records and refusals, and never more kept than an event', () => {
  let messages = 0;
  const sum = (all: readonly Decoded[]) => ({
    messages: all.reduce((n, each) => n + each.messages, 0),
    refused: all.reduce((n, each) => n + each.refused, 0),
    records: all.flatMap(({ records }) => records),
    replies: all.flatMap(({ replies }) => replies).length,
  });
  fc.assert(
    fc.property(stream, fc.array(fc.nat(), { maxLength: 12 }), (bytes, cuts) => {
      const whole = sum([open().take(bytes, NOW)]);
      messages += whole.messages;
      const session = open();
      const places = [...new Set(cuts.map((cut) => (bytes.length === 0 ? 0 : cut % bytes.length)))].sort(
        (a, b) => a - b,
      );
      const all = [...places, bytes.length].map((to, i, ends) =>
        session.take(bytes.subarray(ends[i - 1] ?? 0, to), NOW),
      );
      expect(session.kept()).toBeLessThanOrEqual(MOST_BYTES + 5);
      expect(sum(all)).toEqual(whole);
    }),
    { numRuns: 1500, seed: 8 },
  );
  expect(messages).toBeGreaterThan(1000);
});

test('an event without end is refused once, whatever portions it comes in, and little of it is kept', () => {
  const session = open();
  const portion = Buffer.from(`<event>${'x'.repeat(10_000)}`);
  const all = Array.from({ length: 100 }, () => session.take(portion, NOW));
  expect(all.reduce((n, { refused }) => n + refused, 0)).toBe(1);
  expect(session.kept()).toBeLessThan(100);
  const after = session.take(Buffer.from(`</event>${cotXml({ uid: 'OPS-01', time: NOW })}`), NOW);
  expect([after.messages, after.refused]).toEqual([1, 0]);
});
