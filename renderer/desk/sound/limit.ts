/** EEMUA 191, ISA-18.2: what one operator can take is ten in ten minutes. */
const SPAN_MS = 600_000;
const MOST = 10;

/** Counts what calls for attention, and says whether there is room for one more. */
export interface SoundLimit {
  /**
   * Counts one, if there is room for it.
   *
   * @param now ms of any clock
   * @param always it is counted whether there is room or not
   */
  take(now: number, always?: boolean): boolean;
}

export function createSoundLimit(): SoundLimit {
  let taken: readonly number[] = [];
  return {
    take(now, always = false) {
      // Of a clock that was set back nothing lies ahead. Asked for each of a flood, it makes a list anew only where one is over.
      const counts = (at: number) => now - at < SPAN_MS && at <= now;
      if (!taken.every(counts)) taken = taken.filter(counts);
      if (taken.length >= MOST && !always) return false;
      taken = [...taken, now];
      return true;
    },
  };
}
