/** Keys that come after one another sooner than this are of somebody who works; a turn of the wheel is many at once. */
const SERIES_MS = 600;
/** So long after the last of them he still does. */
const RESTS_AFTER_MS = 400;

/** Whether somebody works by key or wheel in a window. */
export interface Hands {
  /** A key was pressed, or the wheel turned, at such a monotonic time in ms. */
  worked(at: number): void;
  /** Somebody turns to the map. */
  pointed(): void;
  /** Ms until they rest, if nothing more comes; 0: they do. One key alone is not work: what it did is waited for. */
  restIn(now: number): number;
}

export function createHands(): Hands {
  let last = Number.NEGATIVE_INFINITY;
  let before = Number.NEGATIVE_INFINITY;
  return {
    worked(at) {
      before = last;
      last = at;
    },
    pointed() {
      last = Number.NEGATIVE_INFINITY;
    },
    restIn: (now) => (last - before < SERIES_MS ? Math.max(0, last + RESTS_AFTER_MS - now) : 0),
  };
}

/** Those of this window; what is done on a map is not work that it would hold up. */
export const hands = createHands();

const onMap = ({ target }: Event) => target instanceof Element && target.closest('.maplibregl-map') !== null;
for (const kind of ['keydown', 'wheel'])
  globalThis.addEventListener?.(kind, (event) => onMap(event) || hands.worked(event.timeStamp), {
    // Before whoever keeps it to himself.
    ...{ capture: true, passive: true },
  });
for (const kind of ['pointermove', 'pointerdown'])
  globalThis.addEventListener?.(kind, (event) => onMap(event) && hands.pointed(), { capture: true, passive: true });
