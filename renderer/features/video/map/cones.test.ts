import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceM } from '../../../../core/places/geo.ts';
import { CONE_BANDS, sectorRing, viewCones } from './cones.ts';

const camera = { id: 'CAM-001', lon: 121.92, lat: 29.17, bearing: 90, fov: 60, range: 200 };
const at = ([lon = 0, lat = 0]: readonly number[]) => ({ lon, lat });

describe('view cones', () => {
  it('start at the camera, reach as far as it sees and close', () => {
    const ring = sectorRing(camera, 0, 1);
    expect(ring[0]).toEqual(ring.at(-1));
    const distances = ring.map((p) => distanceM(camera, at(p)));
    expect(Math.max(...distances)).toBeCloseTo(200, 1);
    expect(Math.min(...distances)).toBe(0);
  });

  it('look where the camera looks, whatever its angle', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 359 }), fc.integer({ min: 1, max: 360 }), (bearing, fov) => {
        const ring = sectorRing({ ...camera, bearing, fov }, 0.2, 0.6);
        const distances = ring.map((p) => distanceM(camera, at(p)));
        expect(Math.max(...distances)).toBeCloseTo(120, 0);
        expect(Math.min(...distances)).toBeCloseTo(40, 0);
        expect(ring[0]).toEqual(ring.at(-1));
      }),
    );
  });

  it('are an outline and rings that fade', () => {
    const { features } = viewCones([camera]);
    expect(features.map((f) => f.properties.band)).toEqual([-1, ...Array.from({ length: CONE_BANDS }, (_, i) => i)]);
  });
});
