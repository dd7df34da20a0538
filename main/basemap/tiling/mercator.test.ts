import fc from 'fast-check';
import { expect, test } from 'vitest';
import { latOf, lonOf, MOST_LAT, tilesOf, unitsOfMetre, WORLD, worldX, worldY } from './mercator.ts';

test('the world is a square from its north-west corner', () => {
  expect([worldX(-180), worldX(0), worldX(180)]).toEqual([0, WORLD / 2, WORLD]);
  expect([worldY(MOST_LAT), worldY(0), worldY(-MOST_LAT)]).toEqual([0, WORLD / 2, WORLD]);
});

test('poles are where the square ends', () => {
  expect([worldY(90), worldY(-90)]).toEqual([0, WORLD]);
});

test('a position comes back to four centimetres', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -85, max: 85, noNaN: true }),
      (lon, lat) => {
        expect(Math.abs(lonOf(worldX(lon)) - lon)).toBeLessThan(2e-7);
        expect(Math.abs(latOf(worldY(lat)) - lat)).toBeLessThan(2e-7);
      },
    ),
    { seed: 4 },
  );
});

test('a metre is longer on the map far from the equator', () => {
  expect(unitsOfMetre(60) / unitsOfMetre(0)).toBeCloseTo(2, 6);
});

test('tiles of an area are those that it touches, named as others name them', () => {
  // Monaco, zoom 14: https://tile.openstreetmap.org/14/8529/5974.png
  expect(tilesOf([7.41, 43.725, 7.44, 43.75], 14)).toEqual({ x0: 8529, y0: 5973, x1: 8530, y1: 5974 });
  expect(tilesOf([-180, -90, 180, 90], 1)).toEqual({ x0: 0, y0: 0, x1: 1, y1: 1 });
});
