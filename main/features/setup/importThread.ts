import { ContractError } from '../../../contract/errors.ts';
import { ImportError, refusal } from '../../city/import/importError.ts';
import type { Clock } from '../../clock.ts';
import type { Said } from '../../config/issue.ts';
import { createThreads, type ThreadLimits, type Threads } from '../../threads.ts';
import { workerProgram } from '../../workerProgram.ts';
import type { ImportTasks } from './importTasks.ts';

/** What a thread is asked, and says; see imports.worker.ts. */
export type ThreadOrder = Readonly<{ task: keyof ImportTasks; order: unknown }>;
export type ThreadReport =
  | Readonly<{ kind: 'done'; answer: unknown }>
  | Readonly<{ kind: 'refused'; said: Said; proposal: string | null }>
  | Readonly<{ kind: 'failed'; why: string }>;

/** A window waits longer: it is to hear why there is no answer. */
const LIMITS: ThreadLimits = { ms: 60_000, heap: 2048, waiting: 3 };

/** Does the work of imports beside the hall's own, one at a time. */
export interface ImportThread {
  /**
   * @throws ImportError what the task throws, or when it takes more time or memory than it may; ContractError 'busy' when too many wait,
   *   'unavailable' once closed; Error of a fault
   */
  ask<T extends keyof ImportTasks>(
    task: T,
    order: Parameters<ImportTasks[T]>[0],
  ): Promise<Awaited<ReturnType<ImportTasks[T]>>>;
  close(): Promise<void>;
}

export function createImportThread(options: {
  clock: Pick<Clock, 'setTimeout'>;
  limits?: Partial<ThreadLimits>;
  program?: string;
}): ImportThread {
  const { clock, program = workerProgram(import.meta.url, './imports.worker.ts') } = options;
  const limits = { ...LIMITS, ...options.limits };
  let threads: Threads<ThreadOrder, ThreadReport> | null = null;
  let [asked, closed] = [0, false];
  const open = () =>
    createThreads<ThreadOrder, ThreadReport>({
      ...{ program, workerData: null, clock, limits, threads: 1 },
      tooDear: (what) => new ContractError('refused', 'the import costs too much', { cause: tooDear(what, limits) }),
    });
  return {
    async ask(task, order) {
      if (closed) throw new ContractError('unavailable', 'the hall is closing');
      threads ??= open();
      const used = threads;
      asked++;
      try {
        return answerOf(await used.ask({ task, order })) as never; // What the task of that name answers.
      } catch (error) {
        throw error instanceof ContractError && error.cause instanceof ImportError ? error.cause : error;
      } finally {
        // What a large file took is given back: the next may be months away.
        if (--asked === 0) {
          threads = null;
          await used.close();
        }
      }
    },
    async close() {
      closed = true;
      await threads?.close();
    },
  };
}

function answerOf(report: ThreadReport): unknown {
  switch (report.kind) {
    case 'done':
      return report.answer;
    case 'refused':
      throw new ImportError(report.said, { proposal: report.proposal });
    case 'failed':
      throw new Error(report.why);
  }
}

const tooDear = (what: 'time' | 'memory', { ms, heap }: ThreadLimits): ImportError =>
  refusal(
    what === 'time'
      ? { zh: `读这个文件超过了 ${ms / 1000} 秒`, en: `reading the file takes longer than ${ms / 1000} seconds` }
      : { zh: `读这个文件需要超过 ${heap} MiB 内存`, en: `reading the file takes more than ${heap} MiB of memory` },
    {
      zh: '请把文件拆成几个，或删去不用的列，分别导入',
      en: 'Split it into several files, or remove the columns that are not needed, and import each.',
    },
  );
