import { readFileSync, statSync } from 'node:fs';
import type { Logger } from 'pino';
import { z } from 'zod';
import { Id } from '../../../contract/schema/basics.ts';
import { SeatName } from '../../../contract/schema/seat.ts';
import type { Clock } from '../../clock.ts';
import { writeWhole } from '../../files/writeWhole.ts';

const WatchedFile = z.object({ version: z.literal(1), seats: z.record(SeatName, z.array(Id).max(64)) });

const WRITE_AFTER_MS = 1000;
/** Many times what as many seats as are kept need. */
const MOST_BYTES = 1024 * 1024;

/** What each seat watches, by seat; it comes back with the hall. No decision, so no event: losing the file loses tiles. */
export interface Watched {
  readonly found: ReadonlyMap<string, readonly string[]>;
  /** What is watched now is written down a second later. */
  changed(now: () => Iterable<readonly [string, readonly string[]]>): void;
  /** Writes what has changed. */
  close(): void;
}

export function openWatched(file: string, clock: Pick<Clock, 'setTimeout'>, log: Logger): Watched {
  let cancel: (() => void) | null = null;
  let write = () => {};
  return {
    found: read(file, log),
    changed(now) {
      write = () => {
        cancel = null;
        const seats = Object.fromEntries([...now()].filter(([, cameras]) => cameras.length > 0));
        try {
          writeWhole(file, `${JSON.stringify({ version: 1, seats })}\n`);
        } catch (error) {
          log.warn({ err: error, file }, 'what the seats watch is not kept for the next start');
        }
      };
      cancel ??= clock.setTimeout(() => write(), WRITE_AFTER_MS);
    },
    close() {
      if (cancel === null) return;
      cancel();
      write();
    },
  };
}

/** Whatever is wrong with the file, the hall starts, with no tiles. */
function read(file: string, log: Logger): ReadonlyMap<string, readonly string[]> {
  try {
    const { size } = statSync(file);
    if (size > MOST_BYTES) throw new Error(`it has ${size} bytes, more than ${MOST_BYTES}`);
    return new Map(Object.entries(WatchedFile.parse(JSON.parse(readFileSync(file, 'utf8'))).seats));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      log.warn({ err: error, file }, 'what the seats watched before is not known; their tiles are empty');
    return new Map();
  }
}
