/** How far a report's time may lie after the hall's clock (O1). */
export const AHEAD_MS = 60_000;
/** What two clocks that are right may differ by: a time further ahead of the hall's bars no other (O2). */
const SLACK_MS = 5_000;
/** How long reports must go on being late before their clock counts as set back (O3). */
const SET_BACK_MS = 3_000;
/** Silence after which another feed may speak of a thing that no feed's configuration claims (O5). */
const SILENT_MS = 60_000;

/** What becomes of a report: only `taken` is shown and acted upon, `late` is written to the history. */
export type Verdict = 'taken' | 'late' | 'ahead' | 'foreign';

/** The hall's two clocks at one moment. */
export interface Moment {
  wall: number;
  monotonic: number;
}

/** Decides which reports of so many things (sensors, or units) are their newest; things and feeds go by their numbers. */
export interface Intake {
  /** @param t wall ms by the source's clock. @param claimed the feed's configuration says that the thing is its own. */
  take(thing: number, feed: number, t: number, now: Moment, claimed: boolean): Verdict;
  /** Time of the newest report that was taken, -Infinity before there was one. */
  newest(thing: number): number;
  /** The feed whose report was taken last, -1 before there was one. */
  speaker(thing: number): number;
}

/** 44 bytes a thing, and nothing else grows. */
export function createIntake(count: number): Intake {
  const never = () => new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const newest = never();
  const takenAt = never();
  /** The first of a run of late reports: its time, and when it came. */
  const lateFrom = never();
  const lateAt = never();
  const speaker = new Int32Array(count).fill(-1);

  /**
   * Reports that stay late while their time runs as fast as the hall's come from a clock that was set back; what catches up on
   * a backlog runs faster, what repeats itself stands still.
   */
  const isSetBack = (i: number, t: number, at: number): boolean => {
    const elapsed = at - (lateAt[i] ?? at);
    if (elapsed < SET_BACK_MS) return false;
    const ran = t - (lateFrom[i] ?? t);
    if (elapsed !== Number.POSITIVE_INFINITY && ran > elapsed / 2 && ran < elapsed * 2) return true;
    lateFrom[i] = t;
    lateAt[i] = at;
    return false;
  };

  return {
    take(i, feed, t, now, claimed) {
      const before = speaker[i] ?? -1;
      const silent = now.monotonic - (takenAt[i] ?? 0) >= SILENT_MS;
      if (!claimed && before !== -1 && before !== feed && !silent) return 'foreign';
      if (!(t <= now.wall + AHEAD_MS)) return 'ahead';
      const known = newest[i] ?? Number.NEGATIVE_INFINITY;
      if (t < known && known <= now.wall + SLACK_MS && !isSetBack(i, t, now.monotonic)) return 'late';
      newest[i] = t;
      takenAt[i] = now.monotonic;
      lateAt[i] = Number.NEGATIVE_INFINITY;
      speaker[i] = feed;
      return 'taken';
    },
    newest: (i) => newest[i] ?? Number.NEGATIVE_INFINITY,
    speaker: (i) => speaker[i] ?? -1,
  };
}
