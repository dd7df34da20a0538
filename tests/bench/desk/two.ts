import type { BenchRow } from '../../../scripts/bench-report.ts';
import { paintNothing } from '../../../scripts/drill/paintNothing.ts';
import { launchBrowser } from '../../support/browser.ts';
import { startHall } from '../../support/hallProcess.ts';
import { createScratch } from '../../support/scratch.ts';
import { dragMap, mapDrawn, openDesk, worstFrame } from './deskPage.ts';

/** Alone and with another window, in turn, so that neither has the quieter minute. */
const ROUNDS = 2;

/**
 * `two`: the worst frame of a window whose map somebody moves to and fro, while another window with a map is open on the same machine, against
 * none. All windows share one graphics card, and here that is the processor.
 */
export async function two(seconds: number): Promise<BenchRow[]> {
  const scratch = createScratch();
  try {
    const dataDir = scratch.folder();
    paintNothing(dataDir);
    const hall = await startHall({ dataDir, profile: 'drill', args: ['--drill-after', 'never'] });
    scratch.keep(hall, (it) => it.stop());
    const browser = scratch.keep(await launchBrowser(), (it) => it.close());
    const page = await openDesk(browser, hall);
    await mapDrawn(page);
    const worst = { alone: 0, beside: 0 };
    const measured = () => worstFrame(page, () => dragMap(page, (seconds * 1000) / ROUNDS / 2));
    for (let round = 0; round < ROUNDS; round++) {
      worst.alone = Math.max(worst.alone, await measured());
      const other = await openDesk(browser, hall, { seat: 'deputy' });
      await mapDrawn(other);
      worst.beside = Math.max(worst.beside, await measured());
      await other.context().close();
    }
    return [
      {
        id: 'two',
        what: 'the worst frame of a moved map, beside another window with a map',
        ...{ value: worst.beside, unit: 'ms', ratio: worst.beside / worst.alone, against: worst.alone },
        limit: { most: 2, of: 'ratio' },
      },
    ];
  } finally {
    await scratch.clear();
  }
}
