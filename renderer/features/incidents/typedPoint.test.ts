import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distanceM } from '../../../core/places/geo.ts';
import { pointText, typedPoint } from './typedPoint.ts';

test.each<readonly [string, { lon: number; lat: number } | null]>([
  ['121.93, 29.15', { lon: 121.93, lat: 29.15 }],
  ['121.93，29.15', { lon: 121.93, lat: 29.15 }],
  [' 29.15 121.93 ', { lon: 121.93, lat: 29.15 }],
  ['121.93° 29.15°', { lon: 121.93, lat: 29.15 }],
  ['121°57′E 29°10.5′N', { lon: 121.95, lat: 29.175 }],
  ['北纬29.15 东经121.93', { lon: 121.93, lat: 29.15 }],
  ['-73.5 -40', { lon: -73.5, lat: -40 }],
  ...['', '121.93', '121.93 29.15 3', '1e2 29', '200 200', '121.93 abc', '1231.1 29'].map(
    (text) => [text, null] as const,
  ),
])('%s', (text, point) => {
  expect(typedPoint(text)).toEqual(point);
});

test('a system that is named is brought to WGS 84', () => {
  const shifted = typedPoint('高德 121.93, 29.15') ?? expect.fail('not read');
  const metres = distanceM(shifted, { lon: 121.93, lat: 29.15 });
  expect(metres).toBeGreaterThan(300);
  expect(metres).toBeLessThan(700);
});

test('whatever is typed, the answer is a place on earth or none; a place that is written is read again', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.nat(36_000_000), fc.nat(14_000_000), (text, east, north) => {
      const point = typedPoint(text);
      if (point) expect(Math.abs(point.lon) <= 180 && Math.abs(point.lat) <= 90).toBe(true);
      const at = { lon: (east - 18_000_000) / 1e5, lat: (north - 7_000_000) / 1e5 };
      expect(typedPoint(pointText(at))).toEqual(at);
    }),
    { seed: 20261127, numRuns: 500 },
  );
});
