/** Between which waits what was lost is tried again, in ms. */
export interface Backoff {
  readonly firstMs: number;
  readonly maxMs: number;
}

/**
 * Ms to wait before the next attempt: doubled from attempt to attempt up to `maxMs`, and spread over the upper half of that, so that what
 * was lost together does not come back in the same instant.
 *
 * @param attempt 0 for the first wait
 * @param spread 0 ≤ r ≤ 1: by chance, or {@link spreadOf} a name
 */
export function backoffMs({ firstMs, maxMs }: Backoff, attempt: number, spread: number): number {
  const full = Math.min(maxMs, firstMs * 2 ** Math.min(attempt, 20));
  return Math.round(full / 2 + (full / 2) * spread);
}

/** A spread without chance: the same for a name and attempt, another for others. */
export function spreadOf(name: string, attempt: number): number {
  // FNV-1a, and its bits mixed once more: names that differ in their last letter lie apart.
  let hash = 0x811c9dc5;
  for (const char of `${name} ${attempt}`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  return (hash >>> 8) / 0xffffff;
}
