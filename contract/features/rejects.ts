import { z } from 'zod';
import { defineContract } from '../define.ts';
import { Text, WallTime } from '../schema/basics.ts';
import { paged } from '../schema/paging.ts';

/** A message that was refused: kept so that somebody can look at it. */
export const RejectView = z.object({
  id: z.string(),
  at: WallTime,
  /** Where it came in. */
  door: z.enum(['feed', 'file', 'station', 'window']),
  /** Which feed, file, station or window; null for a window that has not said which it is. */
  source: z.string().nullable(),
  /** What of it is wrong, `obs.0.value`; empty for the whole. */
  path: z.string(),
  message: Text,
  remedy: Text,
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
