import type { BenchRow } from '../../../scripts/bench-report.ts';
import type { Starts } from './starts.ts';

/** `memory-1m`: resident memory after the start. */
export function memory1m({ full, empty }: Starts): BenchRow {
  return {
    id: 'memory-1m',
    what: 'resident memory after the start',
    value: full.mib,
    unit: 'MiB',
    ratio: full.mib / empty.mib,
    against: empty.mib,
    limit: { most: 1.6, of: 'ratio' },
  };
}
