import { join } from 'node:path';
import { pino } from 'pino';
import { stamper } from '../../core/ledger/family.ts';
import { systemClock } from '../../main/clock.ts';
import { FEATURES } from '../../main/features/index.ts';
import { declaredBy } from '../../main/kernel/declared.ts';
import { foldingIn } from '../../main/kernel/folding.ts';
import { openViews, VIEWS_FILE } from '../../main/kernel/openViews.ts';
import { openLedger } from '../../main/ledger/openLedger.ts';
import { LEDGER_FILE } from '../../main/ledger/recovery.ts';
import { readHallArguments } from '../../main/options.ts';
import { removeViews } from '../../native/sqlite/viewsMaking.ts';
import { inProject, Refusal, readJson, say } from '../project.ts';

/** Makes views.db anew from the ledger, as a start does by itself when the file is gone. */
export async function rebuildViews(options: readonly string[]): Promise<number> {
  const { data: dataDir, station } = readHallArguments(options);
  const clock = systemClock();
  const log = pino({ level: 'silent' });
  const { version } = readJson(inProject('package.json')) as { version: string };
  const declared = declaredBy(FEATURES);
  const ledger = openLedger({ dir: dataDir, station, clock, log, stamp: stamper(declared.families) });
  try {
    removeViews(join(dataDir, VIEWS_FILE));
    const began = performance.now();
    const faults: string[] = [];
    const views = await openViews({
      ...{ dataDir, ledger, declared, version, clock, log },
      folding: foldingIn({ file: join(dataDir, LEDGER_FILE), version, rehearsal: null }),
      notices: {
        raise: ({ id, text }) => {
          if (id === 'views:unwritable') faults.push(text.en);
          else say(`  ${text.en}`);
        },
        clear: () => undefined,
      },
    });
    views.close();
    if (faults[0] !== undefined) throw new Refusal(faults[0]);
    say(`${VIEWS_FILE} follows from ${ledger.count} events (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    return 0;
  } finally {
    await ledger.close();
  }
}
