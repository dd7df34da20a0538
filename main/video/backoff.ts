/** Milliseconds to wait before the next attempt. */
export interface BackoffRule {
  readonly firstMs: number;
  readonly maxMs: number;
}

/**
 * Doubles from attempt to attempt up to `maxMs`, and spreads each wait over its upper half, so that two hundred cameras
 * behind one switch do not all come back in the same instant.
 * @param attempt 0 for the first wait
 * @param random 0 ≤ r < 1
 */
export function backoffMs(rule: BackoffRule, attempt: number, random: number): number {
  const full = Math.min(rule.maxMs, rule.firstMs * 2 ** Math.min(attempt, 20));
  return Math.round(full / 2 + (full / 2) * random);
}
