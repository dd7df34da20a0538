import { expect, test } from 'vitest';
import { distanceM } from '../../../../core/places/geo.ts';
import { ring } from './ring.ts';

test('a ring is as far from its middle everywhere, and so is its handle', () => {
  const centre = { lon: 121.92, lat: 29.16 };
  const [circle, handle] = ring(centre, 800).features;
  if (circle?.geometry.type !== 'Polygon' || handle?.geometry.type !== 'Point') throw new Error('a ring and a handle');
  for (const [lon = 0, lat = 0] of [...(circle.geometry.coordinates[0] ?? []), handle.geometry.coordinates])
    expect(distanceM(centre, { lon, lat })).toBeCloseTo(800, 0);
});
