import { ContractError } from '../../../contract/errors.ts';
import type { Clock } from '../../clock.ts';
import { createThreads } from '../../threads.ts';
import { workerProgram } from '../../workerProgram.ts';

/** What a thread is asked; see recall.worker.ts. */
export interface RecallOrder {
  /** `telemetry.db`; one that is not there has no history. */
  readonly file: string;
  readonly sensors: readonly string[];
  /** Wall ms. */
  readonly from: number;
}

/** One value in ten minutes of each sensor, in columns. */
export interface Recalled {
  readonly samples: { readonly sensor: string[]; readonly t: number[]; readonly value: number[] };
  /** The first so many are kept for weeks already; the others are of the last days, and were not. */
  readonly kept: number;
}

/** Reads beside the hall's work what sensors said before. */
export interface Recall {
  /** @throws ContractError for a history that takes longer than two minutes; Error for a file that is torn */
  ask(order: RecallOrder): Promise<Recalled>;
  close(): Promise<void>;
}

export function createRecall({ clock }: { clock: Pick<Clock, 'setTimeout'> }): Recall {
  const threads = createThreads<RecallOrder, { recalled: Recalled } | { failed: string }>({
    program: workerProgram(import.meta.url, './recall.worker.ts'),
    ...{ workerData: null, clock, threads: 1, limits: { ms: 120_000, heap: 2048, waiting: 1 } },
    tooDear: () => new ContractError('too-large', 'there is too much history of the sensors to learn from'),
  });
  return {
    async ask(order) {
      const report = await threads.ask(order);
      if ('failed' in report) throw new Error(report.failed);
      return report.recalled;
    },
    close: () => threads.close(),
  };
}
