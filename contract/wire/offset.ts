import type { WireClock } from './clock.ts';

/** How the hall's clocks differ from this window's, from the answers to its pings. */
export interface Offset {
  /** Starts anew with the hall's first word; how long it travelled is not known. */
  reset(hall: { wallTime: number; now: number }): void;
  measure(pong: { at: number; wallTime: number; now: number }): void;
  wall(): number;
  monotonic(): number;
}

interface Sample {
  roundTrip: number;
  wall: number;
  monotonic: number;
}

const SAMPLES = 8;

/** Keeps the last few measurements and trusts the one that travelled shortest: its error is at most half its round trip. */
export function createOffset(clock: WireClock): Offset {
  let samples: Sample[] = [];
  let best: Sample = { roundTrip: Number.POSITIVE_INFINITY, wall: 0, monotonic: 0 };

  function add(sample: Sample): void {
    samples = [...samples, sample].slice(-SAMPLES);
    best = samples.reduce((a, b) => (b.roundTrip <= a.roundTrip ? b : a));
  }

  return {
    reset(hall) {
      samples = [];
      best = {
        roundTrip: Number.POSITIVE_INFINITY,
        wall: hall.wallTime - clock.now(),
        monotonic: hall.now - clock.monotonic(),
      };
    },
    measure({ at, wallTime, now }) {
      const here = clock.monotonic();
      const roundTrip = here - at;
      if (roundTrip < 0) return;
      add({ roundTrip, wall: wallTime + roundTrip / 2 - clock.now(), monotonic: now + roundTrip / 2 - here });
    },
    wall: () => best.wall,
    monotonic: () => best.monotonic,
  };
}
