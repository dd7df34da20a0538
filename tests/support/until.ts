import { setTimeout as delay } from 'node:timers/promises';
import { slowness } from './patience.ts';

const POLL_MS = 20;

/** How long {@link until} waits on an idle machine (default 10 s; a busy one gets as much longer as it is busy) and what the failure names. */
export interface UntilOptions {
  readonly within?: number;
  readonly what?: string;
}

/**
 * Waits until a condition holds, and gives back what it returned.
 *
 * @param condition holds when it returns something truthy; an error it throws counts as "not yet".
 * @throws {Error} naming `what` once `within` milliseconds, times the machine's slowness, have passed, with the condition's last error as
 * the cause.
 */
export async function until<T>(condition: () => T | Promise<T>, options: UntilOptions = {}): Promise<NonNullable<T>> {
  const within = options.within ?? 10_000;
  const began = performance.now();
  let factor = 1;
  let cause: unknown;
  for (;;) {
    try {
      const value = await condition();
      if (value) return value;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    factor = Math.max(factor, slowness());
    const waited = performance.now() - began;
    if (waited >= within * factor) {
      throw new Error(`${options.what ?? 'The condition'} did not come true within ${Math.round(waited)} ms.`, {
        cause,
      });
    }
    await delay(POLL_MS);
  }
}
