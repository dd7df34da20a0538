import { z } from 'zod';
import { defineContract } from '../define.ts';
import { Done, Id } from '../schema/basics.ts';
import { Selection } from './seats.ts';

/** What one wall screen shows. */
export const WallView = z.object({
  screen: z.string(),
  scene: z.enum(['situation', 'video', 'plan', 'alarms']),
  selection: Selection.nullable(),
  cameras: z.array(z.string()),
});
export type WallView = z.infer<typeof WallView>;

export const walls = defineContract({
  name: 'walls',
  methods: {
    'wall.show': {
      right: 'walls.show',
      params: WallView.extend({ screen: Id.max(100), cameras: z.array(Id).max(64) }),
      result: Done,
    },
  },
  topics: {
    /** Key: screen. */
    walls: { right: 'hall.see', item: WallView, folded: true },
  },
});
