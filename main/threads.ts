import { Worker } from 'node:worker_threads';
import { ContractError } from '../contract/errors.ts';
import type { Clock } from './clock.ts';

/** What one order may cost. */
export interface ThreadLimits {
  /** Milliseconds until it is given up. */
  readonly ms: number;
  /** MiB of memory of a thread. */
  readonly heap: number;
  /** Orders that wait for a thread. */
  readonly waiting: number;
}

/** Threads of one program, each at one order at a time: it answers every message with one. */
export interface Threads<Order, Report> {
  /**
   * @throws ContractError what `tooDear` says for an order that costs more than it may, 'busy' when too many wait, 'unavailable' once
   *   closed; Error when its thread ended of itself
   */
  ask(order: Order): Promise<Report>;
  close(): Promise<void>;
}

interface Job<Order, Report> {
  readonly order: Order;
  resolve(report: Report): void;
  reject(cause: unknown): void;
}

interface Thread<Order, Report> {
  readonly worker: Worker;
  job: Job<Order, Report> | null;
  /** It runs: until then the time of its order has not begun. */
  online: boolean;
  cancel: () => void;
}

/**
 * Threads are started when they are needed. One whose order takes too long is ended and replaced; the others go on meanwhile. SQLite
 * does not stop within a step, so a thread may live on for as long as that takes: as many again at most.
 */
export function createThreads<Order, Report>(options: {
  program: string;
  workerData: unknown;
  clock: Pick<Clock, 'setTimeout'>;
  /** How many work at a time. */
  threads: number;
  limits: ThreadLimits;
  /** What whoever asks is told of an order that takes more time or memory than it may. */
  tooDear(what: 'time' | 'memory'): ContractError;
}): Threads<Order, Report> {
  const { program, workerData, clock, threads, limits, tooDear } = options;
  const alive = new Set<Thread<Order, Report>>();
  const dying = new Set<Promise<unknown>>();
  const queue: Job<Order, Report>[] = [];
  const gone = () => new ContractError('unavailable', 'the hall is closing');
  let closed = false;

  function start(): Thread<Order, Report> {
    const worker = new Worker(program, { workerData, resourceLimits: { maxOldGenerationSizeMb: limits.heap } });
    const thread: Thread<Order, Report> = { worker, job: null, online: false, cancel() {} };
    worker.unref();
    worker.once('online', () => {
      thread.online = true;
      if (thread.job) time(thread);
    });
    worker.on('message', (report: Report) => {
      const { job } = thread;
      thread.job = null;
      thread.cancel();
      job?.resolve(report);
      next();
    });
    worker.on('error', (error) => {
      const memory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      end(thread, memory ? tooDear('memory') : error);
    });
    worker.on('exit', (code) => end(thread, new Error(`a thread of ${program} ended early (${code})`)));
    alive.add(thread);
    return thread;
  }

  function time(thread: Thread<Order, Report>): void {
    thread.cancel = clock.setTimeout(() => end(thread, tooDear('time')), limits.ms);
  }

  /** Ends a thread, and its order with it. */
  function end(thread: Thread<Order, Report>, cause: unknown): void {
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
    ask(order) {
      return new Promise((resolve, reject) => {
        if (closed) reject(gone());
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
      for (const job of queue.splice(0)) job.reject(gone());
      for (const thread of [...alive]) end(thread, gone());
      await Promise.all(dying);
    },
  };
}
