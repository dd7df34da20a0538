import { describe, expect, test } from 'vitest';
import { Points } from '../tiling/featureStore.ts';
import { type Bounds, worldX, worldY } from '../tiling/mercator.ts';
import { extentOfMap } from './extent.ts';

/** A town of so many nodes a side, one per cent of a degree wide, and others. */
function extentWith(side: number, others: readonly [number, number][] = [], declared: Bounds | null = null) {
  const points = new Points();
  for (let i = 0; i < side * side; i++)
    points.add(worldX(121.5 + ((i % side) / side) * 0.01), worldY(31.2 + (Math.trunc(i / side) / side) * 0.01));
  for (const [lon, lat] of others) points.add(worldX(lon), worldY(lat));
  const { bounds, centre } = extentOfMap(points, points.x.length, declared);
  return { bounds: bounds.map((side) => Math.round(side * 1000) / 1000), centre };
}

describe('a map covers', () => {
  test('what the file says', () => {
    expect(extentWith(10, [[122, 32]], [121.502, 31.201, 121.508, 31.209]).bounds).toEqual([
      121.502, 31.201, 121.508, 31.209,
    ]);
  });

  test('of it only where nodes are', () => {
    expect(extentWith(40, [], [100, 20, 140, 40]).bounds).toEqual([121.5, 31.2, 121.51, 31.21]);
  });

  test('where its nodes are, when it says nothing or something far away', () => {
    expect(extentWith(20).bounds).toEqual([121.5, 31.2, 121.51, 31.21]);
    expect(extentWith(20, [], [5, 5, 6, 6]).bounds).toEqual([121.5, 31.2, 121.51, 31.21]);
  });

  test('not the few of many nodes that lie far off', () => {
    const { bounds } = extentWith(50, [
      [119, 31.2],
      [121.5, 29],
    ]);
    expect(bounds[0]).toBeGreaterThan(121.49);
    expect(bounds[1]).toBeGreaterThan(31.19);
  });

  test('every one of few nodes', () => {
    expect(extentWith(5, [[122.4, 31.2]]).bounds[2]).toBe(122.4);
  });
});

test('its centre is in the middle of the nodes, not of the area', () => {
  expect(extentWith(20, [], [121.5, 31.2, 121.51, 31.21]).centre[0]).toBeCloseTo(121.505, 2);
  expect(extentWith(30, [[124, 34]]).centre[0]).toBeCloseTo(121.505, 2);
});

test('an area of half a continent is refused, with the way to a city', () => {
  expect(() => extentWith(5, [[80, 50]])).toThrow('osmium extract');
});

test('one node has an area of its own', () => {
  const points = new Points();
  points.add(worldX(121.5), worldY(31.2));
  const { bounds } = extentOfMap(points, 1, null);
  expect(bounds[2]).toBeGreaterThan(bounds[0]);
});
