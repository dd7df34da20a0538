import type { WireClock } from './clock.ts';

/** Lets so many through a second, with a burst of the same size (token bucket). */
export function createRate(clock: Pick<WireClock, 'monotonic'>, perSecond: number): { take(): boolean } {
  let tokens = perSecond;
  let at = clock.monotonic();
  return {
    take() {
      const now = clock.monotonic();
      tokens = Math.min(perSecond, tokens + ((now - at) / 1000) * perSecond);
      at = now;
      if (tokens < 1) return false;
      tokens--;
      return true;
    },
  };
}
