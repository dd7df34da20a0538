import { describe, expect, it } from 'vitest';
import { trend } from './trend.ts';

const box = { width: 100, height: 50 };

describe('trend', () => {
  it('needs two points', () => {
    expect(trend([], box, [])).toBeNull();
    expect(trend([[0, 1]], box, [])).toBeNull();
  });

  it('goes from left to right and keeps marked values inside the box', () => {
    const line = trend(
      [
        [1000, 2],
        [2000, 4],
        [3000, 3],
      ],
      box,
      [10, 6],
    );
    expect(line?.points.split(' ').map((point) => Number(point.split(',')[0]))).toEqual([0, 50, 100]);
    const [threshold = -1, raised = -1] = line?.marks ?? [];
    expect(threshold).toBeGreaterThanOrEqual(0);
    expect(raised).toBeGreaterThan(threshold);
    expect(raised).toBeLessThan(line?.last.y ?? 0);
    expect([line?.min, line?.max]).toEqual([2, 4]);
  });

  it('draws a flat line in the middle', () => {
    const line = trend(
      [
        [0, 5],
        [1, 5],
      ],
      box,
      [],
    );
    expect(line?.last.y).toBeGreaterThan(0);
    expect(line?.last.y).toBeLessThan(50);
  });
});
