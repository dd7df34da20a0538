/** Who chooses again sooner than this goes through a list. */
const SERIES_MS = 1_000;

/** Where the map goes while somebody goes through a list. */
export interface Series {
  /** Something has been chosen: the map arrives there at once, or where a series of choices ends. */
  chosen(arrive: () => void): void;
  /** It goes nowhere any more. */
  stay(): void;
}

/**
 * On a slow card the map goes where a series of choices ends: on the way each would load a place and draw it, and hold up the next key.
 *
 * @param now monotonic ms
 * @param slow whether the card is
 */
export function createSeries(now: () => number, slow: () => boolean): Series {
  let chosenAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const stay = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  return {
    chosen(arrive) {
      stay();
      const goesOn = now() - chosenAt < SERIES_MS;
      chosenAt = now();
      if (goesOn && slow()) timer = setTimeout(arrive, SERIES_MS);
      else arrive();
    },
    stay,
  };
}
