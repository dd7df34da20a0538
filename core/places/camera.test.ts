import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CameraView, cameraSees, rankCameras, viewSector } from './camera.ts';
import { destination, distanceM } from './geo.ts';

const here = { lon: 121.95, lat: 29.18 };
const view = (more: Partial<CameraView> = {}): CameraView => ({ ...here, bearing: 90, fov: 60, range: 200, ...more });

describe('cameraSees', () => {
  it('sees what is on its axis, in range', () => {
    expect(cameraSees(view(), destination(here, 90, 150))).toBe(true);
  });

  it('does not see beyond its range', () => {
    expect(cameraSees(view(), destination(here, 90, 201))).toBe(false);
  });

  it('does not see beyond half its field of view', () => {
    expect(cameraSees(view(), destination(here, 119, 100))).toBe(true);
    expect(cameraSees(view(), destination(here, 121, 100))).toBe(false);
  });

  it('looks over north without a seam', () => {
    const north = view({ bearing: 5 });
    expect(cameraSees(north, destination(here, 350, 100))).toBe(true);
    expect(cameraSees(north, destination(here, 330, 100))).toBe(false);
  });

  it('sees the ground below itself, and all round with 360°', () => {
    expect(cameraSees(view(), here)).toBe(true);
    expect(cameraSees(view({ fov: 360 }), destination(here, 270, 100))).toBe(true);
  });

  it('agrees with its own sector: points on the bisector inside, points behind outside', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 359, noNaN: true }),
        fc.double({ min: 10, max: 170, noNaN: true }),
        fc.double({ min: 20, max: 500, noNaN: true }),
        (bearing, fov, range) => {
          const camera = view({ bearing, fov, range });
          expect(cameraSees(camera, destination(here, bearing, range * 0.99))).toBe(true);
          expect(cameraSees(camera, destination(here, bearing + 180, range * 0.5))).toBe(false);
        },
      ),
    );
  });
});

describe('rankCameras', () => {
  const place = destination(here, 90, 100);

  it('puts cameras that see the place before nearer ones that do not', () => {
    const sees = view();
    const nearBlind = { ...view({ bearing: 90 }), ...destination(place, 90, 5) };
    expect(rankCameras([nearBlind, sees], place, 2).map((r) => r.camera)).toEqual([sees, nearBlind]);
  });

  it('prefers the better angle at the same distance, and the shorter distance at the same angle', () => {
    const onAxis = view();
    const aslant = view({ bearing: 110 });
    const far = { ...view(), ...destination(place, 270, 180) };
    expect(rankCameras([aslant, far, onAxis], place, 3).map((r) => r.camera)).toEqual([onAxis, far, aslant]);
  });

  it('orders the blind by distance and gives no more than asked', () => {
    const blind = [300, 900, 500].map((d) => ({ ...view({ bearing: 90 }), ...destination(place, 90, d) }));
    const ranked = rankCameras(blind, place, 2);
    expect(ranked.map((r) => Math.round(r.distance))).toEqual([300, 500]);
    expect(rankCameras(blind, place, 0)).toEqual([]);
  });

  it('never puts a camera that sees after one that does not', () => {
    const camera = fc.record({
      lon: fc.double({ min: 121.94, max: 121.96, noNaN: true }),
      lat: fc.double({ min: 29.17, max: 29.19, noNaN: true }),
      bearing: fc.double({ min: 0, max: 359, noNaN: true }),
      fov: fc.double({ min: 20, max: 120, noNaN: true }),
      range: fc.double({ min: 50, max: 2000, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(camera, { maxLength: 30 }), (cameras) => {
        const ranked = rankCameras(cameras, here, 30);
        expect(ranked).toHaveLength(cameras.length);
        const firstBlind = ranked.findIndex((r) => !r.sees);
        if (firstBlind >= 0) expect(ranked.slice(firstBlind).every((r) => !r.sees)).toBe(true);
        for (const r of ranked) expect(r.sees).toBe(cameraSees(r.camera, here));
      }),
    );
  });
});

describe('viewSector', () => {
  it('is a closed ring from the camera along its range', () => {
    const ring = viewSector(view());
    expect(ring[0]).toEqual(ring.at(-1));
    for (const p of ring.slice(1, -1)) expect(distanceM(here, p)).toBeCloseTo(200, 3);
  });
});
