import { Worker } from 'node:worker_threads';
import { ContractError } from '../../contract/errors.ts';
import type { ReaderData, ReadOrder, ReadReport, ReadRows } from '../../native/sqlite/reader.worker.ts';
import type { Clock } from '../clock.ts';
import { workerProgram } from '../workerProgram.ts';

export type { ReadOrder, ReadRows };

/** What one order may cost. */
export interface ReadLimits {
  /** Milliseconds until it is given up. */
  readonly ms: number;
  readonly rows: number;
  /** Characters of its rows. */
  readonly chars: number;
  /** MiB of memory of a thread. */
  readonly heap: number;
  /** Orders that wait for a thread. */
  readonly waiting: number;
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

interface Job {
  readonly order: ReadOrder;
  resolve(rows: ReadRows): void;
  reject(cause: unknown): void;
}

interface Thread {
  readonly worker: Worker;
  job: Job | null;
  /** It runs: until then the time of its order has not begun. */
  online: boolean;
  cancel: () => void;
}

/**
 * Threads are started when they are needed. One whose order takes too long is ended and replaced; the others read on meanwhile. SQLite
 * does not stop within a step, so a thread may live on for as long as that takes: as many again at most.
 */
export function createReaders(options: {
  file: string;
  clock: Pick<Clock, 'setTimeout'>;
  /** How many read at a time. */
  threads: number;
  limits?: Partial<ReadLimits>;
  /** Why nothing that is in the file may be told now; null when it may. */
  refuses?(): string | null;
}): Readers {
  const { file, clock, threads } = options;
  const limits = { ...LIMITS, ...options.limits };
  const program = workerProgram(import.meta.url, '../../native/sqlite/reader.worker.ts');
  const alive = new Set<Thread>();
  const dying = new Set<Promise<unknown>>();
  const queue: Job[] = [];
  let closed = false;

  function start(): Thread {
    const workerData: ReaderData = { file, mostRows: limits.rows, mostChars: limits.chars };
    const worker = new Worker(program, { workerData, resourceLimits: { maxOldGenerationSizeMb: limits.heap } });
    const thread: Thread = { worker, job: null, online: false, cancel() {} };
    worker.unref();
    worker.once('online', () => {
      thread.online = true;
      if (thread.job) time(thread);
    });
    worker.on('message', (report: ReadReport) => {
      const { job } = thread;
      thread.job = null;
      thread.cancel();
      if (job) settle(job, report);
      next();
    });
    worker.on('error', (error) => {
      const memory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      end(thread, memory ? tooDear('needs too much memory') : error);
    });
    worker.on('exit', (code) => end(thread, new Error(`a thread that reads ${file} ended early (${code})`)));
    alive.add(thread);
    return thread;
  }

  function time(thread: Thread): void {
    thread.cancel = clock.setTimeout(() => end(thread, tooDear('takes too long')), limits.ms);
  }

  /** Ends a thread, and its order with it. */
  function end(thread: Thread, cause: unknown): void {
    if (!alive.delete(thread)) return;
    thread.cancel();
    const over = thread.worker.terminate().then(() => {
      dying.delete(over);
      next();
    });
    dying.add(over);
    thread.job?.reject(cause);
    next();
  }

  function next(): void {
    while (queue.length > 0 && !closed) {
      const idle = [...alive].find((thread) => thread.job === null);
      const room = alive.size < threads && alive.size + dying.size < 2 * threads;
      if (!idle && !room) return;
      const thread = idle ?? start();
      const job = queue.shift();
      if (!job) return;
      thread.job = job;
      if (thread.online) time(thread);
      thread.worker.postMessage(job.order);
    }
  }

  return {
    read(order) {
      return new Promise((resolve, reject) => {
        const refusal = closed ? 'the hall is closing' : (options.refuses?.() ?? null);
        if (refusal !== null) reject(new ContractError('unavailable', refusal));
        else if (queue.length >= limits.waiting)
          reject(new ContractError('busy', 'too much is being read; ask again later'));
        else {
          queue.push({ order, resolve, reject });
          next();
        }
      });
    },
    async close() {
      closed = true;
      const gone = new ContractError('unavailable', 'the hall is closing');
      for (const job of queue.splice(0)) job.reject(gone);
      for (const thread of [...alive]) end(thread, gone);
      await Promise.all(dying);
    },
  };
}

function settle(job: Job, report: ReadReport): void {
  switch (report.kind) {
    case 'rows':
      job.resolve(report);
      break;
    case 'large':
      job.reject(tooDear('brings too much'));
      break;
    case 'gone':
      job.reject(new ContractError('unavailable', 'what lists are read from is being made; ask again later'));
      break;
    case 'busy':
      job.reject(new ContractError('busy', 'what lists are read from is busy; ask again later'));
      break;
    case 'failed':
      job.reject(new Error(report.why));
  }
}

const tooDear = (what: string) => new ContractError('too-large', `the query ${what}: ask for less`);
