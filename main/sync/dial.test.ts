import { describe, expect, it } from 'vitest';
import { wait } from './dial.ts';

describe('waiting between dials', () => {
  it('doubles up to five seconds, never below half of that', () => {
    for (let attempt = 0; attempt < 40; attempt++) {
      const longest = Math.min(5000, 250 * 2 ** attempt);
      expect(wait('a', attempt)).toBeLessThanOrEqual(longest);
      expect(wait('a', attempt)).toBeGreaterThanOrEqual(longest / 2);
    }
  });

  it('differs between stations, so that a hub is not dialled by all at once', () => {
    const waits = Array.from({ length: 20 }, (_, i) => wait(`station-${i}`, 8));
    expect(new Set(waits).size).toBeGreaterThan(15);
    expect(wait('a', 3)).toBe(wait('a', 3));
  });
});
