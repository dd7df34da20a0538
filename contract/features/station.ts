import { z } from 'zod';
import { defineContract } from '../define.ts';
import { Text, WallTime } from '../schema/basics.ts';
import { PeerHealth } from './sync.ts';

export const FeedHealth = z.object({
  id: z.string(),
  name: Text,
  state: z.enum(['connecting', 'live', 'silent', 'down']),
  since: WallTime,
  lastMessageAt: WallTime.nullable(),
  received: z.number().int(),
  perSecond: z.number(),
  rejected: z.number().int(),
  /** Messages dropped under pressure. */
  dropped: z.number().int(),
  gaps: z.number().int(),
  /** Records older than what the hall held of their sensor or unit: kept for the history only. */
  late: z.number().int(),
  /** How old the last message was when it came, by the two clocks. */
  lagMs: z.number(),
  /**
   * The source's wall clock minus ours, in ms, as the last message has it; a message that is more than a minute off is shown for
   * half a minute. Null until one came.
   */
  clockOffsetMs: z.number().nullable(),
  error: z.string().nullable(),
  /** Since when the feed is read only now and then because nearly all it sends is refused; left out while that is not so, or not for long. */
  brakedSince: WallTime.optional(),
});
export type FeedHealth = z.infer<typeof FeedHealth>;

/** Something a person ought to know and act on; stays until its cause is gone. */
export const Notice = z.object({
  id: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  text: Text,
  remedy: Text.nullable(),
  since: WallTime,
});
export type Notice = z.infer<typeof Notice>;

export const StationView = z.object({
  station: z.string(),
  profile: z.enum(['drill', 'empty']),
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
  peers: z.array(PeerHealth),
  feeds: z.array(FeedHealth),
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
  notices: z.array(Notice),
});
export type StationView = z.infer<typeof StationView>;

export const station = defineContract({
  name: 'station',
  topics: {
    /** One item, key `it`. */
    station: { right: 'hall.see', item: StationView },
  },
});
