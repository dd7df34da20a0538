import type { Clock } from '../clock.ts';

const WINDOW_MS = 50;

/** Decides when feeds must wait: too many records in a moment, or a journal that is not keeping up. */
export interface Pace {
  take(records: number): 'ok' | 'slow';
  ready(): Promise<void>;
}

/**
 * @param perSecond records a second, above which other work of the hall would wait for telemetry.
 * @param pressed true while there is another reason to wait.
 */
export function createPace(clock: Clock, perSecond: number, pressed: () => boolean): Pace {
  const budget = (perSecond * WINDOW_MS) / 1000;
  let window = 0;
  let used = 0;
  const slow = () => used > budget || pressed();
  const roll = () => {
    const now = Math.floor(clock.monotonic() / WINDOW_MS);
    if (now === window) return;
    // What one window took too much, the next ones have less.
    used = Math.max(0, used - budget * (now - window));
    window = now;
  };
  return {
    take(records) {
      roll();
      used += records;
      return slow() ? 'slow' : 'ok';
    },
    ready: () =>
      new Promise((resolve) => {
        const look = () => {
          roll();
          if (slow()) clock.setTimeout(look, WINDOW_MS - (clock.monotonic() % WINDOW_MS));
          else resolve();
        };
        look();
      }),
  };
}
