import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frameOf, groups } from '../../../../tests/fixtures/sl651/build.ts';
import { EXAMPLES } from '../../../../tests/fixtures/sl651/examples.ts';
import { halfSaid } from '../../../../tests/support/bothLanguages.ts';
import { type CodecRecord, DESCRIBED, type Decoded } from '../codec.ts';
import { createCutter } from './frames.ts';
import { FRAME_LIMITS } from './head.ts';
import { createSl651Session } from './session.ts';

const T = Date.parse('2026-11-27T08:20:30+08:00');
const session = () => createSl651Session({ offsetMinutes: 480, passwordOf: () => undefined });
const good = EXAMPLES.flatMap(({ frames }) => frames.map((frame) => Buffer.from(frame, 'hex')));

const item = fc.oneof(
  fc.constantFrom(
    '38121244',
    '3923FF001250',
    '2019FFFFFF',
    'FF112300000008',
    'F0F02611270755',
    '0418000005',
    '0418000000',
  ),
  fc.constantFrom(`F460${'01'.repeat(12)}`, `F5C0${'0001'.repeat(12)}`, 'F2F27E7E', 'F1F100990000185000'),
  fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('hex')),
);
/** Frames with right check values and anything inside. */
const made = fc
  .record({
    text: fc.array(item, { maxLength: 8 }).map((items) => groups(items.join(''), '2611270700')),
    fn: fc.constantFrom('31', '32', '34', '38', '46', '36', '2F', 'E1'),
    end: fc.constantFrom('03', '17', '05'),
    packet: fc.constantFrom<[number, number] | undefined>(undefined, undefined, [2, 1], [2, 2]),
  })
  .map(({ packet, ...fields }) => frameOf(packet ? { ...fields, packet } : fields));
const mutated = fc
  .tuple(fc.constantFrom(...good), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }), fc.nat(9))
  .map(([frame, changes, cut]) => {
    const bytes = Buffer.from(frame);
    for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
    return cut === 0 ? bytes.subarray(0, (changes[0]?.[0] ?? 7) % bytes.length) : bytes;
  });
const anything = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));
const marks = fc
  .array(fc.constantFrom(0x7e, 0x01, 0x02, 0x16, 0x30), { maxLength: 60 })
  .map((bytes) => Buffer.from(bytes));
const stream = fc
  .array(fc.oneof({ arbitrary: fc.constantFrom(...good), weight: 4 }, made, mutated, anything, marks), { maxLength: 8 })
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
    fc.assert(
      fc.property(stream, (bytes) => {
        const { messages, records, replies, faults, refused, sentAt } = session().take(bytes, T);
        expect(faults).toHaveLength(Math.min(DESCRIBED, refused));
        for (const { message, remedy, excerpt } of faults) {
          expect([halfSaid(message), halfSaid(remedy)]).toEqual([null, null]);
          expect(excerpt.length).toBeLessThanOrEqual(500);
        }
        for (const r of records) {
          expect(r.kind === 'reading' && Number.isFinite(r.value) && Number.isSafeInteger(r.t)).toBe(true);
          expect(
            r.kind === 'reading' && /^[0-9A-F]{10}$/.test(r.device) && /^([0-9A-F]{2}|FF[0-9A-F]{2})$/.test(r.item),
          ).toBe(true);
          expect(r.kind === 'reading' && Object.is(r.value, -0)).toBe(false);
        }
        expect(sentAt === null).toBe(messages === 0);
        for (const reply of replies) expect(reply.length).toBeLessThan(60);
      }),
      { numRuns: 3000 },
    );
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
      { numRuns: 2000 },
    );
  });

  test('good frames come through between whatever is broken', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(mutated, anything, marks), { maxLength: 5 }), (junk) => {
        const last = frameOf({ serial: 'ABCD', text: groups('38121244') });
        const one = session();
        one.take(Buffer.concat(junk), T);
        // Half a minute for each frame whose rest does not come, and there may be one inside another.
        const replies: Uint8Array[] = [];
        for (let i = 1; i <= 12; i++) replies.push(...one.take(last, T + i * 60_000).replies);
        expect(replies.filter((reply) => Buffer.from(reply).readUInt16BE(14) === 0xabcd).length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  test('never keeps more than the longest frame', () => {
    fc.assert(
      fc.property(fc.array(stream, { maxLength: 30 }), (parts) => {
        const cutter = createCutter();
        for (const part of parts) {
          cutter.cut(part, T);
          expect(cutter.waiting).toBeLessThanOrEqual(FRAME_LIMITS.packet + 35);
        }
      }),
      { numRuns: 200 },
    );
  });
});
