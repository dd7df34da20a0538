import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { CDPSession } from 'playwright';
import { lastSecond } from '../../../core/drills/lastSecond.ts';
import { DrillScript } from '../../../core/drills/script.ts';
import { type Clock, every, systemClock } from '../../../main/clock.ts';
import { readYaml } from '../../../main/config/readYaml.ts';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import { paintNothing } from '../../../scripts/drill/paintNothing.ts';
import { inProject, Refusal } from '../../../scripts/project.ts';
import { createDrillCity } from '../../../simulator/drillCity.ts';
import { loadCity } from '../../../simulator/load.ts';
import { launchBrowser } from '../../support/browser.ts';
import { startHall } from '../../support/hallProcess.ts';
import { createScratch } from '../../support/scratch.ts';
import { drawingProcesses, mapDrawn, openDesk } from './deskPage.ts';

/** So many seconds of the city pass in one. */
const PACE = 10;
/** For a sixth of the time everything runs before it is looked at: by then a whole drill is over. */
const WARM_UP = 1 / 6;
/** What a process holds goes up and down: the least of so many looks, one a second. */
const LOOKS = 10;
const DRILL = inProject('resources', 'drills', 'flood.yaml');

/**
 * `memory`: what the page holds after an hour of the drill city at ten times its pace, its drill over and over, against the beginning;
 * `memory/2`: what the hall holds. Resident memory; the page's after its rubbish was collected.
 */
export async function memory(seconds: number): Promise<BenchRow[]> {
  if (process.platform !== 'linux') throw new Refusal('memory is read from /proc, which only Linux has.');
  const scratch = createScratch();
  try {
    const dataDir = scratch.folder();
    paintNothing(dataDir);
    const script = readYaml(DRILL, readFileSync(DRILL, 'utf8'), DrillScript);
    const clock = atPace(systemClock());
    const city = scratch.keep(
      await createDrillCity({ city: loadCity(inProject('resources', 'city')), clock, script, seed: script.seed }),
      (it) => it.close(),
    );
    scratch.keep(
      every(clock, (lastSecond(script) + PACE) * 1000, () => city.begin()),
      (stop) => stop(),
    );
    const hall = await startHall({ dataDir, profile: 'drill', env: { OPSHALL_CITY_FEED: city.url } });
    scratch.keep(hall, (it) => it.stop());
    const browser = scratch.keep(await launchBrowser(), (it) => it.close());
    const page = await openDesk(browser, hall);
    await mapDrawn(page);
    const pages = (await drawingProcesses(browser)).filter((each) => each.page);
    const [drawing] = pages.sort((a, b) => b.cpuSeconds - a.cpuSeconds);
    if (!drawing) throw new Error('the browser tells of no process of the page');
    const devTools = await page.context().newCDPSession(page);

    await delay(seconds * 1000 * WARM_UP);
    const before = await held(devTools, { page: drawing.pid, hall: hall.pid });
    await delay(seconds * 1000);
    const after = await held(devTools, { page: drawing.pid, hall: hall.pid });
    const row = (id: string, of: 'page' | 'hall'): BenchRow => ({
      ...{ id, what: `the ${of} after ${(seconds * PACE) / 60} minutes of the drill city`, unit: 'MiB' },
      ...{ value: after[of], ratio: after[of] / before[of], against: before[of] },
      limit: { most: 1.1, of: 'ratio' },
    });
    return [row('memory', 'page'), row('memory/2', 'hall')];
  } finally {
    await scratch.clear();
  }
}

/** Durations pass faster; it is no later for that: what the city tells bears the time of the hall. */
function atPace(clock: Clock): Clock {
  return {
    now: clock.now,
    monotonic: () => clock.monotonic() * PACE,
    setTimeout: (fn, ms) => clock.setTimeout(fn, ms / PACE),
  };
}

/** One figure for each process that is looked at. */
interface Both {
  page: number;
  hall: number;
}

/** Resident memory, MiB. */
async function held(devTools: CDPSession, pids: Both): Promise<Both> {
  const least = { page: Number.POSITIVE_INFINITY, hall: Number.POSITIVE_INFINITY };
  for (let look = 0; look < LOOKS; look++) {
    await devTools.send('HeapProfiler.collectGarbage');
    least.page = Math.min(least.page, resident(pids.page));
    least.hall = Math.min(least.hall, resident(pids.hall));
    await delay(1000);
  }
  return least;
}

function resident(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / 1024;
}
