/** Windows are told of so many of a kind that are over and seen; of all others they ask. */
export const OVER_KEPT = 20;

/** Of things that are over, remembers the newest so many. */
export interface Newest {
  /** @param at when it was over; null for one that is not, or that is gone. */
  note(key: string, at: number | null): void;
}

/** @param drop hears of each that so many newer ones stand before */
export function createNewest(most: number, drop: (key: string) => void): Newest {
  const over = new Map<string, number>();
  return {
    note(key, at) {
      if (at === null) {
        over.delete(key);
        return;
      }
      over.set(key, at);
      if (over.size <= most) return;
      let [oldest, since] = [key, at];
      for (const [each, its] of over) if (its < since) [oldest, since] = [each, its];
      over.delete(oldest);
      drop(oldest);
    },
  };
}
