import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineOf, payloadOf, positionA, positionB, voyage } from '../../../../tests/support/aisLines.ts';
import { halfSaid } from '../../../../tests/support/bothLanguages.ts';
import { DESCRIBED, type Decoded } from '../codec.ts';
import { MOST_LINE } from './sentence.ts';
import { createAisSession } from './session.ts';

const NOW = Date.parse('2026-11-28T06:00:00Z');
const ship = fc.record({
  mmsi: fc.nat(0x3fffffff),
  lon: fc.double({ min: -200, max: 200, noNaN: true }),
  lat: fc.double({ min: -100, max: 100, noNaN: true }),
  sog: fc.double({ min: 0, max: 102, noNaN: true }),
  cog: fc.nat(360),
  heading: fc.nat(511),
});
const good = fc.oneof(
  fc.tuple(fc.constantFrom(1, 2, 3), ship).map(([type, of]) => lineOf(payloadOf(positionA(type, of)))),
  fc.tuple(fc.constantFrom(18, 19), ship).map(([type, of]) => lineOf(payloadOf(positionB(type, of)))),
  fc.tuple(ship, fc.nat(255)).map(([{ mmsi }, tenths]) => lineOf(payloadOf(voyage({ mmsi, draught: tenths / 10 })))),
);
const part = fc
  .tuple(fc.string({ unit: fc.constantFrom(...'0159W`w'), maxLength: 60 }), fc.nat(9), fc.nat(9), fc.nat(3), fc.nat(6))
  .map(([payload, total, number, sequence, fill]) => lineOf(payload, [total, number, `${sequence}`], fill));
const mangled = fc.tuple(good, fc.nat(), fc.nat(255)).map(([line, at, byte]) => {
  const bytes = Buffer.from(line);
  bytes[at % bytes.length] = byte;
  return bytes.toString('latin1');
});
const stream = fc
  .array(
    fc.tuple(fc.oneof({ weight: 3, arbitrary: good }, part, mangled, fc.string()), fc.constantFrom('\n', '\r\n', '')),
    {
      maxLength: 10,
    },
  )
  .map((lines) => Buffer.from(lines.map(([line, end]) => line + end).join(''), 'latin1'));

const open = () => createAisSession({ isWanted: () => true });

describe('whatever comes', () => {
  test('the session answers nobody, its records are in range, and every refusal is told with its remedy in both languages', () => {
    fc.assert(
      fc.property(stream, (bytes) => {
        const decoded = open().take(bytes, NOW);
        expect(decoded.replies).toEqual([]);
        expect(decoded.faults).toHaveLength(Math.min(DESCRIBED, decoded.refused));
        for (const { message, remedy, excerpt } of decoded.faults)
          expect([halfSaid(message), halfSaid(remedy), excerpt.length <= 500]).toEqual([null, null, true]);
        for (const record of decoded.records) {
          expect(record.device).toMatch(/^\d{9}$/);
          if (record.kind === 'reading') expect(record.value > 0 && record.value <= 25.5).toBe(true);
          else {
            expect(Math.abs(record.lon) <= 180 && Math.abs(record.lat) <= 90).toBe(true);
            expect(record.heading >= 0 && record.heading <= 360 && record.speed >= 0 && record.speed < 60).toBe(true);
          }
        }
      }),
      { numRuns: 1500, seed: 5 },
    );
  });

  test('in whatever portions: the same messages, records and refusals, and never more kept than a line', () => {
    let messages = 0;
    const sum = (all: readonly Decoded[]) => ({
      messages: all.reduce((n, each) => n + each.messages, 0),
      refused: all.reduce((n, each) => n + each.refused, 0),
      records: all.flatMap(({ records }) => records),
    });
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 12 }), (bytes, cuts) => {
        const whole = sum([open().take(bytes, NOW)]);
        messages += whole.messages;
        const session = open();
        const places = [...new Set(cuts.map((cut) => (bytes.length === 0 ? 0 : cut % bytes.length)))].sort(
          (a, b) => a - b,
        );
        const all = [...places, bytes.length].map((to, i, ends) => {
          const decoded = session.take(bytes.subarray(ends[i - 1] ?? 0, to), NOW);
          expect(session.kept()).toBeLessThanOrEqual(MOST_LINE);
          return decoded;
        });
        expect(sum(all)).toEqual(whole);
      }),
      { numRuns: 1000, seed: 6 },
    );
    expect(messages).toBeGreaterThan(500);
  });
});
