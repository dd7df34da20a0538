/** EEMUA 191: an operator can take ten in ten minutes. What repeats until it is acknowledged is never held back. */
const SPAN_MS = 600_000;
const MOST_SOUNDS = 10;

/** Says whether one sound more may be heard. */
export interface SoundLimit {
  /** Takes one, if there is one. `now`: ms of any clock. */
  take(now: number): boolean;
}

export function createSoundLimit(): SoundLimit {
  let taken: readonly number[] = [];
  return {
    take(now) {
      taken = taken.filter((at) => now - at < SPAN_MS && at <= now);
      if (taken.length >= MOST_SOUNDS) return false;
      taken = [...taken, now];
      return true;
    },
  };
}
