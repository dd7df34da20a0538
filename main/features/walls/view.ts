import { WallView } from '../../../contract/features/walls.ts';
import type { Wall } from '../../../core/walls/wall.ts';

/** A wall screen as windows show it, or null while it shows nothing. */
export function wallView({ screen, scene, by }: Wall): WallView | null {
  return WallView.safeParse({ screen, ...scene, ...(by ? { shown: by } : {}) }).data ?? null;
}
