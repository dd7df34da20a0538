import { WallView } from '../../../contract/features/walls.ts';
import type { Wall } from '../../../core/walls/wall.ts';

/** A wall screen as windows show it, or null while nothing was pushed that this version can show. */
export function wallView(wall: Wall): WallView | null {
  return WallView.safeParse({ screen: wall.screen, ...wall.scene }).data ?? null;
}
