/** How far a peer's wall clock is from ours, by round trips (Cristian, 1989): the shortest of the last few is the most exact. */
export interface ClockOffset {
  /** Peer minus ours in ms; null until measured. */
  readonly ms: number | null;
  ask(now: { mono: number }): number;
  answer(n: number, theirWall: number, now: { wall: number; mono: number }): void;
}

const KEPT = 8;

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
      if (!question || !Number.isFinite(theirWall)) return;
      waiting = waiting.filter((one) => one !== question);
      const roundTrip = now.mono - question.at;
      samples = [...samples.slice(1 - KEPT), { roundTrip, offset: theirWall + roundTrip / 2 - now.wall }];
    },
  };
}
