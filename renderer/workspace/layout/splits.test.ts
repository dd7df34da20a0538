import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Need } from '../../desk/layout.ts';
import { isLow, SITUATIONS, splitsFor } from './splits.ts';

const need = fc.constantFrom<Need[]>(0, 1, 2);
const needs = fc.record({ above: need, below: need, left: need, right: need });

describe('the sizes for what goes on', () => {
  it('fill what they split, and leave every region a head and a line', () => {
    fc.assert(
      fc.property(needs, fc.constantFrom('duty', 'commander', 'fire'), fc.boolean(), (asked, seat, low) => {
        for (const [first, second] of Object.values(splitsFor(asked, seat, low))) {
          expect(first + second).toBe(100);
          expect(Math.min(first, second)).toBeGreaterThanOrEqual(15);
        }
      }),
      { seed: 7 },
    );
  });

  it('never take room from what asks for more', () => {
    fc.assert(
      fc.property(needs, (asked) => {
        const now = splitsFor(asked, 'duty');
        for (const more of [1, 2] as const) {
          if (asked.above < more)
            expect(splitsFor({ ...asked, above: more }, 'duty').right[0]).toBeGreaterThan(now.right[0]);
          if (asked.right < more)
            expect(splitsFor({ ...asked, right: more }, 'duty').bottom[1]).toBeGreaterThan(now.bottom[1]);
        }
      }),
      { seed: 8 },
    );
  });

  it('give a flood of alarms most of its column, and nothing to an empty foot', () => {
    const flood = splitsFor(SITUATIONS.alarms, 'duty');
    const calm = splitsFor(SITUATIONS.calm, 'duty');
    const incident = splitsFor(SITUATIONS.incident, 'duty');
    expect(flood.right[0]).toBeGreaterThan(incident.right[0]);
    expect(calm.rows[0]).toBeGreaterThan(incident.rows[0] + 15);
  });

  it('leave alarms that wait most of a window that its letters make low, and nothing more where none do', () => {
    expect([isLow(768, 1), isLow(768, 1.5), isLow(768, 1.75), isLow(768, 2), isLow(1080, 2)]).toEqual([
      ...[false, false, true, true, false],
    ]);
    for (const seat of ['duty', 'commander']) {
      const low = splitsFor(SITUATIONS.incident, seat, true);
      expect((low.rows[0] * low.right[0]) / 100).toBeGreaterThan(55);
      expect(splitsFor(SITUATIONS.calm, seat, true)).toEqual(splitsFor(SITUATIONS.calm, seat));
    }
  });

  it('give a commander a bigger plan', () => {
    for (const asked of Object.values(SITUATIONS))
      expect(splitsFor(asked, 'commander').rows[1]).toBeGreaterThan(splitsFor(asked, 'duty').rows[1]);
  });
});
