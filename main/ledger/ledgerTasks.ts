import { join } from 'node:path';
import { ContractError, type WireError } from '../../contract/errors.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import type { Clock } from '../clock.ts';
import { createThreads, type ThreadLimits } from '../threads.ts';
import type { Ledger } from './ledger.ts';
import { LEDGER_FILE } from './recovery.ts';

/** All events of a subject, in no order that means anything. */
export type EventsOf = (subject: string) => LedgerEvent[];

/** What a program does with the events of a few subjects that is too long for the hall's own thread, by name. Orders and answers are plain data. */
export type LedgerTasks = Readonly<Record<string, (eventsOf: EventsOf, order: never) => unknown>>;

/** Does tasks in a thread, one after another. */
export interface LedgerThread<T extends LedgerTasks> {
  /**
   * @param subjects of whose events some may be in memory only
   * @throws ContractError what the task throws; 'busy' when it takes too long, or too many wait; 'too-large' when it needs too much;
   *   'unavailable' once closed; Error when the file cannot be read
   */
  ask<K extends keyof T & string>(
    task: K,
    order: Parameters<T[K]>[1],
    subjects: readonly string[],
  ): Promise<ReturnType<T[K]>>;
  close(): Promise<void>;
}

/** Opens threads that read the ledger's file beside the work. */
export interface LedgerThreads {
  /** @param program says no more than `serveLedgerTasks(tasks)` */
  open<T extends LedgerTasks>(tasks: T, program: string): LedgerThread<T>;
}

/** What a task may cost. */
export interface LedgerTaskLimits extends ThreadLimits {
  /** Characters of the events' JSON. */
  readonly chars: number;
}

/** A window waits ten seconds for an answer: it is to hear why there is none. */
const LIMITS: LedgerTaskLimits = { ms: 6000, heap: 512, waiting: 256, chars: 48 * 1024 * 1024 };

/** What a thread is made with, is asked, and says; see serveLedgerTasks.ts. */
export type LedgerThreadData = Readonly<{ file: string; mostChars: number }>;
export type LedgerOrder = Readonly<{ task: string; order: unknown; inMemory: readonly LedgerEvent[] }>;
export type LedgerReport =
  | Readonly<{ kind: 'done'; answer: unknown }>
  | Readonly<{ kind: 'large' }>
  | Readonly<{ kind: 'refused'; error: WireError }>
  | Readonly<{ kind: 'failed'; why: string }>;

/**
 * Threads on the ledger of a folder. They read what they need by subject themselves, so that the hall's thread has the same little work
 * however long the story is; what is not in the file yet is sent with the order.
 */
export function createLedgerThreads(options: {
  dir: string;
  ledger: Pick<Ledger, 'inMemoryOf'>;
  clock: Pick<Clock, 'setTimeout'>;
  limits?: Partial<LedgerTaskLimits>;
}): LedgerThreads {
  const { dir, ledger, clock } = options;
  const limits = { ...LIMITS, ...options.limits };
  const workerData: LedgerThreadData = { file: join(dir, LEDGER_FILE), mostChars: limits.chars };
  return {
    open(_tasks, program) {
      const threads = createThreads<LedgerOrder, LedgerReport>({
        ...{ program, workerData, clock, limits, threads: 1 },
        tooDear: (what) => (what === 'time' ? tooSlow() : tooLarge()),
      });
      return {
        async ask(task, order, subjects) {
          const inMemory = subjects.flatMap((subject) => ledger.inMemoryOf(subject));
          return answerOf(await threads.ask({ task, order, inMemory })) as never; // What the task of that name answers.
        },
        close: () => threads.close(),
      };
    },
  };
}

function answerOf(report: LedgerReport): unknown {
  switch (report.kind) {
    case 'done':
      return report.answer;
    case 'large':
      throw tooLarge();
    case 'refused':
      throw new ContractError(report.error.code, report.error.message, { field: report.error.field });
    case 'failed':
      throw new Error(report.why);
  }
}

const tooSlow = () => new ContractError('busy', 'it takes longer than the hall has time for now; ask again later');
const tooLarge = () => new ContractError('too-large', 'more was recorded of it than the hall can tell at once');
