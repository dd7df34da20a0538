import type { BenchOptions } from '../../scripts/bench.ts';
import type { BenchRow } from '../../scripts/bench-report.ts';
import { slowLink } from './desk/slowLink.ts';

export const name = 'desk: a window over a slow link';

export const run = ({ seconds }: Pick<BenchOptions, 'seconds'>): Promise<BenchRow[]> => slowLink(seconds);
