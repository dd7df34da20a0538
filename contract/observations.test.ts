import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeObservations, encodeObservations, MOST_SENSORS, OBSERVATION_RECORD_BYTES } from './observations.ts';

const T = Date.UTC(2026, 0, 1);

function columnsOf(rows: readonly { value: number; t: number; quality: number; level: number }[]) {
  return {
    value: rows.map((row) => row.value),
    t: rows.map((row) => row.t),
    quality: rows.map((row) => row.quality),
    level: rows.map((row) => row.level),
  };
}

const row = fc.record({
  value: fc.double({ noNaN: true, noDefaultInfinity: true }),
  t: fc.oneof(fc.nat(Number.MAX_SAFE_INTEGER), fc.integer({ min: T - 1e9, max: T })),
  quality: fc.nat(2),
  level: fc.nat(4),
});

describe('the observations stream', () => {
  test('what was packed is read: values, times of any century, quality and level, of the chosen alone', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(row, fc.boolean()), { maxLength: 60 }), fc.nat(0xffff_ffff), (rows, version) => {
        const chosen = rows.flatMap(([, taken], i) => (taken ? [i] : []));
        const frame = decodeObservations(encodeObservations(version, columnsOf(rows.map(([it]) => it)), chosen));
        expect(frame).toMatchObject({ version, count: chosen.length });
        const read = [...frame.index].map((index, k) => ({
          index,
          ...{ value: frame.value[k], t: frame.t[k], quality: frame.quality[k], level: frame.level[k] },
        }));
        const said = chosen.map((index) => ({ index, ...rows[index]?.[0] }));
        expect(read.sort((a, b) => a.index - b.index)).toEqual(said);
      }),
      { seed: 11, numRuns: 400 },
    );
  });

  test('a sensor costs 16 bytes, however many there are, and a frame 20 more', () => {
    const many = Array.from({ length: 2500 }, (_, i) => ({ value: i / 7, t: T + i, quality: 0, level: 0 }));
    const bytes = encodeObservations(1, columnsOf(many), [...many.keys()]).byteLength;
    expect(bytes).toBe(20 + 2500 * OBSERVATION_RECORD_BYTES);
  });

  test('bytes that are not a whole frame are refused by name, never half read (fuzz)', () => {
    const good = encodeObservations(7, columnsOf([{ value: 1, t: T, quality: 1, level: 2 }]), [0]);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 120 }),
          fc.nat(good.length).map((end) => good.slice(0, end)),
          fc.tuple(fc.nat(good.length - 1), fc.nat(255)).map(([at, byte]) => good.slice().fill(byte, at, at + 1)),
          fc.uint8Array({ minLength: 1, maxLength: 40 }).map((tail) => Uint8Array.from([...good, ...tail])),
        ),
        (bytes) => {
          try {
            const frame = decodeObservations(bytes);
            for (const index of frame.index) expect(index).toBeLessThan(MOST_SENSORS);
            for (const value of frame.value) expect(Number.isFinite(value)).toBe(true);
            for (const t of frame.t) expect(Number.isSafeInteger(t)).toBe(true);
            expect(Math.max(0, ...frame.quality)).toBeLessThanOrEqual(2);
            expect(Math.max(0, ...frame.level)).toBeLessThanOrEqual(4);
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
          }
        },
      ),
      { seed: 13, numRuns: 3000 },
    );
  });

  test('a frame that promises more than it brings costs no memory', () => {
    const bytes = encodeObservations(1, columnsOf([]), []);
    new DataView(bytes.buffer).setUint32(8, 0xffff_ffff, true);
    expect(() => decodeObservations(bytes)).toThrow('do not hold 4294967295 sections');
  });
});
