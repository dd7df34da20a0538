import type { Contract } from '../define.ts';
import type { WireClock } from './clock.ts';
import type { Caller, Lane } from './served.ts';

/** A request that was taken and is not answered yet. */
export interface Call {
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
  readonly from: Caller;
}

/** So many times as long as a long call took its window waits with the next: a window has a fifth of the hall's thread at most. */
const PAUSE = 4;
const MAX_PAUSE_MS = 5000;

/** Whether the contract says of a method that its work grows with what the hall holds. */
export function isLong({ methods }: Contract, method: string): boolean {
  return Object.hasOwn(methods, method) && methods[method]?.long === true;
}

/** The long calls of one window: one at a time, with pauses, and none while it does not read. */
export interface LongCalls {
  add(call: Call): void;
  drain(): void;
  waiting(): boolean;
}

/**
 * @param mayRun whether the window has read what it asked for before
 * @param wait asks for a `drain()` in a while
 */
export function createLongCalls(options: {
  clock: Pick<WireClock, 'monotonic'>;
  lane: Lane;
  mayRun: () => boolean;
  run: (call: Call) => Promise<void>;
  wait: () => void;
}): LongCalls {
  const { clock, lane, mayRun, run, wait } = options;
  const queue: Call[] = [];
  let running = false;
  let freeAt = 0;

  function drain(): void {
    if (running || queue.length === 0) return;
    const began = clock.monotonic();
    const call = began >= freeAt && began >= lane.freeAt && mayRun() ? queue.shift() : undefined;
    if (!call) {
      wait();
      return;
    }
    running = true;
    void run(call).finally(() => {
      running = false;
      const now = clock.monotonic();
      const took = Math.min(now - began, MAX_PAUSE_MS);
      freeAt = now + Math.min(took * PAUSE, MAX_PAUSE_MS);
      lane.freeAt = Math.max(lane.freeAt, now + took);
      drain();
    });
  }

  return {
    add(call) {
      queue.push(call);
      drain();
    },
    drain,
    waiting: () => queue.length > 0 && !running,
  };
}
