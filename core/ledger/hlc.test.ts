import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHlc, HLC_ZERO, isHlc, MAX_LEAD_MS, parseHlc, tick, witness } from './hlc.ts';

const wall = fc.integer({ min: 0, max: 4_000_000_000_000 });
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

  it('L5: what is written after seeing an event sorts after it', () => {
    fc.assert(
      fc.property(wall, counter, wall, fc.integer({ min: -MAX_LEAD_MS, max: MAX_LEAD_MS }), (w, c, mine, lead) => {
        const now = Math.max(0, w - lead);
        const seen = witness(formatHlc(mine % (now + 1), 0), formatHlc(w, c), now);
        expect(tick(seen, now) > formatHlc(w, c)).toBe(true);
      }),
    );
  });

  it('L6: a time that leads by more than two days does not move the clock', () => {
    const mine = formatHlc(1_000_000, 0);
    expect(witness(mine, formatHlc(1_000_000 + MAX_LEAD_MS + 1, 0), 1_000_000)).toBe(mine);
    expect(witness(mine, formatHlc(1_000_000 + MAX_LEAD_MS, 0), 1_000_000)).not.toBe(mine);
  });

  it('says how a hybrid time reads', () => {
    expect(() => parseHlc('yesterday')).toThrow(/reads like/);
    expect(isHlc('0193A4B2C3D-0000')).toBe(false);
  });
});
