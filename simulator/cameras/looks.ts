import { MIRRORABLE, SCENE_FORMAT, SCENE_SECONDS, type SceneName } from './scenes.ts';

/** What makes one camera's picture of a shared scene its own. */
export interface CameraLook {
  /** Where in the loop it begins, seconds. */
  readonly offsetSeconds: number;
  /** ffmpeg filters. */
  readonly filters: readonly string[];
}

/** The same camera has the same look in every run: crop, tint, mirror and start follow from its id alone. */
export function lookOf(cameraId: string, scene: SceneName): CameraLook {
  const bits = hash(cameraId);
  const part = (shift: number, values: number) => ((bits >>> shift) % 1021) % values;
  const { width, height } = SCENE_FORMAT;
  // Up to half closer, looking at another part of the scene: cameras side by side must not look like one camera twice.
  const zoom = 1 + part(0, 6) * 0.1;
  const wide = even(width / zoom);
  const high = even(height / zoom);
  const left = Math.round(((width - wide) * part(4, 5)) / 4);
  const top = Math.round(((height - high) * part(8, 5)) / 4);
  const filters = [
    `crop=${wide}:${high}:${left}:${top}`,
    `scale=${width}:${height}:flags=bilinear`,
    `hue=h=${part(12, 9) * 2 - 8}:s=${(0.85 + part(16, 6) * 0.05).toFixed(2)}`,
  ];
  if (MIRRORABLE.has(scene) && part(20, 2) === 1) filters.unshift('hflip');
  // A camera that watches water rise begins where the rise begins; the others anywhere.
  const offsetSeconds = scene === 'underpass-flood' ? 0 : part(6, 96) * (SCENE_SECONDS / 96);
  return { offsetSeconds, filters };
}

function even(value: number): number {
  return Math.round(value / 2) * 2;
}

/** FNV-1a, 32 bits, with a last stir so that neighbouring ids differ in every bit. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
