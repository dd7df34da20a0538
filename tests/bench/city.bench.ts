import type { BenchOptions } from '../../scripts/bench.ts';
import type { BenchResult } from '../../scripts/bench-report.ts';
import { basemap } from './city/basemap.ts';
import { things } from './city/things.ts';
import { type BenchRows, rowsOf } from './rowsOf.ts';

export const name = 'city: a real one brought in, against reading its files';

const SECONDS = 20;
const COMPONENTS = 2_000_000;
const EXTRACT_MB = 100;

/** A trial is as much smaller as it watches shorter. */
const share = (seconds: number) => Math.min(1, seconds / SECONDS);

const ROWS: BenchRows = {
  basemap: { usual: SECONDS, measure: (seconds) => basemap(Math.ceil(EXTRACT_MB * share(seconds) ** 2)) },
  things: { usual: SECONDS, measure: (seconds) => things(seconds, Math.ceil(COMPONENTS * share(seconds) ** 2)) },
};

export const run = (options: Pick<BenchOptions, 'seconds' | 'rows'>): Promise<BenchResult[]> =>
  rowsOf('city', ROWS, options);
