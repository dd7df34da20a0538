import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Need } from '../../desk/layout.ts';
import { heightInRem, SITUATIONS, splitsFor } from './splits.ts';

/** A screen of 1080 lines, and one of 512. */
const [HIGH, LOW] = [heightInRem(1080, 1), heightInRem(460, 1)];
const need = fc.constantFrom<Need[]>(0, 1, 2);
const needs = fc.record({ above: need, below: need, left: need, right: need });

describe('the sizes for what goes on', () => {
  it('fill what they split, and leave every region a head and a line', () => {
    fc.assert(
      fc.property(
        needs,
        fc.constantFrom('duty', 'commander', 'fire'),
        fc.double({ min: 5, max: 90 }),
        fc.boolean(),
        (asked, seat, rem, form) => {
          for (const [first, second] of Object.values(splitsFor(form ? { ...asked, below: 3 } : asked, seat, rem))) {
            expect(first + second).toBe(100);
            expect(Math.min(first, second)).toBeGreaterThanOrEqual(15);
          }
        },
      ),
      { seed: 7 },
    );
  });

  it('never take room from what asks for more', () => {
    fc.assert(
      fc.property(needs, (asked) => {
        const now = splitsFor(asked, 'duty', HIGH);
        for (const more of [1, 2] as const) {
          if (asked.above < more)
            expect(splitsFor({ ...asked, above: more }, 'duty', HIGH).right[0]).toBeGreaterThan(now.right[0]);
          if (asked.right < more)
            expect(splitsFor({ ...asked, right: more }, 'duty', HIGH).bottom[1]).toBeGreaterThan(now.bottom[1]);
        }
      }),
      { seed: 8 },
    );
  });

  it('give a flood of alarms most of its column, and nothing to an empty foot', () => {
    const flood = splitsFor(SITUATIONS.alarms, 'duty', HIGH);
    const calm = splitsFor(SITUATIONS.calm, 'duty', HIGH);
    const incident = splitsFor(SITUATIONS.incident, 'duty', HIGH);
    expect(flood.right[0]).toBeGreaterThan(incident.right[0]);
    expect(calm.rows[0]).toBeGreaterThan(incident.rows[0] + 15);
  });

  it('leave alarms that wait most of a window that its letters make low, and nothing more where none do', () => {
    for (const seat of ['duty', 'commander']) {
      const low = splitsFor(SITUATIONS.incident, seat, LOW);
      expect((low.rows[0] * low.right[0]) / 100).toBeGreaterThan(55);
      expect(splitsFor(SITUATIONS.calm, seat, LOW)).toEqual(splitsFor(SITUATIONS.calm, seat, HIGH));
      // 768 pixels are low with letters of 1.75 times their size and more.
      const right = [1, 1.5, 1.75, 2].map(
        (scale) => splitsFor(SITUATIONS.incident, seat, heightInRem(768, scale)).right[0],
      );
      expect(right).toEqual([48, 48, 74, 74]);
    }
  });

  it('show a form whole, whatever else goes on, and take no more than it needs where the window is high', () => {
    fc.assert(
      fc.property(
        needs,
        fc.constantFrom('duty', 'commander'),
        fc.constantFrom(768, 900, 1080, 1440),
        (asked, seat, px) => {
          const rem = heightInRem(px, 1);
          const { rows, right } = splitsFor({ ...asked, below: 3 }, seat, rem);
          const high = ((rem - 3) * rows[0] * right[1]) / 1e4;
          expect(high).toBeGreaterThan(25);
          if (px >= 900) expect(high).toBeGreaterThan(27.9);
          if (px === 1080)
            expect(rows[0]).toBeLessThanOrEqual(Math.max(64, splitsFor({ ...asked, below: 1 }, seat, rem).rows[0]));
        },
      ),
      { seed: 9 },
    );
  });

  it('give a commander a bigger plan', () => {
    for (const asked of Object.values(SITUATIONS))
      expect(splitsFor(asked, 'commander', HIGH).rows[1]).toBeGreaterThan(splitsFor(asked, 'duty', HIGH).rows[1]);
  });
});
