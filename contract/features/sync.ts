import { z } from 'zod';
import { defineContract } from '../define.ts';
import { Done, None, WallTime } from '../schema/basics.ts';

export const PeerHealth = z.object({
  station: z.string(),
  state: z.enum(['connected', 'away']),
  since: WallTime,
  /** Own events the peer has not acknowledged yet. */
  behind: z.number().int(),
  /** The peer's wall clock minus ours, in ms; null until measured. */
  clockOffsetMs: z.number().nullable(),
});
export type PeerHealth = z.infer<typeof PeerHealth>;

export const sync = defineContract({
  name: 'sync',
  methods: {
    /** Closes every socket between this station and its peers, and keeps them closed. */
    'link.cut': { right: 'station.operate', params: None, result: Done },
    'link.mend': { right: 'station.operate', params: None, result: Done },
  },
});
