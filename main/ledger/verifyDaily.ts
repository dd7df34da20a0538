import type { Logger } from 'pino';
import { type Clock, every } from '../clock.ts';
import type { Ledger } from './ledger.ts';

const LOOK_MS = 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** Has everything verified once a day, not right at a start. A file that is known to be damaged waits for the next one. Answers how to stop. */
export function verifyDaily(options: {
  ledger: Pick<Ledger, 'status' | 'verify'>;
  clock: Clock;
  log: Logger;
}): () => void {
  const { ledger, clock, log } = options;
  return every(clock, LOOK_MS, () => {
    const { last, running } = ledger.status().verification;
    if (running || (last && (last.faults.length > 0 || Math.abs(clock.now() - last.at) < DAY_MS))) return;
    ledger.verify().catch((error: unknown) => log.warn({ err: error }, 'the ledger could not be verified'));
  });
}
