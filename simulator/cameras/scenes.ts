import { join } from 'node:path';

/**
 * The street scenes of the drill city, each rendered once into a loop file and shared by many cameras. In the order in
 * which they are rendered: first the one that the flood drill looks at.
 */
export const SCENE_NAMES = [
  'underpass-flood',
  'arterial',
  'oldtown',
  'bridge',
  'harbour',
  'residential',
  'plaza',
  'expressway',
] as const;

/** @see SCENE_NAMES */
export type SceneName = (typeof SCENE_NAMES)[number];

/** Every loop file has this form. Frames × 1/fps is one seamless round. */
export const SCENE_FORMAT = { width: 640, height: 360, fps: 12.5, frames: 300 } as const;

/** Seconds of one round. */
export const SCENE_SECONDS = SCENE_FORMAT.frames / SCENE_FORMAT.fps;

/**
 * Scenes that may be mirrored to make two cameras differ: nothing in them reads or drives on one side.
 */
export const MIRRORABLE: ReadonlySet<SceneName> = new Set(['harbour', 'plaza']);

/** Where the loop files of a hall are; the last part counts up when the scenes are drawn anew. */
export function sceneFolder(dataDir: string): string {
  return join(dataDir, 'drill-cameras', 'v1');
}

/** The loop file of a scene. */
export function sceneFile(dataDir: string, scene: SceneName): string {
  return join(sceneFolder(dataDir), `${scene}.mp4`);
}
