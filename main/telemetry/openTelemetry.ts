import { join } from 'node:path';
import { openTelemetryJournal } from '../../native/sqlite/telemetryJournal.ts';
import type { HallCity } from '../city/hallCity.ts';
import type { Clock } from '../clock.ts';
import { diskTroubleOf } from '../files/trouble.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import type { NoticeBoard } from '../notices/noticeBoard.ts';
import { tornJournalNotice, unwritableJournalNotice } from '../notices/stores.ts';
import { createTelemetry, type Telemetry } from './telemetry.ts';

/** Where a hall's folder has the history of what its sensors and units said. */
export const TELEMETRY_FILE = 'telemetry.db';

/** Opens a hall's telemetry over the journal of its data folder; a journal that is not written is a notice, not the end of telemetry. */
export function openTelemetry(options: {
  dataDir: string;
  clock: Clock;
  log: Log;
  city: Pick<HallCity, 'sensors' | 'units'>;
  notices: NoticeBoard;
  ledger: Pick<Ledger, 'tryDisk'>;
}): Telemetry {
  const { dataDir, clock, log, city, notices, ledger } = options;
  const journal = openTelemetryJournal({
    file: join(dataDir, TELEMETRY_FILE),
    now: () => clock.now(),
    onFault({ kind, cause, message, setAside }) {
      log.error({ err: cause, setAside }, message);
      if (kind === 'torn') notices.raise(tornJournalNotice(setAside, clock.now()));
      else {
        notices.raise(unwritableJournalNotice(diskTroubleOf(cause), clock.now()));
        ledger.tryDisk(); // The same disk: whether decisions are recorded must not wait for the next one.
      }
    },
    onMended: () => notices.clear('telemetry:unwritable'),
  });
  return createTelemetry({ clock, log, city, journal });
}
