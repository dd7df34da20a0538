import { createRoundTrips } from '../../core/roundTrips.ts';

/** How far a peer's wall clock is from ours, by round trips. */
export interface ClockOffset {
  /** Peer minus ours in ms; null until measured. */
  readonly ms: number | null;
  ask(now: { mono: number }): number;
  /** False for an answer to what was not asked. */
  answer(n: number, theirWall: number, now: { wall: number; mono: number }): boolean;
}

/** Questions that may be open at once; what is older gets no answer any more. */
const WAITING = 8;
/** What a Date can hold, in ms: no clock says more. */
const FARTHEST = 8.64e15;

export function createClockOffset(): ClockOffset {
  let asked = 0;
  let waiting: { n: number; at: number }[] = [];
  const trips = createRoundTrips<number>();
  return {
    get ms() {
      const best = trips.best();
      return best === undefined ? null : Math.round(best);
    },
    ask(now) {
      waiting = [...waiting.slice(1 - WAITING), { n: ++asked, at: now.mono }];
      return asked;
    },
    answer(n, theirWall, now) {
      const question = waiting.find((one) => one.n === n);
      if (!question) return false;
      waiting = waiting.filter((one) => one !== question);
      const trip = now.mono - question.at;
      trips.add(trip, Math.min(Math.max(theirWall, -FARTHEST), FARTHEST) + trip / 2 - now.wall);
      return true;
    },
  };
}
