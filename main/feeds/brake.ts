import type { Clock } from '../clock.ts';

/** Refused messages a second beyond which a source is told to wait. */
const MOST_REFUSED = 100;
/** Pings a second that are answered. */
const MOST_PINGS = 10;
/** Work at a stretch, ms: what a window or another feed may have to wait for. */
const STRETCH_MS = 20;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;
/** A source that kept its peace for so long after a wait begins anew with a short one. */
const FORGIVEN_MS = 30_000;

/** Why a source has to wait, and how long. */
export interface Wait {
  ms: number;
  because: 'rate' | 'work' | 'refused';
}

/**
 * Keeps one source from taking the hall's thread: by what its messages cost, however few they are, and by how many of them are
 * refused, which costs most and brings nothing.
 */
export interface Brake {
  /** A message was dealt with. @param ms what it cost. */
  took(ms: number, refused: boolean): Wait | null;
  /** False for a ping beyond those that are answered; so many of them are as good as refused messages. */
  ping(): boolean;
}

/** @param limits.workShare of the hall's thread, 0 … 1, that this source may use. */
export function createBrake(clock: Clock, limits: { messagesPerSecond: number; workShare: number }): Brake {
  const { messagesPerSecond, workShare } = limits;
  let second = 0;
  let messages = 0;
  let refusals = 0;
  let pings = 0;
  /** Ms of work not yet paid for by time that passed. */
  let debt = 0;
  let paidAt = clock.monotonic();
  let waits = 0;
  let waitedUntil = Number.NEGATIVE_INFINITY;

  const roll = (now: number): void => {
    if (Math.floor(now / 1000) === second) return;
    second = Math.floor(now / 1000);
    messages = 0;
    refusals = 0;
    pings = 0;
  };

  return {
    took(ms, refused) {
      const now = clock.monotonic();
      roll(now);
      debt = Math.max(0, debt - (now - paidAt) * workShare) + ms;
      paidAt = now;
      messages++;
      if (refused && ++refusals >= MOST_REFUSED) {
        refusals = 0;
        if (now - waitedUntil >= FORGIVEN_MS) waits = 0;
        const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** waits++);
        waitedUntil = now + wait;
        return { ms: wait, because: 'refused' };
      }
      if (messages >= messagesPerSecond) return { ms: 1000 - (now % 1000), because: 'rate' };
      if (debt > STRETCH_MS) return { ms: debt / workShare, because: 'work' };
      return null;
    },
    ping() {
      roll(clock.monotonic());
      return ++pings <= MOST_PINGS;
    },
  };
}
