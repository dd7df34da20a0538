import { join } from 'node:path';
import type { Kernel } from './kernel.ts';

/** Folders with the feeds of a world. A drill has nothing to do with the city's real systems. */
export function feedFolders({
  hallDir,
  simulation,
  world,
}: Pick<Kernel, 'hallDir' | 'simulation' | 'world'>): string[] {
  const homes = [...(simulation ? [simulation.folder] : []), ...(world.kind === 'live' ? [hallDir] : [])];
  return homes.map((home) => join(home, 'feeds'));
}
