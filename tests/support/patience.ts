import { availableParallelism, loadavg } from 'node:os';

/**
 * What a step in a real browser or desktop app may take, in ms. Long, because nothing is measured with it: on a machine that does
 * fifteen things at once on two cores a page stands after a minute, and a step that never comes still ends the test by name.
 */
export const PATIENCE_MS = 90_000;

/**
 * How many times longer than on an idle machine something may take now: programs that want to run, for each core. 1 to 20.
 * Where the system does not tell its load (Windows), 1.
 */
export function slowness(): number {
  const [lastMinute = 0] = loadavg();
  return Math.min(20, Math.max(1, lastMinute / availableParallelism()));
}
