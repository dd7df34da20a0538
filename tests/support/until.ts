import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 20;

/** How long {@link until} waits (default 10 s) and what the failure names. */
export interface UntilOptions {
  readonly within?: number;
  readonly what?: string;
}

/**
 * Waits until a condition holds, and gives back what it returned.
 *
 * @param condition holds when it returns something truthy; an error it throws counts as "not yet".
 * @throws {Error} naming `what` once `within` milliseconds have passed, with the condition's last error as the cause.
 */
export async function until<T>(condition: () => T | Promise<T>, options: UntilOptions = {}): Promise<NonNullable<T>> {
  const within = options.within ?? 10_000;
  const deadline = performance.now() + within;
  let cause: unknown;
  for (;;) {
    try {
      const value = await condition();
      if (value) return value;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (performance.now() >= deadline) {
      throw new Error(`${options.what ?? 'The condition'} did not come true within ${within} ms.`, { cause });
    }
    await delay(POLL_MS);
  }
}
