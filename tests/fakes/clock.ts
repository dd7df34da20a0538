import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../main/clock.ts';

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /**
   * Moves time on by `ms` and runs every timer due on the way, in order of time. After each timer the event loop is given a
   * turn, so that promises and setImmediate callbacks it started are done before the next one runs.
   */
  advance(ms: number): Promise<void>;
  /** The same without giving the event loop a turn. */
  advanceSync(ms: number): void;
  /** Puts the wall clock off by `ms` (on top of earlier skews). Timers and the monotonic clock do not notice. */
  skew(ms: number): void;
  /** Timers that have not run yet. */
  readonly pending: number;
}

/** @param start wall time in ms since 1970. */
export function createFakeClock(start = Date.UTC(2025, 6, 1, 8)): FakeClock {
  let elapsed = 0;
  let offset = 0;
  let made = 0;
  const timers = new Map<number, { due: number; fn: () => void }>();

  const nextDue = (until: number): (() => void) | undefined => {
    let found: number | undefined;
    for (const [id, timer] of timers) {
      if (timer.due <= until && (found === undefined || timer.due < (timers.get(found)?.due ?? 0))) found = id;
    }
    const timer = found === undefined ? undefined : timers.get(found);
    if (found === undefined || timer === undefined) return undefined;
    timers.delete(found);
    elapsed = Math.max(elapsed, timer.due);
    return timer.fn;
  };

  return {
    now: () => Math.round(start + elapsed + offset),
    monotonic: () => elapsed,
    setTimeout(fn, ms) {
      const id = ++made;
      timers.set(id, { due: elapsed + Math.max(0, ms), fn });
      return () => void timers.delete(id);
    },
    async advance(ms) {
      const until = elapsed + ms;
      for (let fn = nextDue(until); fn; fn = nextDue(until)) {
        fn();
        await nextTurn();
      }
      elapsed = until;
      await nextTurn();
    },
    advanceSync(ms) {
      const until = elapsed + ms;
      for (let fn = nextDue(until); fn; fn = nextDue(until)) fn();
      elapsed = until;
    },
    skew(ms) {
      offset += ms;
    },
    get pending() {
      return timers.size;
    },
  };
}
