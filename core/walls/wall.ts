import { z } from 'zod';
import { NameBody, PointBody } from '../bodies.ts';
import { type Decision, decisionOf, type EventDraft, type Json } from '../ledger/envelope.ts';
import { firstVersions } from '../ledger/family.ts';
import type { Aggregate } from '../ledger/projection.ts';
import { OPS } from '../ledger/stream.ts';

/** What can be selected at a seat and pushed to a wall. */
export const SELECTION_KINDS = ['alarm', 'incident', 'run', 'camera', 'unit', 'sensor', 'place', 'component'] as const;

const Selection = z.object({ kind: z.enum(SELECTION_KINDS), id: z.string().max(200), at: PointBody.nullable() });

const SceneShown = z.object({
  scene: z.enum(['situation', 'video', 'plan', 'alarms']),
  selection: Selection.nullable(),
  cameras: z.array(NameBody).max(64),
});
export type WallScene = z.infer<typeof SceneShown>;

/** What one wall screen shows. The last push stands: a wall shows one thing, and whoever pushed sees it. */
export interface Wall {
  screen: string;
  scene: WallScene | null;
  by: Decision | null;
}

export const wallAggregate: Aggregate<Wall> = {
  kind: 'wall',
  stream: OPS,
  initialState: (subject) => ({ screen: subject.slice('wall:'.length), scene: null, by: null }),
  evolve: (wall, event) =>
    event.type === 'wall.scene-shown'
      ? { ...wall, scene: event.body as unknown as WallScene, by: decisionOf(event) }
      : wall,
  events: firstVersions({ 'wall.scene-shown': SceneShown }),
};

export function showScene(screen: string, scene: WallScene, actor: string): EventDraft[] {
  const body = scene as unknown as { [key: string]: Json };
  return [{ type: 'wall.scene-shown', subject: `wall:${screen}`, actor, body }];
}
