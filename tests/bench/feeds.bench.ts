import type { BenchOptions } from '../../scripts/bench.ts';
import type { BenchResult } from '../../scripts/bench-report.ts';
import { deviceFeeds } from './feeds/deviceFeeds.ts';
import { floodCalls } from './feeds/floodCalls.ts';
import { hostile } from './feeds/hostile.ts';
import { ingest } from './feeds/ingest.ts';
import { ingestJson } from './feeds/ingestJson.ts';
import { intake } from './feeds/intake.ts';
import { nodeRed } from './feeds/nodeRed.ts';
import { type BenchRows, rowsOf } from './rowsOf.ts';

export const name = 'feeds: what comes in, against reading and storing it barely';

const ROWS: BenchRows = {
  intake: { measure: intake },
  'ingest-json': { measure: ingestJson },
  ingest: { measure: ingest },
  devices: { measure: deviceFeeds },
  'node-red': { measure: nodeRed },
  hostile: { usual: 10, measure: hostile },
  flood: { usual: 60, measure: floodCalls },
};

export const run = (options: Pick<BenchOptions, 'seconds' | 'rows'>): Promise<BenchResult[]> =>
  rowsOf('feeds', ROWS, options);
