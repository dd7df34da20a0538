import fc from 'fast-check';
import { MercatorCoordinate } from 'maplibre-gl';
import { describe, expect, it } from 'vitest';
import { encodeUnits } from '../../../../contract/units.ts';
import { metresPerPixel, offsetPixels, worldPixels } from '../../../map/mercator.ts';
import { pickUnit } from './pick.ts';
import { UnitTrack } from './track.ts';

const everything = () => true;

function trackOf(positions: readonly (readonly [number, number])[]): UnitTrack {
  const track = new UnitTrack();
  const records = positions.map(([lon, lat], index) => ({
    index,
    lon,
    lat,
    heading: 0,
    status: 'busy' as const,
    age: 0,
  }));
  track.accept(encodeUnits(records, records.length, 1), 0);
  return track;
}

describe('offsetPixels', () => {
  it('is MapLibre’s projection, to a hundredth of a pixel, near and far, at every zoom', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.4, max: 0.4, noNaN: true }),
        fc.double({ min: -0.4, max: 0.4, noNaN: true }),
        fc.double({ min: -60, max: 60, noNaN: true }),
        fc.integer({ min: 8, max: 20 }),
        (dLon, dLat, lat, zoom) => {
          const world = worldPixels(zoom);
          const centre = MercatorCoordinate.fromLngLat([121, lat]);
          const at = MercatorCoordinate.fromLngLat([121 + dLon, lat + dLat]);
          const [x, y] = offsetPixels(dLon * 1e7, dLat * 1e7, lat, world);
          expect(Math.abs(x - (at.x - centre.x) * world)).toBeLessThan(0.01);
          expect(Math.abs(y - (at.y - centre.y) * world)).toBeLessThan(0.01);
        },
      ),
    );
  });

  it('knows how much ground a pixel covers', () => {
    expect(metresPerPixel(0, 0)).toBeCloseTo(78271.5, 0);
    expect(metresPerPixel(60, 10)).toBeCloseTo(metresPerPixel(0, 10) / 2, 6);
  });
});

describe('pickUnit', () => {
  const view = { lon: 121, lat: 29, zoom: 15 };

  it('takes the nearest within reach and nothing beyond', () => {
    const track = trackOf([
      [121, 29],
      [121.0002, 29],
    ]);
    expect(pickUnit(track, view, 1, 0, 12, 0, everything)).toBe(0);
    expect(pickUnit(track, view, 8, 0, 12, 0, everything)).toBe(1);
    expect(pickUnit(track, view, 40, 40, 12, 0, everything)).toBe(-1);
  });

  it('passes over units that are not shown', () => {
    const track = trackOf([
      [121, 29],
      [121.0001, 29],
    ]);
    expect(pickUnit(track, view, 0, 0, 12, 0, (slot) => slot !== 0)).toBe(1);
  });

  it('finds any unit at the pixel where it is drawn', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.double({ min: 120.9, max: 121.1, noNaN: true }),
            fc.double({ min: 28.9, max: 29.1, noNaN: true }),
          ),
          {
            minLength: 1,
            maxLength: 50,
          },
        ),
        fc.nat(),
        (positions, n) => {
          const track = trackOf(positions);
          const i = n % positions.length;
          const [x, y] = offsetPixels(track.lonAt(i, 0) - 121e7, track.latAt(i, 0) - 29e7, 29, worldPixels(15));
          const found = pickUnit(track, view, x, y, 12, 0, everything);
          expect(found).toBeGreaterThanOrEqual(0);
          const [fx, fy] = offsetPixels(
            track.lonAt(found, 0) - 121e7,
            track.latAt(found, 0) - 29e7,
            29,
            worldPixels(15),
          );
          expect(Math.hypot(fx - x, fy - y)).toBeLessThan(1);
        },
      ),
    );
  });
});
