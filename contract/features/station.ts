import { z } from 'zod';
import { defineContract } from '../define.ts';
import { Text, WallTime } from '../schema/basics.ts';

export const StationView = z.object({
  station: z.string(),
  /** What the hall is called; null where its folder does not say. */
  name: Text.nullable(),
  /** A simulator plays what is shown: a drill, or a made-up city. */
  simulated: z.boolean(),
  version: z.string(),
  startedAt: WallTime,
  /**
   * online: every known peer is connected; lan: some are; alone: none of the known are; single: none is configured; refused: the hub
   * is there and does not let this station in.
   */
  link: z.enum(['single', 'online', 'lan', 'alone', 'refused']),
  /** True while somebody holds the cable out on purpose. */
  cut: z.boolean(),
  outbox: z.number().int(),
  ledger: z.object({
    events: z.number().int(),
    head: z.string(),
    recovery: z.boolean(),
    /** When every event was last verified, by this station's wall clock; null: never. */
    verifiedAt: WallTime.nullable(),
    /** How much of it is verified, 0 to 1, while that is under way. */
    verifying: z.number().nullable(),
  }),
  drill: z.object({ name: Text, state: z.enum(['ready', 'running', 'ended']), second: z.number() }).nullable(),
  ffmpeg: z.object({ path: z.string(), version: z.string() }).nullable(),
  rejects: z.number().int(),
});
export type StationView = z.infer<typeof StationView>;

export const station = defineContract({
  name: 'station',
  topics: {
    /** One item, key `it`. */
    station: { words: { zh: '本站状态', en: 'the station’s state' }, right: 'hall.see', item: StationView },
  },
});
