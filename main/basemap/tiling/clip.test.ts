import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clipLine, clipRing } from './clip.ts';
import type { Box } from './mercator.ts';

const BOX: Box = [0, 0, 100, 100];
const flat = (...xy: number[]) => Int32Array.from(xy);
const ringOf = (...corners: [number, number][]) => flat(...[...corners, corners[0] as [number, number]].flat());

/** Twice the signed area. */
function area(ring: Int32Array): number {
  let sum = 0;
  for (let i = 0; i + 3 < ring.length; i += 2)
    sum += (ring[i] as number) * (ring[i + 3] as number) - (ring[i + 2] as number) * (ring[i + 1] as number);
  return sum;
}

describe('a ring', () => {
  test('that covers the box becomes the box', () => {
    const cut = clipRing(ringOf([-50, -50], [200, -50], [200, 200], [-50, 200]), BOX);
    expect(Math.abs(area(cut)) / 2).toBe(100 * 100);
    expect(new Set(cut)).toEqual(new Set([0, 100]));
  });

  test('that lies elsewhere is gone, though its corner is near', () => {
    expect(clipRing(ringOf([-60, 40], [-10, 50], [-60, 60]), BOX)).toHaveLength(0);
    expect(clipRing(ringOf([-60, -10], [-10, -60], [-60, -60]), BOX)).toHaveLength(0);
  });

  test('within the box is left as it is', () => {
    const ring = ringOf([10, 10], [90, 10], [50, 80]);
    expect(clipRing(ring, BOX)).toEqual(ring);
  });

  test('is cut at every side that it crosses, and closed', () => {
    const cut = clipRing(ringOf([50, 50], [150, 50], [150, 150], [50, 150]), BOX);
    expect(area(cut) / 2).toBe(50 * 50);
    expect([cut[0], cut[1]]).toEqual([cut.at(-2), cut.at(-1)]);
  });

  test('that leaves the box and comes back keeps both parts', () => {
    // A comb of two teeth whose back lies outside.
    const comb = ringOf([10, 50], [30, 50], [30, 120], [70, 120], [70, 50], [90, 50], [90, 140], [10, 140]);
    expect(Math.abs(area(clipRing(comb, BOX))) / 2).toBe(2 * 20 * 50);
  });
});

describe('a line', () => {
  test('within the box is left as it is', () => {
    expect(clipLine(flat(10, 10, 90, 90, 20, 50), BOX)).toEqual([flat(10, 10, 90, 90, 20, 50)]);
  });

  test('that leaves the box and comes back becomes two', () => {
    expect(clipLine(flat(50, 50, 150, 50, 150, 70, 50, 70), BOX)).toEqual([
      flat(50, 50, 100, 50),
      flat(100, 70, 50, 70),
    ]);
  });

  test('that goes through is cut on both sides', () => {
    expect(clipLine(flat(-50, 20, 150, 20), BOX)).toEqual([flat(0, 20, 100, 20)]);
  });

  test('along the edge is within', () => {
    expect(clipLine(flat(0, -50, 0, 150), BOX)).toEqual([flat(0, 0, 0, 100)]);
  });

  test('that only touches a corner, or passes by, is gone', () => {
    expect(clipLine(flat(-50, 50, 50, -50), BOX)).toEqual([]);
    expect(clipLine(flat(-50, 40, 40, -50), BOX)).toEqual([]);
  });
});

const place = fc.integer({ min: -1000, max: 1000 });
const convex = fc
  .tuple(place, place, fc.integer({ min: 50, max: 900 }), fc.integer({ min: 3, max: 12 }))
  .map(([x, y, r, n]) =>
    ringOf(
      ...Array.from({ length: n }, (_, i): [number, number] => [
        Math.round(x + r * Math.cos((i * 2 * Math.PI) / n)),
        Math.round(y + r * Math.sin((i * 2 * Math.PI) / n)),
      ]),
    ),
  );

describe('whatever is cut', () => {
  test('lies within the box', () => {
    const points = fc.array(fc.tuple(place, place), { minLength: 3, maxLength: 20 });
    fc.assert(
      fc.property(points, (corners) => {
        const all = [clipRing(ringOf(...corners), BOX), ...clipLine(flat(...corners.flat()), BOX)];
        for (const value of all.flatMap((part) => [...part])) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(100);
        }
      }),
      { seed: 1 },
    );
  });

  test('has the same area as its quarters have together', () => {
    const whole: Box = [-1024, -1024, 1024, 1024];
    const quarters: Box[] = [
      [-1024, -1024, 0, 0],
      [0, -1024, 1024, 0],
      [-1024, 0, 0, 1024],
      [0, 0, 1024, 1024],
    ];
    fc.assert(
      fc.property(convex, (ring) => {
        const sum = quarters.reduce((total, box) => total + area(clipRing(ring, box)) / 2, 0);
        // Corners of the pieces are rounded to whole units.
        expect(Math.abs(sum - area(clipRing(ring, whole)) / 2)).toBeLessThan(4 * 1024);
      }),
      { seed: 2 },
    );
  });
});
