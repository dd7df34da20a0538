import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { simplify } from './simplify.ts';

function thinned(xy: readonly number[], tolerance: number, isRing = false): number[] {
  const all = Int32Array.from(xy);
  return [...all.subarray(0, simplify(all, all.length, tolerance, isRing))];
}

test('a straight line needs its ends only', () => {
  expect(thinned([0, 0, 10, 0, 20, 0, 30, 0], 1)).toEqual([0, 0, 30, 0]);
});

test('a bend that is farther off than the tolerance stays, one that is nearer goes', () => {
  expect(thinned([0, 0, 50, 5, 100, 0], 4)).toEqual([0, 0, 50, 5, 100, 0]);
  expect(thinned([0, 0, 50, 3, 100, 0], 4)).toEqual([0, 0, 100, 0]);
});

test('a line that goes out and back on itself keeps its tip', () => {
  expect(thinned([0, 0, 100, 0, 0, 0], 4)).toEqual([0, 0, 100, 0, 0, 0]);
});

test('points of one place become one', () => {
  expect(thinned([5, 5, 5, 5, 5, 5, 90, 5, 90, 5], 1)).toEqual([5, 5, 90, 5]);
  expect(thinned([5, 5, 5, 5], 1)).toEqual([5, 5]);
});

test('a ring stays one: its corners stay, points along its sides go', () => {
  expect(thinned([0, 0, 50, 0, 100, 0, 100, 100, 50, 100, 0, 100, 0, 0], 2, true)).toEqual([
    ...[0, 0, 100, 0, 100, 100, 0, 100, 0, 0],
  ]);
});

describe('of any line', () => {
  const line = fc
    .array(fc.integer({ min: -500, max: 500 }), { minLength: 4, maxLength: 120 })
    .map((all) => all.slice(0, all.length & ~1));

  test('ends stay, and what goes is not farther off than the tolerance', () => {
    fc.assert(
      fc.property(line, fc.integer({ min: 1, max: 80 }), (xy, tolerance) => {
        const left = thinned(xy, tolerance);
        expect(left.slice(0, 2)).toEqual(xy.slice(0, 2));
        expect(left.slice(-2)).toEqual(xy.slice(-2));
        for (let i = 0; i < xy.length; i += 2)
          expect(distanceTo(left, xy[i] as number, xy[i + 1] as number)).toBeLessThanOrEqual(tolerance + 1e-9);
      }),
      { seed: 3 },
    );
  });
});

function distanceTo(line: readonly number[], x: number, y: number): number {
  let least = Math.hypot((line[0] as number) - x, (line[1] as number) - y);
  for (let i = 2; i + 1 < line.length; i += 2) {
    const [ax, ay, bx, by] = line.slice(i - 2, i + 2) as [number, number, number, number];
    const span = (bx - ax) ** 2 + (by - ay) ** 2;
    const t = span === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / span));
    least = Math.min(least, Math.hypot(ax + (bx - ax) * t - x, ay + (by - ay) * t - y));
  }
  return least;
}
