import { AHEAD_MS, type Moment } from './intake.ts';

/** How long, and in how many messages, a clock must be ahead by the same before it is believed to be so. */
const STEADY_MS = 30_000;
const STEADY_MESSAGES = 3;
/** What delays on the way, and a clock's own drift, may change in that time. */
const DRIFT_MS = 10_000;

/**
 * Tells a source whose clock is ahead all the time (or whose hall's is behind) from single messages dated wrong: the former must
 * not cost every alarm until somebody sets a clock.
 */
export interface SteadyClock {
  /** A message came. Answers what to take off the times it brings, in ms: 0 unless its source is steadily ahead. */
  heard(sentAt: number, now: Moment): number;
}

export function createSteadyClock(): SteadyClock {
  let offset = 0;
  let since = 0;
  let messages = 0;
  return {
    heard(sentAt, now) {
      const ahead = sentAt - now.wall;
      if (!(ahead > AHEAD_MS)) {
        messages = 0;
        return 0;
      }
      if (messages === 0 || Math.abs(ahead - offset) > DRIFT_MS) {
        offset = ahead;
        since = now.monotonic;
        messages = 0;
      }
      messages++;
      return messages >= STEADY_MESSAGES && now.monotonic - since >= STEADY_MS ? offset : 0;
    },
  };
}
