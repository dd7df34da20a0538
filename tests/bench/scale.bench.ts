import type { BenchOptions } from '../../scripts/bench.ts';
import type { BenchResult } from '../../scripts/bench-report.ts';
import { say } from '../../scripts/project.ts';
import { event } from './scale/event.ts';
import { openFolders } from './scale/folders.ts';
import { gaugeBytes } from './scale/gaugeBytes.ts';
import { gaugeCpu } from './scale/gaugeCpu.ts';
import { openBigHall } from './scale/hall.ts';
import { list } from './scale/list.ts';
import { memory1m } from './scale/memory1m.ts';
import { plan300 } from './scale/plan300.ts';
import { rebuild } from './scale/rebuild.ts';
import { rules } from './scale/rules.ts';
import { TRIAL_BELOW } from './scale/sizes.ts';
import { start1m } from './scale/start1m.ts';
import { measureStarts } from './scale/starts.ts';
import { text } from './scale/text.ts';
import { windows200 } from './scale/windows200.ts';

export const name = 'scale: a hall of a whole city, against an empty one';

/** Measures on one generated ledger, one after another, so that nothing runs beside what is measured but what belongs to it. */
export async function run({ events }: Pick<BenchOptions, 'events'>): Promise<BenchResult[]> {
  if (events < TRIAL_BELOW) say('  (so small that it is a trial: the figures say nothing)');
  const folders = openFolders(events);
  try {
    const starts = await measureStarts(folders);
    const rows: BenchResult[] = [start1m(starts), memory1m(starts), ...(await event(folders)), ...(await plan300())];
    rows.push(await rebuild(folders));
    const limit = { most: 1.5, of: 'ratio' } as const;
    for (const row of await rules(folders.effort.readings))
      rows.push({ ...row, what: 'a reading with 500 rules of 300 sensors each', limit });
    const hall = await openBigHall(folders);
    rows.push(
      await gaugeBytes(hall),
      ...(await gaugeCpu(hall)),
      ...(await list(hall)),
      await text(folders, hall),
      ...(await windows200(hall)),
    );
    return rows;
  } finally {
    await folders.scratch.clear();
  }
}
