import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { systemClock } from '../../../main/clock.ts';
import { FEATURES } from '../../../main/features/index.ts';
import { declaredBy } from '../../../main/kernel/declared.ts';
import { foldingIn } from '../../../main/kernel/folding.ts';
import { openViews } from '../../../main/kernel/openViews.ts';
import { createLedger } from '../../../main/ledger/createLedger.ts';
import { LEDGER_FILE } from '../../../main/ledger/recovery.ts';
import { sha256 } from '../../../main/ledger/sha256.ts';
import { createNoticeBoard } from '../../../main/notices/noticeBoard.ts';
import { openDatabase } from '../../../native/sqlite/database.ts';
import { COLUMNS, type EventRow, eventOf } from '../../../native/sqlite/ledgerRow.ts';
import { openLedgerStore } from '../../../native/sqlite/ledgerStore.ts';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import { inProject } from '../../../scripts/project.ts';
import { partsFor } from '../../fakes/ledgerStore.ts';
import type { Folders } from './folders.ts';
import { STATION } from './generate.ts';

/** The thread that folds, as the product starts it: from source it takes twice as long to be up. */
const BUILT = inProject('out', 'main', 'fold.worker.js');

/** `rebuild`: views.db made anew from all events, against reading the same rows in the order they lie in, with their JSON parsed. */
export async function rebuild({ full }: Folders): Promise<BenchRow> {
  const clock = systemClock();
  const log = pino({ level: 'silent' });
  const store = openLedgerStore(join(full, 'ledger.db'));
  const ledger = createLedger({
    ...{ store, station: STATION, chain: STATION, clock, log, sha256, recovery: null, ...partsFor(STATION) },
    onClosed: () => store.close(),
  });
  const db = openDatabase(join(full, 'ledger.db'), { readonly: true });
  const rows = db.prepare<[], EventRow>(`SELECT ${COLUMNS} FROM events ORDER BY rowid`);
  const read = (): number => {
    const began = performance.now();
    let events = 0;
    for (const row of rows.iterate()) if (eventOf(row).body) events++;
    if (events !== ledger.count) throw new Error(`${events} events were read of ${ledger.count}`);
    return (performance.now() - began) / 1000;
  };
  const floor = read();
  const dataDir = join(full, 'rebuild');
  mkdirSync(dataDir);
  const began = performance.now();
  const views = await openViews({
    ...{ dataDir, ledger, declared: declaredBy(FEATURES), version: 'bench', clock, log },
    folding: foldingIn({ file: join(full, LEDGER_FILE), version: 'bench', rehearsal: null }, { program: BUILT }),
    notices: createNoticeBoard(),
  });
  const value = (performance.now() - began) / 1000;
  // What else the machine does befalls both.
  const against = (floor + read()) / 2;
  db.close();
  views.close();
  await ledger.close();
  return {
    id: 'rebuild',
    what: 'views.db made anew, against reading and parsing the events',
    ...{ value, unit: 's', ratio: value / against, against },
    limit: { most: 3, of: 'ratio' },
  };
}
