import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CityArea, indexAreas, inPolygon, type PolygonRings } from './area.ts';

const square = (x: number, y: number, size: number): [number, number][] => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
];

describe('inPolygon', () => {
  const ring: PolygonRings = [square(0, 0, 10), square(4, 4, 2)];

  it('is inside the outer ring and outside its hole', () => {
    expect(inPolygon({ lon: 1, lat: 1 }, ring)).toBe(true);
    expect(inPolygon({ lon: 5, lat: 5 }, ring)).toBe(false);
    expect(inPolygon({ lon: 11, lat: 5 }, ring)).toBe(false);
  });
});

describe('indexAreas', () => {
  const areas: CityArea[] = Array.from({ length: 100 }, (_, i) => ({
    code: String(i),
    polygons: [[square(i % 10, Math.floor(i / 10), 1)]],
  }));
  const index = indexAreas(areas, 7);

  it('finds the area that holds a point, whatever the bucket', () => {
    const inner = fc.double({ min: 0.001, max: 9.999, noNaN: true }).filter((v) => Math.abs(v - Math.round(v)) > 1e-6);
    fc.assert(
      fc.property(inner, inner, (lon, lat) => {
        expect(index.at({ lon, lat })).toBe(String(Math.floor(lat) * 10 + Math.floor(lon)));
      }),
    );
  });

  it('finds nothing outside, and nothing in no areas', () => {
    expect(index.at({ lon: -1, lat: 5 })).toBeUndefined();
    expect(index.at({ lon: 5, lat: 99 })).toBeUndefined();
    expect(indexAreas([]).at({ lon: 1, lat: 1 })).toBeUndefined();
  });
});
