import { expect, test } from 'vitest';
import { Crs, toWgs84 } from './crs.ts';
import { distanceM } from './geo.ts';

// Tiananmen in the three systems, as published with several converters; they agree to about a metre.
const WGS84 = { lon: 116.397428, lat: 39.90923 };
const GCJ02 = { lon: 116.40367, lat: 39.910633 };
const BD09 = { lon: 116.410037, lat: 39.916979 };

test.each([
  ['gcj02', GCJ02],
  ['bd09', BD09],
] as const)('%s is brought to WGS 84', (crs, from) => {
  const [lon, lat] = toWgs84(crs)?.(from.lon, from.lat) ?? [0, 0];
  expect(distanceM({ lon, lat }, WGS84)).toBeLessThan(5);
});

test('WGS 84 needs no conversion, and outside China GCJ-02 is WGS 84', () => {
  expect(toWgs84('wgs84')).toBeNull();
  expect(toWgs84('gcj02')?.(7.42, 43.73)).toEqual([7.42, 43.73]);
  expect(Crs.options).toEqual(['wgs84', 'gcj02', 'bd09']);
});
