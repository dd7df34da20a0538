import { expect, test } from 'vitest';
import { trailLine } from './useTrail.ts';

const newest = { t: 20, lon: 122, lat: 29, heading: 0, speed: 0, status: 'available' as const };

test('a trail goes from the oldest point to where the unit is', () => {
  const { features } = trailLine({
    newest,
    trail: [
      { t: 0, lon: 121, lat: 29 },
      { t: 10, lon: 121.5, lat: 29 },
    ],
  });
  expect(features[0]?.geometry).toEqual({
    type: 'LineString',
    coordinates: [
      [121, 29],
      [121.5, 29],
      [122, 29],
    ],
  });
});

test('one that has not moved has none', () => {
  expect(trailLine({ newest, trail: [newest] }).features).toEqual([]);
});
