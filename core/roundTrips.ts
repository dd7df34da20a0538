const KEPT = 8;

/** Measurements of another clock by round trips (Cristian, 1989). */
export interface RoundTrips<T> {
  /** @param trip ms by a clock that never goes back */
  add(trip: number, measured: T): void;
  /** What the shortest of the last few measured: its error is at most half of its trip. Undefined until there is one. */
  best(): T | undefined;
  clear(): void;
}

/** Keeps the last few round trips. */
export function createRoundTrips<T>(): RoundTrips<T> {
  let kept: { trip: number; measured: T }[] = [];
  return {
    add(trip, measured) {
      kept = [...kept.slice(1 - KEPT), { trip, measured }];
    },
    best() {
      let best = kept[0];
      for (const one of kept) if (best === undefined || one.trip <= best.trip) best = one;
      return best?.measured;
    },
    clear() {
      kept = [];
    },
  };
}
