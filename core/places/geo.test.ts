import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { angleBetweenDeg, bearingDeg, destination, distanceM, normalizeDeg } from './geo.ts';

const place = fc.record({
  lon: fc.double({ min: -179.9, max: 179.9, noNaN: true }),
  lat: fc.double({ min: -80, max: 80, noNaN: true }),
});
const bearing = fc.double({ min: 0, max: 359.9, noNaN: true });

describe('distanceM', () => {
  it('is 111.2 km for a degree of latitude', () => {
    expect(distanceM({ lon: 121.95, lat: 29 }, { lon: 121.95, lat: 30 })).toBeCloseTo(111_195, -1);
  });

  it('shrinks a degree of longitude by the cosine of the latitude', () => {
    const a = { lon: 121, lat: 29.18 };
    expect(distanceM(a, { lon: 122, lat: 29.18 })).toBeCloseTo(111_195 * Math.cos((29.18 * Math.PI) / 180), -2);
  });

  it('crosses the date line the short way', () => {
    expect(distanceM({ lon: 179.5, lat: 0 }, { lon: -179.5, lat: 0 })).toBeCloseTo(111_195, -1);
  });

  it('is the same both ways, never negative, and zero only at the place itself', () => {
    fc.assert(
      fc.property(place, place, (a, b) => {
        const d = distanceM(a, b);
        expect(d).toBeGreaterThanOrEqual(0);
        expect(d).toBeCloseTo(distanceM(b, a), 4);
        expect(distanceM(a, a)).toBe(0);
      }),
    );
  });
});

describe('bearingDeg', () => {
  const here = { lon: 121.95, lat: 29.18 };

  it.each([
    ['north', { lon: 121.95, lat: 29.2 }, 0],
    ['east', { lon: 121.97, lat: 29.18 }, 90],
    ['south', { lon: 121.95, lat: 29.1 }, 180],
    ['west', { lon: 121.93, lat: 29.18 }, 270],
  ])('points %s', (_name, there, degrees) => {
    expect(angleBetweenDeg(bearingDeg(here, there), degrees)).toBeLessThan(0.02);
  });

  it('is 0 from a place to itself', () => {
    expect(bearingDeg(here, here)).toBe(0);
  });
});

describe('destination', () => {
  it('lies at the distance and bearing asked for, up to 20 km', () => {
    fc.assert(
      fc.property(place, bearing, fc.double({ min: 1, max: 20_000, noNaN: true }), (from, direction, metres) => {
        const to = destination(from, direction, metres);
        expect(distanceM(from, to)).toBeCloseTo(metres, 2);
        expect(angleBetweenDeg(bearingDeg(from, to), direction)).toBeLessThan(0.01);
      }),
    );
  });
});

describe('angles', () => {
  it('normalizes into [0, 360)', () => {
    expect([-90, 0, 360, 725, -0.0].map(normalizeDeg)).toEqual([270, 0, 0, 5, 0]);
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (deg) => {
        const d = normalizeDeg(deg);
        expect(d).toBeGreaterThanOrEqual(0);
        expect(d).toBeLessThan(360);
      }),
    );
  });

  it('measures the smaller angle between bearings', () => {
    expect(angleBetweenDeg(350, 10)).toBe(20);
    expect(angleBetweenDeg(10, 350)).toBe(20);
    expect(angleBetweenDeg(0, 180)).toBe(180);
  });
});
