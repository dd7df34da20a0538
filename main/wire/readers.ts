import { ContractError } from '../../contract/errors.ts';
import type { ReaderData, ReadOrder, ReadReport, ReadRows } from '../../native/sqlite/reader.worker.ts';
import type { Clock } from '../clock.ts';
import { createThreads, type ThreadLimits } from '../threads.ts';
import { workerProgram } from '../workerProgram.ts';

export type { ReadOrder, ReadRows };

/** What one order may cost. */
export interface ReadLimits extends ThreadLimits {
  readonly rows: number;
  /** Characters of its rows. */
  readonly chars: number;
}

const LIMITS: ReadLimits = { ms: 3000, rows: 1000, chars: 4 * 1024 * 1024, heap: 64, waiting: 256 };

/** Threads that read a SQLite file beside the work of the hall's own. */
export interface Readers {
  /**
   * @throws ContractError 'too-large' for an order that costs more than it may, 'busy' when too many wait, 'unavailable' while there is no file;
   *   Error when its SQL is wrong or the file is damaged
   */
  read(order: ReadOrder): Promise<ReadRows>;
  close(): Promise<void>;
}

export function createReaders(options: {
  file: string;
  clock: Pick<Clock, 'setTimeout'>;
  /** How many read at a time. */
  threads: number;
  limits?: Partial<ReadLimits>;
  /** Why nothing that is in the file may be told now; null when it may. */
  refuses?(): string | null;
}): Readers {
  const { file, clock } = options;
  const limits = { ...LIMITS, ...options.limits };
  const workerData: ReaderData = { file, mostRows: limits.rows, mostChars: limits.chars };
  const threads = createThreads<ReadOrder, ReadReport>({
    ...{ program: workerProgram(import.meta.url, '../../native/sqlite/reader.worker.ts'), workerData, clock, limits },
    threads: options.threads,
    tooDear: (what) => tooDear(what === 'time' ? 'takes too long' : 'needs too much memory'),
  });
  return {
    async read(order) {
      const refusal = options.refuses?.() ?? null;
      if (refusal !== null) throw new ContractError('unavailable', refusal);
      return rowsOf(await threads.ask(order));
    },
    close: () => threads.close(),
  };
}

function rowsOf(report: ReadReport): ReadRows {
  switch (report.kind) {
    case 'rows':
      return report;
    case 'large':
      throw tooDear('brings too much');
    case 'gone':
      throw new ContractError('unavailable', 'what lists are read from is being made; ask again later');
    case 'busy':
      throw new ContractError('busy', 'what lists are read from is busy; ask again later');
    case 'failed':
      throw new Error(report.why);
  }
}

const tooDear = (what: string) => new ContractError('too-large', `the query ${what}: ask for less`);
