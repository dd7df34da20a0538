import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAR_MS, formatHlc, HLC_ZERO, isHlc, parseHlc, tick, witness } from './hlc.ts';

const wall = fc.integer({ min: 0, max: 4_000_000_000_000 });
const year2500 = fc.integer({ min: 0, max: Date.UTC(2500, 0, 1) });
const counter = fc.integer({ min: 0, max: 0xffff });

describe('hybrid logical clock', () => {
  it('L5: comparing texts compares times', () => {
    fc.assert(
      fc.property(wall, counter, wall, counter, (w1, c1, w2, c2) => {
        const later = w1 > w2 || (w1 === w2 && c1 > c2);
        expect(formatHlc(w1, c1) > formatHlc(w2, c2)).toBe(later);
        expect(parseHlc(formatHlc(w1, c1))).toEqual({ wall: w1, counter: c1 });
      }),
    );
  });

  it('L5: a tick is later than the one before it, whatever the wall clock does', () => {
    fc.assert(
      fc.property(fc.array(wall, { minLength: 2 }), (walls) => {
        let last = HLC_ZERO;
        for (const now of walls) {
          const next = tick(last, now);
          expect(next > last).toBe(true);
          expect(isHlc(next)).toBe(true);
          last = next;
        }
      }),
    );
  });

  it('L5: a full counter goes over into the next millisecond', () => {
    expect(tick(formatHlc(1000, 0xffff), 1000)).toBe(formatHlc(1001, 0));
  });

  it('L5: what is written after seeing an event sorts after it, however far the two clocks are apart', () => {
    const year = fc.integer({ min: 0, max: FAR_MS });
    fc.assert(
      fc.property(year, counter, year, year, (remote, c, mine, now) => {
        const seen = witness(formatHlc(mine, 0), formatHlc(remote, c));
        expect(tick(seen, now) > formatHlc(remote, c)).toBe(true);
        expect(tick(seen, now) > formatHlc(mine, 0)).toBe(true);
      }),
    );
  });

  it('L6: a forged time at the end of all times leaves everybody a time to write with', () => {
    const mine = formatHlc(1_000_000, 0);
    for (const forged of ['fffffffffff-ffff', formatHlc(FAR_MS + 1001, 0)]) expect(witness(mine, forged)).toBe(mine);
  });

  it('L6: whatever is forged, there is a next time, and stations that saw the same bind each other', () => {
    const forged = fc.array(fc.integer({ min: FAR_MS - 5, max: 0xfffffffffff }), { maxLength: 8 });
    fc.assert(
      fc.property(forged, year2500, (times, now) => {
        const seen = times.map((time) => formatHlc(time, 0xffff)).reduce(witness, HLC_ZERO);
        const ours = tick(seen, now);
        expect(isHlc(ours)).toBe(true);
        expect(tick(witness(seen, ours), 0) > ours).toBe(true);
      }),
    );
  });

  it('says how a hybrid time reads', () => {
    expect(() => parseHlc('yesterday')).toThrow(/reads like/);
    expect(isHlc('0193A4B2C3D-0000')).toBe(false);
  });
});
