import type { Page } from 'playwright';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import { paintNothing } from '../../../scripts/drill/paintNothing.ts';
import { launchBrowser } from '../../support/browser.ts';
import { startHall } from '../../support/hallProcess.ts';
import { createScratch } from '../../support/scratch.ts';
import { mapDrawn, openDesk, worstFrame } from './deskPage.ts';

/** Alone and with another window, in turn, so that neither has the quieter minute. */
const ROUNDS = 2;
/** Between two moves of the hand. */
const STEP_MS = 30;
/** Pixels to either side of the middle. */
const REACH = 200;

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

async function dragMap(page: Page, ms: number): Promise<void> {
  const box = await page.locator('[data-region=situation] canvas').first().boundingBox();
  if (!box) throw new Error('the window has no map');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const began = performance.now();
  for (let passed = 0; passed < ms; passed = performance.now() - began) {
    await page.mouse.move(x + REACH * Math.sin(passed / 500), y + (REACH / 2) * Math.sin(passed / 700));
    await page.waitForTimeout(STEP_MS);
  }
  await page.mouse.up();
}
