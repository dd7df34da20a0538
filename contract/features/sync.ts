import { z } from 'zod';
import { defineContract } from '../define.ts';
import { Done, None, WallTime } from '../schema/basics.ts';

export const PeerHealth = z.object({
  station: z.string(),
  state: z.enum(['connected', 'away']),
  since: WallTime,
  /** Own events, of the streams the peer takes, that it has not acknowledged yet. */
  behind: z.number().int(),
  /** The peer's wall clock minus ours, in ms; null until measured. */
  clockOffsetMs: z.number().nullable(),
  /** Streams held here that it does not take, and streams it holds that are not taken here; the first 20 of each. */
  notSent: z.array(z.string()),
  notTaken: z.array(z.string()),
});
export type PeerHealth = z.infer<typeof PeerHealth>;

export const sync = defineContract({
  name: 'sync',
  methods: {
    /** Closes every socket between this station and its peers, and keeps them closed. */
    'link.cut': { right: 'station.operate', params: None, result: Done },
    'link.mend': { right: 'station.operate', params: None, result: Done },
  },
  topics: {
    /** How each other station stands, by its name. */
    peers: { words: { zh: '其他工作站', en: 'other stations' }, right: 'hall.see', item: PeerHealth },
  },
});
