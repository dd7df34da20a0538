import { createRoundTrips } from '../../core/roundTrips.ts';
import type { WireClock } from './clock.ts';

/** How the hall's clocks differ from this window's, from the answers to its pings. */
export interface Offset {
  /** Starts anew with the hall's first word; how long it travelled is not known. */
  reset(hall: { wallTime: number; now: number }): void;
  measure(pong: { at: number; wallTime: number; now: number }): void;
  wall(): number;
  monotonic(): number;
}

/** Until the first answer to a ping stands what the hall's first word said. */
export function createOffset(clock: WireClock): Offset {
  const trips = createRoundTrips<{ wall: number; monotonic: number }>();
  let first = { wall: 0, monotonic: 0 };
  const best = () => trips.best() ?? first;
  return {
    reset(hall) {
      trips.clear();
      first = { wall: hall.wallTime - clock.now(), monotonic: hall.now - clock.monotonic() };
    },
    measure({ at, wallTime, now }) {
      const here = clock.monotonic();
      const trip = here - at;
      if (trip < 0) return;
      trips.add(trip, { wall: wallTime + trip / 2 - clock.now(), monotonic: now + trip / 2 - here });
    },
    wall: () => best().wall,
    monotonic: () => best().monotonic,
  };
}
