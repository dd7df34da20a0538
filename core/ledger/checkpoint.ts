import type { ChainHead } from './chain.ts';

/**
 * Where every chain stood at one moment, all of it verified: each head's hash covers its whole chain, so that a start need only look
 * at what came after.
 */
export interface Checkpoint {
  /** The writer's wall clock, ms since 1970. */
  at: number;
  /** Events up to here, of all chains. */
  events: number;
  heads: Readonly<Record<string, ChainHead>>;
  /** The station's signature, see {@link checkpointText}: nobody moves the point that a start trusts. */
  sig: string;
}

/** A start verifies at most so many events beyond the last checkpoint: about a tenth of a second. */
const EACH_EVENTS = 10_000;
const EACH_MS = 24 * 60 * 60_000;

/** Whether a ledger of so many events ought to have another one by now. A clock that went back counts as a day that is over. */
export function isCheckpointDue(last: Pick<Checkpoint, 'at' | 'events'> | null, events: number, now: number): boolean {
  if (events <= (last?.events ?? 0)) return false;
  return events - (last?.events ?? 0) >= EACH_EVENTS || (last !== null && Math.abs(now - last.at) >= EACH_MS);
}
