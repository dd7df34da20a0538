import type { Clock } from '../clock.ts';

const MOST_MS = 200;
/** What takes no time is not kept waiting that long: lists follow it. */
const LEAST_MS = 20;
/** So many times as long as it took the last time is waited. */
const REST = 20;

/** When something is done again: the later, the longer it took the last time, so that it takes a twentieth of the time at most. */
export interface Pace {
  /** Does it and measures how long that takes. Where it throws, the measure is that of the time before. */
  time(work: () => void): void;
  /** Milliseconds, 20 to 200, that the next is to wait. */
  rest(): number;
  /** It is due in so many milliseconds, unless it is sooner. */
  within(ms: number): void;
  cancel(): void;
}

export function createPace(options: { clock: Pick<Clock, 'setTimeout' | 'monotonic'>; due(): void }): Pace {
  const { clock, due } = options;
  let timer: { cancel(): void; ms: number } | null = null;
  let took = 0;
  const cancel = (): void => {
    timer?.cancel();
    timer = null;
  };
  return {
    time(work) {
      const began = clock.monotonic();
      work();
      took = clock.monotonic() - began;
    },
    rest: () => Math.min(MOST_MS, Math.max(LEAST_MS, took * REST)),
    within(ms) {
      if (timer && timer.ms <= ms) return;
      cancel();
      const stop = clock.setTimeout(() => {
        timer = null;
        due();
      }, ms);
      timer = { cancel: stop, ms };
    },
    cancel,
  };
}
