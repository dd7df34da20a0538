import type { Clock } from '../clock.ts';

const SPAN_MS = 2_000;

/** How fast a stream comes, over the last seconds. */
export interface Rates {
  frame(): void;
  bytes(count: number): void;
  /** Looked at now and then: makes the figures of a span that is over. `now`: the monotonic clock. */
  look(now: number): void;
  reset(): void;
  readonly framesPerSecond: number;
  readonly bitsPerSecond: number;
}

export function createRates(clock: Pick<Clock, 'monotonic'>): Rates {
  let frames = 0;
  let bytes = 0;
  let since = clock.monotonic();
  let framesPerSecond = 0;
  let bitsPerSecond = 0;
  const begin = (at: number) => {
    frames = 0;
    bytes = 0;
    since = at;
  };
  return {
    frame: () => void frames++,
    bytes(count) {
      bytes += count;
    },
    look(now) {
      if (now - since < SPAN_MS) return;
      const seconds = (now - since) / 1000;
      framesPerSecond = frames / seconds;
      bitsPerSecond = (bytes * 8) / seconds;
      begin(now);
    },
    reset() {
      framesPerSecond = 0;
      bitsPerSecond = 0;
      begin(clock.monotonic());
    },
    get framesPerSecond() {
      return framesPerSecond;
    },
    get bitsPerSecond() {
      return bitsPerSecond;
    },
  };
}
