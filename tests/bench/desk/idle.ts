import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import { paintNothing } from '../../../scripts/drill/paintNothing.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type HallProcess, startHall } from '../../support/hallProcess.ts';
import { createScratch } from '../../support/scratch.ts';
import { drawingProcesses, mapDrawn, openDesk, stripShown } from './deskPage.ts';

/** Before a window that has only just been drawn is at rest: so long the browser goes on to clear up after what it has loaded. */
const SETTLE_MS = 30_000;
/** Each way is measured so often, in turn, so that neither has the quieter minute. */
const ROUNDS = 2;

/**
 * `idle`: what a window without the focus costs the processor while nobody does anything and the units of the drill city drive, with the map
 * and without one: the same page on a machine that cannot draw maps.
 */
export async function idle(seconds: number): Promise<BenchRow[]> {
  const scratch = createScratch();
  try {
    const dataDir = scratch.folder();
    paintNothing(dataDir);
    const hall = await startHall({ dataDir, profile: 'drill', args: ['--drill-after', 'never'] });
    scratch.keep(hall, (it) => it.stop());
    const browser = scratch.keep(await launchBrowser(), (it) => it.close());
    const spent = { map: 0, none: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      spent.map += (await percentOf(browser, hall, true, seconds / ROUNDS)) / ROUNDS;
      spent.none += (await percentOf(browser, hall, false, seconds / ROUNDS)) / ROUNDS;
    }
    return [
      {
        id: 'idle',
        what: 'a window without the focus, its map against none, of one core',
        ...{ value: spent.map, unit: '%', ratio: spent.map / spent.none, against: spent.none },
        limit: { most: 1.5, of: 'ratio' },
      },
    ];
  } finally {
    await scratch.clear();
  }
}

/** Of one core, for pages and graphics. */
async function percentOf(browser: Browser, hall: HallProcess, map: boolean, seconds: number): Promise<number> {
  const page = await openDesk(browser, hall, { before: map ? loseFocus : loseFocusAndMap });
  await (map ? mapDrawn(page) : stripShown(page));
  await delay(Math.min(SETTLE_MS, seconds * 1000));
  const used = async () => {
    const processes = await drawingProcesses(browser);
    return { at: performance.now(), cpu: processes.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) };
  };
  const before = await used();
  await delay(seconds * 1000);
  const after = await used();
  await page.context().close();
  return (100_000 * (after.cpu - before.cpu)) / (after.at - before.at);
}

/** Playwright gives every page the focus: the page is told otherwise. */
function loseFocus(): void {
  document.hasFocus = () => false;
}

function loseFocusAndMap(): void {
  document.hasFocus = () => false;
  const had = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
    return kind.startsWith('webgl') ? null : Reflect.apply(had, this, [kind, ...rest]);
  } as typeof had;
}
