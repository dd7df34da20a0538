import type { Clock } from '../clock.ts';
import type { RoundsWatcher } from './rounds.ts';

/** A window that follows things; `every`: ms between two frames at the least. */
export type SeldomWatcher = Omit<RoundsWatcher, 'due'> & { readonly every?: number };

/** Has it told only so often. @param tickMs how often it is asked whether it is due */
export function seldom(
  { monotonic }: Pick<Clock, 'monotonic'>,
  { every = 0, push, ...watcher }: SeldomWatcher,
  tickMs: number,
): RoundsWatcher {
  let told = Number.NEGATIVE_INFINITY;
  return {
    ...watcher,
    // Half a tick early: a timer that comes a little sooner would cost a whole one.
    due: () => monotonic() - told >= every - tickMs / 2,
    push(frame) {
      told = monotonic();
      push(frame);
    },
  };
}
