import { join } from 'node:path';
import { openQuarantineFile } from '../../native/sqlite/quarantineFile.ts';
import type { Clock } from '../clock.ts';
import { diskTroubleOf } from '../files/trouble.ts';
import type { Log } from '../log.ts';
import type { NoticeBoard } from '../notices/noticeBoard.ts';
import { tornQuarantineNotice, unwritableQuarantineNotice } from '../notices/stores.ts';
import { createReaders, type Readers } from '../wire/readers.ts';
import { createQuarantine, type Quarantine } from './quarantine.ts';

export const QUARANTINE_FILE = 'quarantine.db';

/** What is kept in all; a source that has less than an equal share of it loses nothing to another. */
const LIMITS = { messages: 10_000, bytes: 128 * 1024 * 1024 } as const;

/** A world's quarantine, and the thread that reads it. */
export type OpenQuarantine = Omit<Quarantine, 'close'> & Pick<Readers, 'read' | 'close'>;

/** Opens the quarantine of a data folder; one that is not written is a notice, and harms nothing else. */
export function openQuarantine(options: {
  dataDir: string;
  clock: Clock;
  log: Log;
  notices: Pick<NoticeBoard, 'raise' | 'clear'>;
}): OpenQuarantine {
  const { dataDir, clock, log, notices } = options;
  const file = join(dataDir, QUARANTINE_FILE);
  const store = openQuarantineFile({
    ...{ file, limits: LIMITS },
    onFault({ kind, cause, message, setAside }) {
      log.error({ err: cause, setAside }, message);
      if (kind === 'torn') notices.raise(tornQuarantineNotice(setAside, clock.now()));
      else notices.raise(unwritableQuarantineNotice(diskTroubleOf(cause), clock.now()));
    },
    onMended: () => notices.clear('quarantine:unwritable'),
  });
  const quarantine = createQuarantine({ clock, store });
  const readers = createReaders({ file, clock, threads: 1 });
  return {
    ...quarantine,
    read: readers.read,
    async close() {
      quarantine.close();
      await readers.close();
    },
  };
}
