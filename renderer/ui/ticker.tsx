import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';

/** One clock for a window: every age and countdown on the screen ticks with it. */
export interface Ticker {
  /** Wall time of the last tick, in ms. */
  now(): number;
  subscribe(listener: () => void): () => void;
  stop(): void;
}

/** So many are told between two frames: a queue has dozens of ages, and drawn all at once they would be the longest frame of a second. */
const AT_ONCE = 12;
/** A frame, and a little. */
const FRAME_MS = 18;

/** Starts a ticker that tells its listeners the time every `everyMs`, a few of them at a time. */
export function createTicker(everyMs = 1000, read: () => number = () => Date.now()): Ticker {
  let now = read();
  const listeners = new Set<() => void>();
  /** Who has not been told of the last tick. */
  let waiting = new Set<() => void>();
  let next: ReturnType<typeof setTimeout> | undefined;
  const tellSome = (): void => {
    next = undefined;
    for (const listener of [...waiting].slice(0, AT_ONCE)) {
      waiting.delete(listener);
      listener();
    }
    if (waiting.size > 0) next = setTimeout(tellSome, FRAME_MS);
  };
  const timer = setInterval(() => {
    now = read();
    // Those first that a slow page has not come to yet.
    waiting = new Set([...waiting, ...listeners]);
    if (next === undefined) tellSome();
  }, everyMs);
  return {
    now: () => now,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        waiting.delete(listener);
      };
    },
    stop() {
      clearInterval(timer);
      clearTimeout(next);
    },
  };
}

const TickerContext = createContext<Ticker | null>(null);

export function TickerProvider({ ticker, children }: { ticker: Ticker; children: ReactNode }) {
  return <TickerContext value={ticker}>{children}</TickerContext>;
}

/** The window's. @throws Error outside a TickerProvider */
export function useTicker(): Ticker {
  const ticker = useContext(TickerContext);
  if (ticker === null) throw new Error('useTicker needs a <TickerProvider> above it');
  return ticker;
}

/** The wall time of the window's last tick, in ms; renders again every second. */
export function useNow(): number {
  const { subscribe, now } = useTicker();
  return useSyncExternalStore(subscribe, now);
}

/** What is said of the time of the last tick, a plain value; renders again only when that is another. */
export function useSaidOfNow<V extends string | number | boolean>(say: (now: number) => V): V {
  const { subscribe, now } = useTicker();
  return useSyncExternalStore(subscribe, () => say(now()));
}
