import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { LedgerWriteError } from './errors.ts';

/** Between two tries of a disk that refuses what is held in memory, in ms: each costs as much as it would write. */
const TRY_AGAIN = 500;

/** Whether the disk refuses what the ledger writes, since when and why. */
export interface DiskRefusal {
  /** Null while it takes what it is given. */
  readonly now: { since: number; error: LedgerWriteError } | null;
  /** Whether it is time to try again. */
  isDue(): boolean;
  /** The disk said no. Said once, until it takes something again or says no for another reason. */
  refused(cause: unknown): LedgerWriteError;
  /** It took something. */
  taken(): void;
}

/** @param changed it refuses, refuses for another reason, or refuses no more */
export function createDiskRefusal(options: {
  clock: Pick<Clock, 'now' | 'monotonic'>;
  log: Logger;
  changed(): void;
}): DiskRefusal {
  const { clock, log, changed } = options;
  let refusal: { since: number; error: LedgerWriteError; tryAt: number } | null = null;

  return {
    get now() {
      return refusal;
    },
    isDue: () => refusal === null || clock.monotonic() >= refusal.tryAt,
    refused(cause) {
      const error = new LedgerWriteError(cause);
      const news = refusal?.error.trouble.kind !== error.trouble.kind;
      refusal = { since: refusal?.since ?? clock.now(), error, tryAt: clock.monotonic() + TRY_AGAIN };
      if (news) {
        log.error({ err: error }, error.message);
        changed();
      }
      return error;
    },
    taken() {
      if (refusal === null) return;
      log.warn({ since: refusal.since }, 'ledger.db can be written again');
      refusal = null;
      changed();
    },
  };
}
