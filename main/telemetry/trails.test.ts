import { describe, expect, it } from 'vitest';
import { createTrails } from './trails.ts';

const T = 1_751_356_800_000;
const at = (n: number) => ({ t: T + n * 1000, lon: 121 + n / 1e4, lat: 29 });

describe('trails', () => {
  it('keeps a point each ten seconds, the last five minutes of them', () => {
    const trails = createTrails(2);
    for (let s = 0; s <= 1000; s++) trails.take(1, at(s), s * 1000);
    expect(trails.of(0)).toEqual([]);
    const trail = trails.of(1);
    expect(trail).toHaveLength(30);
    expect(trail[0]).toEqual(at(710));
    expect(trail.at(-1)).toEqual(at(1000));
  });

  it('begins again for a source whose clock was set back', () => {
    const trails = createTrails(1);
    trails.take(0, at(100), 0);
    trails.take(0, at(50), 60_000);
    expect(trails.of(0)).toEqual([at(50)]);
  });
});
