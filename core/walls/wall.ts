import { z } from 'zod';
import { DeclaredName, NameBody, PointBody } from '../bodies.ts';
import { type Decision, decisionOf, type EventDraft, type Json } from '../ledger/envelope.ts';
import { firstVersions } from '../ledger/family.ts';
import type { Aggregate } from '../ledger/projection.ts';
import { OPS } from '../ledger/stream.ts';

const Selection = z.object({ kind: DeclaredName, id: z.string().max(200), at: PointBody.nullable() });

const SceneShown = z.object({
  /** The region of the screen that is shown large. */
  scene: DeclaredName,
  selection: Selection.nullable(),
  cameras: z.array(NameBody).max(64),
  /** What the map of whoever pushed it looked at; left out: where what is selected is. */
  view: PointBody.extend({ zoom: z.number().min(0).max(24) }).optional(),
});
export type WallScene = z.infer<typeof SceneShown>;

/** What one wall screen shows. */
export interface Wall {
  screen: string;
  /** Null before anything was pushed, and after it was cleared. */
  scene: WallScene | null;
  by: Decision | null;
}

export const wallAggregate: Aggregate<Wall> = {
  kind: 'wall',
  stream: OPS,
  initialState: (subject) => ({ screen: subject.slice('wall:'.length), scene: null, by: null }),
  evolve(wall, event) {
    switch (event.type) {
      case 'wall.scene-shown':
        return { ...wall, scene: event.body as unknown as WallScene, by: decisionOf(event) };
      case 'wall.cleared':
        return { ...wall, scene: null, by: decisionOf(event) };
      default:
        return wall;
    }
  },
  events: firstVersions({ 'wall.scene-shown': SceneShown, 'wall.cleared': z.object({}) }),
};

export function showScene(screen: string, scene: WallScene, actor: string): EventDraft[] {
  const body = scene as unknown as { [key: string]: Json };
  return [{ type: 'wall.scene-shown', subject: `wall:${screen}`, actor, body }];
}

/** Nothing happens to a screen that shows nothing. */
export function clearScreen({ screen, scene }: Wall, actor: string): EventDraft[] {
  return scene === null ? [] : [{ type: 'wall.cleared', subject: `wall:${screen}`, actor, body: {} }];
}
