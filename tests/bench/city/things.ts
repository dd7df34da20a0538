import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { openRegisters } from '../../../main/city/components/registers.ts';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import { paintNothing } from '../../../scripts/drill/paintNothing.ts';
import { launchBrowser } from '../../support/browser.ts';
import { startHall } from '../../support/hallProcess.ts';
import { seededRandom } from '../../support/random.ts';
import { createScratch } from '../../support/scratch.ts';
import { dragMap, mapDrawn, openDesk, worstFrame } from '../desk/deskPage.ts';
import { quantile } from '../scale/spread.ts';
import { inProcess } from './inProcess.ts';

/** A city, 25 km wide and high, around the made-up one. */
const CITY = { lon: 121.79, lat: 29.06, width: 0.26, height: 0.22 };
const KINDS = ['0101,上水井盖', '0107,路灯', '0203,交通信号灯', '0301,公共厕所', '0402,行道树', '0501,宣传栏'];
const AROUND_M = 500;
const QUERIES = 2000;
/** As many as a list of what is near has. */
const NEAREST = 20;
const ROUNDS = 2;

/**
 * `things`: so many components imported by the hall's command, against a parser that reads the same file and does nothing with it; `/memory` that import's
 * memory; `/near` the nearest twenty to a place, p95; `/pan` the worst frame of a map that is dragged where they stand, against the same map without them.
 */
export async function things(seconds: number, count: number): Promise<BenchRow[]> {
  const scratch = createScratch();
  try {
    const dataDir = scratch.folder();
    const file = join(scratch.folder('bench'), '部件.csv');
    await writeTable(file, count);
    const read = await inProcess('read', file);
    const took = await inProcess('components', file, dataDir);
    const rows: BenchRow[] = [
      {
        ...{ id: 'things', what: `import of ${count.toLocaleString('en')} components, against reading their file` },
        ...{ value: Math.round(count / took.seconds), against: Math.round(count / read.seconds), unit: 'rows/s' },
        ...{ ratio: read.seconds / took.seconds, limit: { least: 0.3, of: 'ratio' } },
      },
      {
        id: 'things/memory',
        what: '  memory of that import',
        value: took.megabytes,
        unit: 'MB',
        ...compared(took, read),
      },
      {
        ...{ id: 'things/near', what: `  the nearest ${NEAREST} within ${AROUND_M} m, p95`, unit: 'ms' },
        ...{ value: nearTimes(dataDir), limit: { most: 5, of: 'value' } },
      },
    ];
    const browser = scratch.keep(await launchBrowser(), (it) => it.close());
    const bare = scratch.folder();
    const worst = { with: 0, without: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      worst.without = Math.max(worst.without, await pan(browser, bare, seconds / ROUNDS));
      worst.with = Math.max(worst.with, await pan(browser, dataDir, seconds / ROUNDS));
    }
    const what = '  the worst frame of a map dragged over them, against one without';
    const limit = { most: 1.5, of: 'ratio' } as const;
    const ratio = worst.with / worst.without;
    return [...rows, { id: 'things/pan', what, value: worst.with, against: worst.without, unit: 'ms', ratio, limit }];
  } finally {
    await scratch.clear();
  }
}

const compared = (took: { megabytes: number }, read: { megabytes: number }) => ({
  ...{ against: read.megabytes, ratio: took.megabytes / read.megabytes },
});

/** Rows as a department's register has them, in no order of place. */
async function writeTable(file: string, count: number): Promise<void> {
  const random = seededRandom(8);
  const out = createWriteStream(file);
  out.write('部件标识码,小类代码,部件名称,权属单位,状态,经度,纬度\n');
  for (let from = 0; from < count; from += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, count - from) }, (_, i) => {
      const kind = KINDS[(from + i) % KINDS.length] ?? '';
      const [lon, lat] = [CITY.lon + random() * CITY.width, CITY.lat + random() * CITY.height];
      return `331001${kind.slice(0, 4)}${String(from + i).padStart(7, '0')},${kind},市政养护中心,完好,${lon.toFixed(7)},${lat.toFixed(7)}\n`;
    });
    if (!out.write(lines.join(''))) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

function nearTimes(dataDir: string): number {
  const { registers } = openRegisters(dataDir, 0);
  const random = seededRandom(9);
  const times = Array.from({ length: QUERIES }, () => {
    const at = { lon: CITY.lon + random() * CITY.width, lat: CITY.lat + random() * CITY.height };
    const began = performance.now();
    registers.near(at, AROUND_M, NEAREST);
    return performance.now() - began;
  });
  registers.close();
  return quantile(times, 0.95);
}

/** The worst frame of a map that is dragged in the middle of the city, ms. */
async function pan(browser: Browser, dataDir: string, seconds: number): Promise<number> {
  paintNothing(dataDir);
  const hall = await startHall({ dataDir, profile: 'drill', args: ['--drill-after', 'never'] });
  try {
    const page = await openDesk(browser, hall);
    await mapDrawn(page);
    await page.keyboard.press('/');
    await page.getByRole('combobox', { name: 'Find on the map' }).fill('29.17 121.92 WGS84');
    await page
      .getByRole('option', { name: /WGS 84/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page
      .getByText(/z1[67]\./)
      .first()
      .waitFor();
    // What comes into view is asked for and cut before the hand begins.
    await page.waitForTimeout(3000);
    const worst = await worstFrame(page, () => dragMap(page, seconds * 1000));
    await page.context().close();
    return worst;
  } finally {
    await hall.stop();
  }
}
