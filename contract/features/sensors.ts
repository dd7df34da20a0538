import { z } from 'zod';
import { defineContract } from '../define.ts';
import { Level, Point, Text, WallTime } from '../schema/basics.ts';

/** Newest value of one sensor. */
export const ObservationView = z.object({
  sensor: z.string(),
  kind: z.string(),
  name: Text,
  unit: z.string(),
  value: z.number(),
  quality: z.enum(['good', 'doubtful', 'bad']),
  /** Measured at, by the source's clock. */
  t: WallTime,
  place: Point,
  level: Level.nullable(),
  /** The last values, oldest first, at most 120: [wall ms, value]. */
  recent: z.array(z.tuple([z.number(), z.number()])),
});
export type ObservationView = z.infer<typeof ObservationView>;

export const sensors = defineContract({
  name: 'sensors',
  topics: {
    /** Newest value of each sensor. Telemetry: coalesced, never a backlog. */
    observations: { right: 'situation.see', item: ObservationView },
  },
});
