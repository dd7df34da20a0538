/** When silence means something; milliseconds. */
export interface PaceLimits {
  readonly staleMs: number;
  readonly goneMs: number;
}

/** How often a camera's pictures come, and what its silence means therefore. */
export interface Pace {
  /** A picture came. @param now monotonic ms */
  picture(now: number): void;
  /** Without a picture for so long it is stale, or gone. */
  limits(): PaceLimits;
}

const GAPS = 8;
/** Before the pace is known a camera is given the benefit of being slow. */
const UNKNOWN_GONE_MS = 30_000;
const ENOUGH_GAPS = 2;
const STALE_GAPS = 2.5;
const GONE_GAPS = 4;
const MOST_STALE_MS = 60_000;
const MOST_GONE_MS = 120_000;

/** @param least what holds for a camera with many pictures a second */
export function createPace(least: PaceLimits): Pace {
  const gaps: number[] = [];
  let last: number | undefined;
  return {
    picture(now) {
      if (last !== undefined) gaps.push(now - last);
      if (gaps.length > GAPS) gaps.shift();
      last = now;
    },
    limits() {
      const usual = Math.max(0, ...gaps);
      const known = gaps.length >= ENOUGH_GAPS;
      const goneMs = Math.max(least.goneMs, known ? usual * GONE_GAPS : UNKNOWN_GONE_MS);
      return {
        staleMs: Math.min(MOST_STALE_MS, Math.max(least.staleMs, known ? usual * STALE_GAPS : 0)),
        goneMs: Math.min(MOST_GONE_MS, goneMs),
      };
    },
  };
}
