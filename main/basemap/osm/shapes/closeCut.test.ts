import { expect, test } from 'vitest';
import { Points } from '../../tiling/featureStore.ts';
import { closeCut } from './closeCut.ts';
import { isInRing, ringArea } from './geometry.ts';

const INNER = [0, 0, 1000, 1000] as const;

function cut(...chains: [number, number][][]) {
  const points = new Points();
  const lists = chains.map((chain) => chain.map(([x, y]) => points.add(x, y)));
  const rings = closeCut(points, lists, { inner: INNER, outer: [-100, -100, 1100, 1100] });
  return {
    rings,
    isIn: (x: number, y: number) => rings?.filter((ring) => isInRing(points, ring, x, y)).length === 1,
    area: (rings ?? []).reduce((sum, ring) => sum + Math.abs(ringArea(points, ring)), 0),
  };
}

test('a river is closed between its banks, whichever way they were drawn', () => {
  const [north, south]: [number, number][][] = [
    [
      [-50, 400],
      [500, 450],
      [1050, 400],
    ],
    [
      [-50, 500],
      [500, 550],
      [1050, 500],
    ],
  ];
  for (const banks of [
    [north, south],
    [north, [...(south ?? [])].reverse()],
    [[...(north ?? [])].reverse(), south],
  ]) {
    const { rings, isIn } = cut(...(banks as [number, number][][]));
    expect(rings).toHaveLength(1);
    expect([isIn(500, 500), isIn(500, 100), isIn(500, 900), isIn(-80, 450)]).toEqual([true, false, false, true]);
  }
});

test('a lake over the side is closed there, though its ends are a little within', () => {
  const { isIn, area } = cut([
    [990, 300],
    [700, 300],
    [700, 600],
    [990, 600],
  ]);
  expect([isIn(800, 450), isIn(300, 450)]).toEqual([true, false]);
  expect(area).toBe(400 * 300);
});

test('a lake over a corner takes the corner with it', () => {
  const { isIn } = cut([
    [800, -10],
    [800, 200],
    [1010, 200],
  ]);
  expect([isIn(900, 100), isIn(1050, -50), isIn(700, 100)]).toEqual([true, true, false]);
});

test('what lacks something within the box is not closed', () => {
  expect(
    cut([
      [-50, 400],
      [500, 450],
    ]).rings,
  ).toBeNull();
  expect(
    cut(
      [
        [-50, 400],
        [500, 450],
        [1050, 400],
      ],
      [
        [300, 300],
        [400, 400],
      ],
    ).rings,
  ).toBeNull();
  expect(cut().rings).toBeNull();
});
