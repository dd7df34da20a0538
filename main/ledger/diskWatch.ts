import { accessSync, constants, statfsSync } from 'node:fs';
import { type Clock, every } from '../clock.ts';
import type { Ledger } from './ledger.ts';

const LOOK_MS = 2000;
/** A disk that looks well is tried by writing once in so many looks, when nothing else shows that it takes what is written. */
const TRY_EACH = 15;
/** With less than this free the disk is tried at every look. */
const SCARCE_BYTES = 2 * 1024 * 1024;

/** Whether the folder's disk looks as if it took nothing: full, or read-only. Cheap, and only a hint. */
export function looksRefusing(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < SCARCE_BYTES;
  } catch {
    return true;
  }
}

/**
 * Keeps `status().notRecording` true while nobody decides anything: a disk that refuses is noticed within seconds and tried until
 * it takes what is written. Answers how to stop.
 *
 * @param looksBad a cheap hint; the disk is then really written to.
 */
export function watchDisk(options: {
  ledger: Pick<Ledger, 'status' | 'tryDisk'>;
  clock: Clock;
  looksBad(): boolean;
}): () => void {
  const { ledger, clock, looksBad } = options;
  let looks = 0;
  return every(clock, LOOK_MS, () => {
    looks = (looks + 1) % TRY_EACH;
    if (ledger.status().notRecording !== null || looks === 0 || looksBad()) ledger.tryDisk();
  });
}
