/**
 * `npm run hall -- check` and `rebuild-views`: work on a data folder without starting its hall. Takes the options `--data`, `--profile`,
 * `--station` and `--lang` of `npm start`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { stamper } from '../core/ledger/family.ts';
import { systemClock } from '../main/clock.ts';
import { FEATURES } from '../main/features/index.ts';
import { declaredBy } from '../main/kernel/declared.ts';
import { foldingIn } from '../main/kernel/folding.ts';
import { openViews, VIEWS_FILE } from '../main/kernel/openViews.ts';
import { openLedger } from '../main/ledger/openLedger.ts';
import { LEDGER_FILE } from '../main/ledger/recovery.ts';
import { readHallArguments } from '../main/options.ts';
import { removeViews } from '../native/sqlite/viewsMaking.ts';
import { readHallFolder } from './hallFolder.ts';
import { inProject, Refusal, readJson, runTask, say } from './project.ts';

const USAGE =
  'npm run hall -- check|rebuild-views [--data FOLDER] [--profile drill|empty] [--station NAME] [--lang zh-CN|en]';

/** Makes views.db anew from the ledger, as a start does by itself when the file is gone. */
async function rebuildViews(options: readonly string[]): Promise<number> {
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

/** Says what is wrong with the files of a hall's folder, as its start would. Answers 1 where one of them would be left out. */
function check(options: readonly string[]): number {
  const { data: dataDir, profile, lang } = readHallArguments(options);
  if (!existsSync(dataDir)) throw new Refusal(`There is no folder ${dataDir}. ${USAGE}`);
  const { counts, notices } = readHallFolder({ dataDir, resources: inProject('resources'), profile });
  for (const { severity, text, remedy } of notices) {
    const said = [text, ...(remedy ? [remedy] : [])].map((each) => (lang === 'en' ? each.en : each.zh));
    say(`${severity}: ${said.join(lang === 'en' ? '. ' : '。')}`);
  }
  say(
    `${dataDir}: ${Object.entries(counts)
      .map(([what, count]) => `${count} ${what}`)
      .join(', ')}`,
  );
  return notices.some(({ severity }) => severity === 'error') ? 1 : 0;
}

async function main([command, ...options]: readonly string[]): Promise<number> {
  const does = { check, 'rebuild-views': rebuildViews }[command ?? ''];
  if (!does) throw new Refusal(`There is no "${command ?? ''}". ${USAGE}`);
  try {
    return await does(options);
  } catch (error) {
    // In a folder that is in use, another station's or a newer version's, the sentence is all there is to say.
    throw error instanceof Error ? new Refusal(error.message, { cause: error }) : error;
  }
}

await runTask(() => main(process.argv.slice(2)));
