import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchRow } from '../../scripts/bench-report.ts';
import { launchBrowser } from '../support/browser.ts';
import { bundlePage } from '../support/servedPage.ts';
import type { MapBenchPage } from './map.page.ts';

export const name = 'map: unit positions from the wire to pixels';

const COUNTS = [2000, 20_000, 50_000];
const SECONDS = 3;

type BenchWindow = { bench: MapBenchPage };

/** Moves all units at once, as fast as the page can, once through our layer and once through MapLibre's setData. */
export async function run(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'opshall-bench-map-'));
  const served = await bundlePage(join(import.meta.dirname, 'map.page.ts'), folder, {
    body: '<div id="map" style="width:1280px;height:720px"></div>',
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await page.goto(served.url);
    await page.waitForFunction(() => (window as unknown as BenchWindow).bench?.ready());
    const measured: BenchRow[] = [];
    for (const count of COUNTS) {
      const options = [count, SECONDS] as const;
      const ours = await page.evaluate(([n, s]) => (window as unknown as BenchWindow).bench.units(n, s), options);
      const theirs = await page.evaluate(([n, s]) => (window as unknown as BenchWindow).bench.setData(n, s), options);
      measured.push(
        {
          id: `map-units-${count}`,
          what: `units layer, ${count} units`,
          value: ours,
          unit: 'updates/s',
          ratio: ours / theirs,
          against: theirs,
        },
        { id: `map-set-data-${count}`, what: `MapLibre setData, ${count} points`, value: theirs, unit: 'updates/s' },
      );
    }
    return measured;
  } finally {
    await browser.close();
    await served.close();
    await rm(folder, { recursive: true, force: true });
  }
}
