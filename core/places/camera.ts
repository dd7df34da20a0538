import { angleBetweenDeg, bearingDeg, destination, distanceM, type LonLat } from './geo.ts';

/** What a drill camera looks at; picks the street scene that is rendered for it. */
export const CAMERA_SCENES = [
  'arterial',
  'oldtown',
  'bridge',
  'harbour',
  'underpass-flood',
  'residential',
  'plaza',
  'expressway',
] as const;
export type CameraScene = (typeof CAMERA_SCENES)[number];

/** The geometry of a camera's view: a horizontal sector that starts at the camera. */
export interface CameraView extends LonLat {
  /** Direction of the optical axis, degrees clockwise from north. */
  readonly bearing: number;
  /** Full horizontal angle of view, degrees. 360 is an all-round camera. */
  readonly fov: number;
  /** How far a scene can be made out, metres. */
  readonly range: number;
}

/** A camera that stands somewhere, whatever its pictures come from. */
export interface PlacedCamera extends CameraView {
  /** `CAM-001` … */
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** Height of the camera above ground, metres. */
  readonly height: number;
}

/** A camera of the drill city. */
export interface Camera extends PlacedCamera {
  readonly scene: CameraScene;
}

/** A camera ranked for a place. */
export interface RankedCamera<C extends CameraView = Camera> {
  readonly camera: C;
  /** Whether the place lies in the view sector. */
  readonly sees: boolean;
  /** Metres from the camera to the place. */
  readonly distance: number;
  /** Degrees between the optical axis and the place, 0–180. */
  readonly offAxis: number;
}

/** Whether `point` lies in the camera's sector: within `range` metres and `fov / 2` degrees of the axis. */
export function cameraSees(camera: CameraView, point: LonLat): boolean {
  return look(camera, point).sees;
}

/**
 * The `n` best cameras for a place, best first.
 *
 * Those that see it come first, in the order of
 * `score = 0.5 · offAxis / (fov / 2) + 0.5 · distance / range` (0 is on the axis at the lens, 1 the far corner of the
 * sector); those that don't see it come after, nearest first. Ties keep the order of `cameras`.
 */
export function rankCameras<C extends CameraView>(cameras: readonly C[], point: LonLat, n: number): RankedCamera<C>[] {
  return cameras
    .map((camera) => look(camera, point))
    .sort((a, b) => {
      if (a.sees !== b.sees) return a.sees ? -1 : 1;
      return a.sees ? viewScore(a) - viewScore(b) : a.distance - b.distance;
    })
    .slice(0, Math.max(0, n));
}

/** The outline of the view sector, a closed ring for the map: the camera, then the arc in steps of about 6°. */
export function viewSector(camera: CameraView): LonLat[] {
  const fov = Math.min(360, camera.fov);
  const steps = Math.max(2, Math.ceil(fov / 6));
  const apex = { lon: camera.lon, lat: camera.lat };
  const arc = Array.from({ length: steps + 1 }, (_, i) =>
    destination(apex, camera.bearing - fov / 2 + (fov * i) / steps, camera.range),
  );
  return [apex, ...arc, apex];
}

function look<C extends CameraView>(camera: C, point: LonLat): RankedCamera<C> {
  const distance = distanceM(camera, point);
  const offAxis = distance === 0 ? 0 : angleBetweenDeg(camera.bearing, bearingDeg(camera, point));
  return { camera, distance, offAxis, sees: distance <= camera.range && offAxis <= camera.fov / 2 };
}

function viewScore(ranked: RankedCamera<CameraView>): number {
  const { camera, distance, offAxis } = ranked;
  return (0.5 * offAxis) / (camera.fov / 2) + (0.5 * distance) / camera.range;
}
