import { z } from 'zod';
import { defineContract } from '../define.ts';
import { WallTime } from '../schema/basics.ts';
import { paged } from '../schema/paging.ts';

/** A message that was refused: kept so that somebody can look at it. */
export const RejectView = z.object({
  id: z.string(),
  at: WallTime,
  source: z.string(),
  path: z.string(),
  message: z.string(),
  remedy: z.string(),
  /** The first 500 characters of what came. */
  excerpt: z.string(),
});
export type RejectView = z.infer<typeof RejectView>;

export const rejects = defineContract({
  name: 'rejects',
  queries: {
    /** What the hall still has of it, the newest first. */
    'rejects.list': { right: 'refusals.see', params: z.object(paged(500)), row: RejectView, key: 'id' },
  },
});
