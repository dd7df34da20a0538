import { describe, expect, it } from 'vitest';
import { backoffMs, spreadOf } from './backoff.ts';

const RULE = { firstMs: 250, maxMs: 5000 };

describe('waiting before it is tried again', () => {
  it('doubles up to the longest, never below half of that', () => {
    for (let attempt = 0; attempt < 2000; attempt++) {
      const longest = Math.min(RULE.maxMs, RULE.firstMs * 2 ** attempt);
      expect(backoffMs(RULE, attempt, 1)).toBe(longest);
      expect(backoffMs(RULE, attempt, 0)).toBe(longest / 2);
      const wait = backoffMs(RULE, attempt, spreadOf('a', attempt));
      expect(wait).toBeGreaterThanOrEqual(longest / 2);
      expect(wait).toBeLessThanOrEqual(longest);
    }
  });

  it('spreads over its upper half', () => {
    const rule = { firstMs: 500, maxMs: 4_000 };
    expect([0, 1, 2, 3, 4, 50].map((attempt) => backoffMs(rule, attempt, 0))).toEqual([
      250, 500, 1_000, 2_000, 2_000, 2_000,
    ]);
    expect(backoffMs(rule, 2, 0.999)).toBe(1_999);
  });

  it('differs between names, so that a hub is not dialled by all at once, and is the same for one', () => {
    const waits = Array.from({ length: 1000 }, (_, i) => backoffMs(RULE, 8, spreadOf(`station-${i}`, 8)));
    for (let from = 2500; from < 5000; from += 250) {
      const within = waits.filter((wait) => wait >= from && wait < from + 250).length;
      expect(within, `from ${from}`).toBeGreaterThan(50);
      expect(within, `from ${from}`).toBeLessThan(200);
    }
    expect(spreadOf('a', 3)).toBe(spreadOf('a', 3));
  });
});
