import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { rangesBetween, type SubjectRange } from '../../core/ledger/subjects.ts';
import { openLedgerReader } from '../../native/sqlite/ledgerReader.ts';
import { workerProgram } from '../workerProgram.ts';

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
  /** The file that it makes, with the states and what read models show of them. */
  readonly part: string;
  /** What it folds, one range after another; it stops at the first that another thread has begun. */
  readonly ranges: readonly SubjectRange[];
  /** By range: 1 when a thread has begun it; see {@link begin}. */
  readonly begun: Int32Array;
  /** How far it is; see {@link FOLDED} and {@link WHOLE}. */
  readonly progress: Int32Array;
}

/** Begins a range. False when another thread has. */
export function begin(begun: Int32Array, range: number): boolean {
  return Atomics.compareExchange(begun, range, 0, 1) === 0;
}

/** Places in the progress: events that are folded, and 1 when the part is whole. */
export const FOLDED = 0;
export const WHOLE = 1;

/** States that are made in a thread of their own. */
export interface Folding {
  /** Events that are folded by now. */
  done(): number;
  /** Takes the latter half of what nobody has begun, for the caller to fold; null where nothing is left. What is taken later comes before. */
  takeOver(): SubjectRange | null;
  /**
   * Whether the part is whole.
   *
   * @param wait milliseconds that are waited for it
   * @throws FoldingFailed when the thread gave up
   */
  whole(wait: number): boolean;
  stop(): void;
}

/** Begins it; null where that is not worth it. @param part the file that it makes */
export type StartFolding = (stamp: string, events: number, part: string) => Folding | null;

/** The thread gave up; nothing is wrong with the file that is being made. */
export class FoldingFailed extends Error {
  constructor(cause: unknown) {
    super('the thread that folds the events gave up', { cause });
    this.name = 'FoldingFailed';
  }
}

/** Fewer are folded before a thread is up. */
const LEAST_EVENTS = 30_000;
/** So many ranges of about as many events: as finely two threads can share what is left. */
const RANGES = 256;
/** MiB in which what is folded comes and goes: fewer, larger clearances. */
const YOUNG_MIB = 64;

/**
 * Folds a ledger's file beside the work of the hall's own thread, on a machine that has more than one core.
 *
 * @param program of the thread
 */
export function foldingIn(
  ledger: Pick<FoldingOrder, 'file' | 'version' | 'rehearsal'>,
  { least = LEAST_EVENTS, program = workerProgram(import.meta.url, '../features/fold.worker.ts') } = {},
): StartFolding {
  return (stamp, events, part) => {
    if (events < least || availableParallelism() < 2) return null;
    const progress = new Int32Array(new SharedArrayBuffer(8));
    const ranges = rangesOf(ledger.file);
    const begun = new Int32Array(new SharedArrayBuffer(4 * ranges.length));
    const order: FoldingOrder = { ...ledger, stamp, part, ranges, begun, progress };
    const worker = new Worker(program, {
      workerData: order,
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
    let until = ranges.length;
    const isWhole = () => Atomics.load(progress, WHOLE) === 1;
    return {
      done: () => Atomics.load(progress, FOLDED),
      takeOver() {
        const left = ranges.filter((_, i) => Atomics.load(begun, i) === 0).length;
        let from = until;
        while (until - from < left / 2 && begin(begun, from - 1)) from--;
        const taken = joined(ranges.slice(from, until));
        until = from;
        return taken;
      },
      whole(wait) {
        if (!isWhole() && !failed) Atomics.wait(progress, WHOLE, 0, wait);
        if (isWhole()) return true;
        if (failed) throw new FoldingFailed(failed.cause);
        return false;
      },
      stop: () => void worker.terminate(),
    };
  };
}

function rangesOf(file: string): SubjectRange[] {
  const reader = openLedgerReader(file);
  try {
    return rangesBetween(reader.subjectsBetween(RANGES - 1));
  } finally {
    reader.close();
  }
}

/** Of ranges that follow one another. */
function joined(ranges: readonly SubjectRange[]): SubjectRange | null {
  const [first, last] = [ranges[0], ranges.at(-1)];
  return first && last ? { from: first.from, until: last.until } : null;
}
