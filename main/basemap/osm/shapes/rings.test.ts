import { describe, expect, test } from 'vitest';
import { Points } from '../../tiling/featureStore.ts';
import { innerPoint, isInRing, middleOf, ringArea } from './geometry.ts';
import { closedRings, polygonsOf } from './rings.ts';

describe('lines are joined into rings', () => {
  test('whichever way each was drawn', () => {
    const { rings, open } = closedRings([
      [1, 2, 3],
      [5, 4, 3],
      [5, 6, 1],
    ]);
    expect([rings, open]).toEqual([[[1, 2, 3, 4, 5, 6, 1]], []]);
  });

  test('a closed line is one, others beside it', () => {
    const { rings, open } = closedRings([
      [1, 2, 3, 1],
      [4, 5],
      [5, 6],
      [6, 4],
    ]);
    expect([rings, open]).toEqual([
      [
        [1, 2, 3, 1],
        [4, 5, 6, 4],
      ],
      [],
    ]);
  });

  test('what does not close is told apart', () => {
    const { rings, open } = closedRings([
      [1, 2],
      [2, 3],
      [7, 8],
      [4, 5, 6, 4],
    ]);
    expect([rings, open]).toEqual([
      [[4, 5, 6, 4]],
      [
        [1, 2, 3],
        [7, 8],
      ],
    ]);
  });

  test('there and back is none', () => {
    expect(
      closedRings([
        [1, 2],
        [2, 1],
      ]),
    ).toEqual({ rings: [], open: [[1, 2, 1]] });
  });
});

describe('rings are nested into polygons', () => {
  const points = new Points();
  const square = (x: number, y: number, side: number): number[] => {
    const first = points.add(x, y);
    return [first, points.add(x + side, y), points.add(x + side, y + side), points.add(x, y + side), first];
  };
  const [field, lake, island, pond, apart] = [
    square(0, 0, 100),
    square(10, 10, 50),
    square(20, 20, 20),
    square(70, 70, 20),
    square(200, 0, 10),
  ] as const;

  test('by where they lie', () => {
    const polygons = polygonsOf(points, [island, apart, lake, field, pond]);
    expect(polygons).toEqual([[field, lake, pond], [island], [apart]]);
  });

  test('a ring of no area is none', () => {
    const flat = [points.add(0, 0), points.add(5, 0), points.add(9, 0)];
    expect(polygonsOf(points, [[...flat, flat[0] as number]])).toEqual([]);
  });
});

describe('of a shape', () => {
  const points = new Points();
  const list = (...xy: [number, number][]) => xy.map(([x, y]) => points.add(x, y));
  const closed = (ring: number[]) => [...ring, ring[0] as number];

  test('the area is positive where it turns anticlockwise on the ground', () => {
    const ring = closed(list([0, 0], [0, 10], [10, 10], [10, 0]));
    expect([ringArea(points, ring), ringArea(points, [...ring].reverse())]).toEqual([100, -100]);
  });

  test('the inner point lies within, though the middle does not', () => {
    const horseshoe = closed(list([0, 0], [100, 0], [100, 100], [80, 100], [80, 20], [20, 20], [20, 100], [0, 100]));
    const { x, y } = innerPoint(points, horseshoe);
    expect(isInRing(points, horseshoe, x, y)).toBe(true);
    expect(isInRing(points, horseshoe, 50, 50)).toBe(false);
  });

  test('the middle of a line is half way along it', () => {
    expect(middleOf(points, list([0, 0], [10, 0], [10, 90]))).toEqual({ x: 10, y: 40 });
  });
});
