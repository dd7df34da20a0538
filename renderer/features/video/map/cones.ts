import type { FeatureCollection, Polygon } from 'geojson';
import { destination, type LonLat } from '../../../../core/places/geo.ts';
import { position } from '../../../map/overlays/collections.ts';

/** What a cone is drawn from: position, axis, angle and reach of a camera. */
interface ConeCamera extends LonLat {
  id: string;
  /** Degrees clockwise from north. */
  bearing: number;
  /** Full horizontal angle, degrees; 360 looks all round. */
  fov: number;
  /** Metres. */
  range: number;
}

/** Rings that a cone is made of; each is fainter than the one before. */
export const CONE_BANDS = 7;
const STEP_DEG = 5;

/**
 * A camera's view as rings of a sector, so that it fades with distance as sight does. `band` counts from the camera
 * out; band -1 is the whole sector, for its outline.
 */
export function viewCones(cameras: readonly ConeCamera[]): FeatureCollection<Polygon, { id: string; band: number }> {
  return {
    type: 'FeatureCollection',
    features: cameras.flatMap((camera) =>
      Array.from({ length: CONE_BANDS + 1 }, (_, i) => i - 1).map((band) => ({
        type: 'Feature' as const,
        properties: { id: camera.id, band },
        geometry: {
          type: 'Polygon' as const,
          coordinates: [
            band === -1 ? sectorRing(camera, 0, 1) : sectorRing(camera, band / CONE_BANDS, (band + 1) / CONE_BANDS),
          ],
        },
      })),
    ),
  };
}

/** The ring between two shares of the range, closed. From 0 it is a slice with its point at the camera. */
export function sectorRing(camera: ConeCamera, from: number, to: number): [number, number][] {
  const fov = Math.min(360, Math.max(1, camera.fov));
  const steps = Math.max(2, Math.ceil(fov / STEP_DEG));
  const arc = (share: number): [number, number][] =>
    Array.from({ length: steps + 1 }, (_, i) =>
      position(destination(camera, camera.bearing - fov / 2 + (fov * i) / steps, camera.range * share)),
    );
  const outer = arc(to);
  const inner = from > 0 ? arc(from).reverse() : fov < 360 ? [position(camera)] : [];
  const ring = [...outer, ...inner];
  const first = ring[0];
  return first ? [...ring, first] : ring;
}
