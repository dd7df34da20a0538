import type { BenchOptions } from '../../scripts/bench.ts';
import type { BenchResult } from '../../scripts/bench-report.ts';
import { first } from './desk/first.ts';
import { flood } from './desk/flood.ts';
import { idle } from './desk/idle.ts';
import { memory } from './desk/memory.ts';
import { slowLink } from './desk/slowLink.ts';
import { two } from './desk/two.ts';
import { type BenchRows, rowsOf } from './rowsOf.ts';

export const name = 'desk: a window on a bad night, against what it would be without';

const ROWS: BenchRows = {
  'slow-link': { usual: 300, measure: slowLink },
  idle: { usual: 60, measure: idle },
  flood: { usual: 60, measure: flood },
  first: { usual: 60, measure: first },
  two: { usual: 60, measure: two },
  memory: { usual: 360, measure: memory },
};

export const run = (options: Pick<BenchOptions, 'seconds' | 'rows'>): Promise<BenchResult[]> =>
  rowsOf('desk', ROWS, options);
