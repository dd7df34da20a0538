import { AskError } from './askedSource.ts';

/** Tells a device one thing after another; what it was not told yet is dropped for what comes later. */
export type LastTold = (tell: (signal: AbortSignal) => Promise<unknown>) => Promise<void>;

/** @see LastTold. Whoever told what was dropped hears of nothing: what came later stands in its place. */
export function createLastTold(): LastTold {
  let waiting = new AbortController();
  return async (tell) => {
    waiting.abort();
    const mine = new AbortController();
    waiting = mine;
    try {
      await tell(mine.signal);
    } catch (error) {
      if (!(mine.signal.aborted && error instanceof AskError)) throw error;
    }
  };
}
