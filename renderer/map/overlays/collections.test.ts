import { expect, test } from 'vitest';
import { distanceM } from '../../../core/places/geo.ts';
import { circleRing } from './collections.ts';

test('a circle has the radius asked for, and closes', () => {
  const centre = { lon: 121.92, lat: 29.17 };
  const ring = circleRing(centre, 500);
  expect(ring[0]).toEqual(ring.at(-1));
  for (const [lon, lat] of ring) expect(distanceM(centre, { lon, lat })).toBeCloseTo(500, 1);
});
