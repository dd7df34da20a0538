import type { WireClock } from './clock.ts';

/** A window that is behind by so much says so, in ms. */
const BEHIND_MS = 2000;
/** Between pings of a window that is behind. */
const LOOK_MS = 1000;

/** The pings of one window, and what their answers tell: whether the hall is there, and how old what it said last is. */
export interface Pings {
  /** A connection is open: pings at once, and then every so often. */
  start(): void;
  /** Something came. */
  heard(): void;
  /** The hall answered a ping that was sent at `at`. @returns false when it came too late to tell anything of the hall's clocks */
  answered(at: number): boolean;
  /** How old what came last was when it came, ms; 0 for a window that keeps up. */
  behindMs(): number;
  /** The connection is gone. */
  stop(): void;
}

/**
 * The hall answers in the order in which it says everything else. So an answer is as late as what came with it, and while one is
 * missing, what came is from before the ping: late by the time since, less the way there. The way is half of the shortest round trip of all.
 *
 * @param pingMs between pings, and until one that nothing follows means that the connection is dead
 */
export function createPings(options: {
  clock: WireClock;
  pingMs: number;
  ping: (at: number) => void;
  silent: () => void;
}): Pings {
  const { clock, pingMs } = options;
  let shortest = Number.POSITIVE_INFINITY;
  /** When pings without an answer were sent, the oldest first. */
  let waiting: number[] = [];
  let late = 0;
  let heard = false;
  let cancelPing: () => void = () => {};
  let cancelLook: (() => void) | null = null;

  const lateness = (trip: number) => trip - (shortest === Number.POSITIVE_INFINITY ? 0 : shortest / 2);

  function behindMs(): number {
    const [oldest] = waiting;
    const least = oldest === undefined ? 0 : lateness(clock.monotonic() - oldest);
    const now = Math.max(late, least);
    return now < BEHIND_MS ? 0 : now;
  }

  function send(): void {
    const at = clock.monotonic();
    waiting.push(at);
    options.ping(at);
  }

  function pingOn(): void {
    heard = false;
    send();
    cancelPing = clock.setTimeout(() => (heard ? pingOn() : options.silent()), pingMs);
  }

  function stop(): void {
    cancelPing();
    cancelLook?.();
    cancelLook = null;
    waiting = [];
    late = 0;
  }

  return {
    start() {
      stop();
      pingOn();
    },
    heard() {
      heard = true;
    },
    answered(at) {
      const trip = clock.monotonic() - at;
      if (trip < 0) return false;
      waiting = waiting.filter((sent) => sent > at);
      shortest = Math.min(shortest, trip);
      late = lateness(trip);
      if (late < BEHIND_MS) return true;
      // Soon again, so that it is known when the window has caught up.
      cancelLook ??= clock.setTimeout(() => {
        cancelLook = null;
        send();
      }, LOOK_MS);
      return false;
    },
    behindMs,
    stop,
  };
}
