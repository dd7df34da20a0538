/**
 * Time, as the hall sees it. The one place that reads the machine's clock: everything else is given a Clock, so that tests
 * drive time and two halls in one process can disagree about it.
 */
export interface Clock {
  /** Wall time in whole ms since 1970: for people. It may jump. */
  now(): number;
  /** Ms since some fixed moment: for durations. It never jumps. */
  monotonic(): number;
  /** Calls `fn` once after `ms`. Answers what cancels it. */
  setTimeout(fn: () => void, ms: number): () => void;
}

/** The machine's own clock. Its timers never keep the process alive. */
export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    setTimeout(fn, ms) {
      const timer = setTimeout(fn, ms);
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}

/** The zone this machine is set to, an IANA name; UTC where it is set to none that is known. */
export function systemZone(): string {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}

/** Calls `fn` every `ms`, the first time after one `ms`, until cancelled. */
export function every(clock: Clock, ms: number, fn: () => void): () => void {
  let cancel = clock.setTimeout(beat, ms);
  function beat(): void {
    cancel = clock.setTimeout(beat, ms);
    fn();
  }
  return () => cancel();
}
