import { availableParallelism } from 'node:os';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { workerProgram } from '../workerProgram.ts';
import type { ForeignRow, StateRow } from './viewsStore.ts';

/** What a thread is told that folds every subject of a ledger. */
export interface FoldingOrder {
  /** The ledger's. */
  readonly file: string;
  /** Of the program. */
  readonly version: string;
  /** Stream of the rehearsal that the ledger is of; null for the daily work. */
  readonly rehearsal: string | null;
  /** What the states are made for: a thread that would make them otherwise makes none. */
  readonly stamp: string;
  readonly port: MessagePort;
  /** How many batches were given, and taken; see {@link GIVEN}. */
  readonly turns: Int32Array;
}

/** A batch of what it has finished, in the order of the subjects. */
export interface FoldedBatch {
  readonly rows: readonly StateRow[];
  /** Events that are folded by now. */
  readonly done: number;
  /** With the last batch: what this version does not understand. */
  readonly foreign: readonly ForeignRow[] | null;
}

/** Places of the two counts. */
export const GIVEN = 0;
export const TAKEN = 1;

/** States that are made in a thread of their own. */
export interface Folding {
  /**
   * What is finished next; null when nothing is yet.
   *
   * @param wait milliseconds that are waited for it
   * @throws FoldingFailed when the thread gave up
   */
  take(wait: number): FoldedBatch | null;
  stop(): void;
}

/** Begins it; null where that is not worth it. */
export type StartFolding = (stamp: string, events: number) => Folding | null;

/** The thread gave up; nothing is wrong with the file that is being made. */
export class FoldingFailed extends Error {
  constructor(cause: unknown) {
    super('the thread that folds the events gave up', { cause });
    this.name = 'FoldingFailed';
  }
}

/** Fewer are folded before a thread is up. */
const LEAST_EVENTS = 30_000;
/** MiB in which what is folded comes and goes: fewer, larger clearances. */
const YOUNG_MIB = 64;

/** Folds a ledger's file beside the work of the hall's own thread, on a machine that has more than one core. */
export function foldingIn(
  ledger: Pick<FoldingOrder, 'file' | 'version' | 'rehearsal'>,
  least = LEAST_EVENTS,
): StartFolding {
  return (stamp, events) => {
    if (events < least || availableParallelism() < 2) return null;
    const { port1, port2 } = new MessageChannel();
    const turns = new Int32Array(new SharedArrayBuffer(8));
    const order: FoldingOrder = { ...ledger, stamp, port: port2, turns };
    const worker = new Worker(workerProgram(import.meta.url, '../features/fold.worker.ts'), {
      ...{ workerData: order, transferList: [port2] },
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
    });
    worker.unref();
    let failed: { cause: unknown } | null = null;
    worker.on('error', (cause) => {
      failed ??= { cause };
    });
    worker.on('exit', (code) => {
      failed ??= { cause: new Error(`it ended early (${code})`) };
    });
    const next = () => receiveMessageOnPort(port1) as { message: FoldedBatch } | undefined;
    return {
      take(wait) {
        const given = Atomics.load(turns, GIVEN);
        let batch = next();
        if (!batch && failed) throw new FoldingFailed(failed.cause);
        if (!batch && wait > 0) {
          Atomics.wait(turns, GIVEN, given, wait);
          batch = next();
        }
        if (!batch) return null;
        Atomics.add(turns, TAKEN, 1);
        Atomics.notify(turns, TAKEN);
        return batch.message;
      },
      stop() {
        port1.close();
        void worker.terminate();
      },
    };
  };
}
