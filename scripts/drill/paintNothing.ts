import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SCENE_NAMES, sceneFile } from '../../simulator/cameras/scenes.ts';

/**
 * Lays an empty file where each drill scene's loop would be: a hall paints only what is not there, and who looks at no camera has
 * no half a minute of a processor for painting.
 */
export function paintNothing(dataDir: string): void {
  for (const scene of SCENE_NAMES) {
    const file = sceneFile(dataDir, scene);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '', { flag: 'a' });
  }
}
