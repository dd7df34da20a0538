/** How far a peer's wall clock is from ours, by round trips (Cristian, 1989): the shortest of the last few is the most exact. */
export interface ClockOffset {
  /** Peer minus ours in ms; null until measured. */
  readonly ms: number | null;
  ask(now: { mono: number }): number;
  /** False for an answer to what was not asked. */
  answer(n: number, theirWall: number, now: { wall: number; mono: number }): boolean;
}

const KEPT = 8;
/** What a Date can hold, in ms: no clock says more. */
const FARTHEST = 8.64e15;

export function createClockOffset(): ClockOffset {
  let asked = 0;
  let waiting: { n: number; at: number }[] = [];
  let samples: { roundTrip: number; offset: number }[] = [];
  return {
    get ms() {
      let best: { roundTrip: number; offset: number } | undefined;
      for (const sample of samples) if (best === undefined || sample.roundTrip < best.roundTrip) best = sample;
      return best === undefined ? null : Math.round(best.offset);
    },
    ask(now) {
      waiting = [...waiting.slice(1 - KEPT), { n: ++asked, at: now.mono }];
      return asked;
    },
    answer(n, theirWall, now) {
      const question = waiting.find((one) => one.n === n);
      if (!question) return false;
      waiting = waiting.filter((one) => one !== question);
      const roundTrip = now.mono - question.at;
      const wall = Math.min(Math.max(theirWall, -FARTHEST), FARTHEST);
      samples = [...samples.slice(1 - KEPT), { roundTrip, offset: wall + roundTrip / 2 - now.wall }];
      return true;
    },
  };
}
