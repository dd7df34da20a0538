import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { component, frameOf, system } from '../../../../tests/fixtures/gb26875/build.ts';
import { EXAMPLES } from '../../../../tests/fixtures/gb26875/examples.ts';
import { halfSaid } from '../../../../tests/support/bothLanguages.ts';
import { type CodecReading, type CodecRecord, DESCRIBED, type Decoded } from '../codec.ts';
import { createCutter } from './frames.ts';
import { FRAME_BYTES, MOST_DATA } from './header.ts';
import { ITEM } from './items.ts';
import { createGb26875Session } from './session.ts';

const T = Date.parse('2026-11-27T08:20:30+08:00');
const session = () =>
  createGb26875Session({
    offsetMinutes: 480,
    itemsOf: (device) =>
      device.endsWith('1') ? new Set(['1.3.000600D9:fire', '1.3:fire', 'device:normal']) : undefined,
  });
const good = EXAMPLES.flatMap(({ frames }) => frames.map((frame) => Buffer.from(frame, 'hex')));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** Frames with right sums and ends, and anything inside. */
const made = fc
  .record({
    command: fc.oneof(fc.constant(2), fc.nat(255)),
    source: fc.constantFrom('112233445566', '404023234040', '000000000000'),
    sent: fc.constantFrom('1E14081B0B1A', '000000000000', 'FFFFFFFFFFFF'),
    data: fc.oneof(
      fc.nat(0xffff).map((status) => component(status)),
      fc.tuple(fc.nat(0xffff), fc.nat(4)).map(([status, count]) => `${component(status, { count })}`),
      fc.nat(0xffff).map((status) => system(status, 'FF14081B0B1A')),
      fc
        .tuple(
          fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 8, 21, 24, 25, 26, 28, 90),
          fc.nat(5),
          fc.uint8Array({ maxLength: 60 }),
        )
        .map(([type, count, rest]) => hex(Uint8Array.of(type, count, ...rest))),
      fc.uint8Array({ maxLength: 60 }).map(hex),
    ),
  })
  .map(frameOf);
const mutated = fc
  .tuple(fc.constantFrom(...good), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }), fc.nat(9))
  .map(([frame, changes, cut]) => {
    const bytes = Buffer.from(frame);
    for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
    return cut === 0 ? bytes.subarray(0, (changes[0]?.[0] ?? 7) % bytes.length) : bytes;
  });
const nested = fc
  .tuple(fc.constantFrom(...good), fc.boolean())
  .map(([frame, whole]) => frameOf({ data: frame.toString('hex'), ...(whole ? {} : { sum: 1 }) }));
const anything = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));
const marks = fc
  .array(fc.constantFrom(0x40, 0x40, 0x23, 0x00, 0x02), { maxLength: 80 })
  .map((bytes) => Buffer.from(bytes));
const stream = fc
  .array(fc.oneof({ arbitrary: fc.constantFrom(...good), weight: 4 }, made, mutated, nested, anything, marks), {
    maxLength: 8,
  })
  .map((parts) => Buffer.concat(parts));

/** The same bytes in portions. */
function inPortions(bytes: Buffer, sizes: readonly number[]): Decoded[] {
  const one = session();
  const all: Decoded[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    all.push(one.take(bytes.subarray(at, at + size), T));
    at += size;
  }
  return all;
}

describe('whatever comes', () => {
  test('is answered within bounds, and every refusal is told with its remedy in both languages', () => {
    let read = 0;
    fc.assert(
      fc.property(stream, (bytes) => {
        const before = Buffer.from(bytes);
        const { messages, records, replies, faults, refused, sentAt } = session().take(bytes, T);
        expect(bytes.equals(before)).toBe(true);
        expect(faults).toHaveLength(Math.min(DESCRIBED, refused));
        for (const { message, remedy, excerpt } of faults) {
          expect([halfSaid(message), halfSaid(remedy)]).toEqual([null, null]);
          expect(excerpt.length).toBeLessThanOrEqual(500);
        }
        for (const { item, value, device, t } of records as readonly CodecReading[]) {
          expect([device, item]).toEqual([expect.stringMatching(/^[0-9A-F]{12}$/), expect.stringMatching(ITEM)]);
          expect([Number.isFinite(value), Object.is(value, -0), Number.isSafeInteger(t)]).toEqual([true, false, true]);
        }
        if (sentAt !== null) expect(messages).toBeGreaterThan(0);
        expect(
          createCutter()
            .cut(Buffer.concat(replies), T)
            .every(({ kind }) => kind === 'frame'),
        ).toBe(true);
        for (const reply of replies) expect(reply.length).toBeLessThanOrEqual(38);
        read += records.length;
      }),
      { numRuns: 3000, seed: 26875 },
    );
    expect(read).toBeGreaterThan(3000);
  });

  test('brings the same in whatever portions it comes', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }), (bytes, sizes) => {
        const whole = session().take(bytes, T);
        const portions = inPortions(bytes, sizes);
        expect(portions.flatMap((d): readonly CodecRecord[] => d.records)).toEqual(whole.records);
        expect(portions.flatMap((d) => d.replies)).toEqual(whole.replies);
        expect(portions.reduce((sum, d) => sum + d.messages, 0)).toBe(whole.messages);
      }),
      { numRuns: 2000, seed: 26875 },
    );
  });

  test('good frames come through between whatever is broken', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(mutated, nested, anything, marks), { maxLength: 5 }), (junk) => {
        const last = frameOf({ serial: 0xabcd, data: component(2) });
        const one = session();
        one.take(Buffer.concat(junk), T);
        // Some seconds for each frame whose rest does not come, and there may be one inside another.
        const replies: Uint8Array[] = [];
        for (let i = 1; i <= 40; i++) replies.push(...one.take(last, T + i * 10_000).replies);
        const confirmed = replies.filter((reply) => Buffer.from(reply).readUInt16LE(2) === 0xabcd && reply[26] === 3);
        expect(confirmed.length).toBeGreaterThan(0);
      }),
      { numRuns: 500, seed: 26875 },
    );
  });

  test('never keeps as much as the longest frame', () => {
    fc.assert(
      fc.property(fc.array(stream, { maxLength: 30 }), (parts) => {
        const cutter = createCutter();
        for (const part of parts) {
          cutter.cut(part, T);
          expect(cutter.waiting).toBeLessThan(FRAME_BYTES + MOST_DATA);
        }
      }),
      { numRuns: 200, seed: 26875 },
    );
  });
});
