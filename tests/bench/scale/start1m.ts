import type { BenchRow } from '../../../scripts/bench-report.ts';
import type { Starts } from './starts.ts';

/** `start-1m`: from the command to the ready line, of a folder in which a hall has run before. */
export function start1m({ full, empty }: Starts): BenchRow {
  return {
    id: 'start-1m',
    what: 'start to the ready line, not the first',
    value: full.seconds,
    unit: 's',
    ratio: full.seconds / empty.seconds,
    against: empty.seconds,
    limit: { most: 1.5, of: 'ratio' },
  };
}
