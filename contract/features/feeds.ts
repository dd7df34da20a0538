import { z } from 'zod';
import { defineContract } from '../define.ts';
import { Text, WallTime } from '../schema/basics.ts';

/** Why a feed is not read: what a window says of it in words. */
export const FeedFault = z.enum([
  'refused',
  'unreachable',
  'timeout',
  'unauthorised',
  'untrusted',
  'not-a-feed',
  'closed',
  'cannot-listen',
  'rests',
  'failed',
]);
export type FeedFault = z.infer<typeof FeedFault>;

/** So many devices that a feed does not know are named. */
export const MOST_STRANGERS = 20;

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
  /** What is wrong, and the same more closely, for whoever looks after the source. */
  fault: FeedFault.nullable(),
  error: Text.nullable(),
  /** Since when the feed is read only now and then because nearly all it sends is refused; left out while that is not so, or not for long. */
  brakedSince: WallTime.optional(),
  /** Nothing is connected to: the source posts its messages. */
  awaited: z.literal(true).optional(),
  /**
   * Of a feed that devices dial: how many are connected; which dial that its file does not name, the latest first, each as a line of that
   * file in which what the hall calls it is left open; and how many there are, at most a thousand.
   */
  devices: z
    .object({
      connected: z.number().int(),
      strangers: z.array(z.string()).max(MOST_STRANGERS),
      strangerCount: z.number().int(),
    })
    .optional(),
});
export type FeedHealth = z.infer<typeof FeedHealth>;

export const feeds = defineContract({
  name: 'feeds',
  topics: {
    /** How each source stands, by its id, each second. */
    feeds: { words: { zh: '数据源', en: 'sources' }, right: 'hall.see', item: FeedHealth },
  },
});
