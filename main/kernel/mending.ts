import type { Clock } from '../clock.ts';

/** After a failure it is tried again, each time later. */
const FIRST_MS = 1000;
const LATEST_MS = 600_000;

/** What is done beside all else until it is done. */
export interface Mending {
  /** Begins, unless it goes on already. */
  start(anew: boolean): void;
  /** Begins in a while. */
  later(anew: boolean): void;
  /** The attempt that goes on. */
  now(): Promise<void> | null;
  /** It is done: the next failure is the first. */
  done(): void;
  close(): void;
}

/** @param failed hears why, and tells whether the next attempt makes it anew */
export function createMending(options: {
  attempt(anew: boolean): Promise<void>;
  failed(cause: unknown, anew: boolean): boolean;
  clock: Pick<Clock, 'setTimeout'>;
}): Mending {
  const { attempt, failed, clock } = options;
  let going: Promise<void> | null = null;
  let wait = FIRST_MS;
  let cancel = () => {};
  let closed = false;

  function start(anew: boolean): void {
    if (going || closed) return;
    cancel();
    going = attempt(anew)
      .catch((cause: unknown) => later(failed(cause, anew)))
      .finally(() => {
        going = null;
      });
  }
  function later(anew: boolean): void {
    if (closed) return;
    cancel();
    cancel = clock.setTimeout(() => start(anew), wait);
    wait = Math.min(2 * wait, LATEST_MS);
  }
  return {
    start,
    later,
    now: () => going,
    done() {
      wait = FIRST_MS;
    },
    close() {
      closed = true;
      cancel();
    },
  };
}
