const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/**
 * Ms to wait before attempt `n` (0 = the first after a loss): doubling from 0.5 s to 15 s, shortened by up to a quarter so
 * that feeds that were lost together don't all come back together. The share depends on id and attempt alone.
 */
export function backoffMs(n: number, id: string): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(n, 10));
  let hash = n + 1;
  for (const c of id) hash = (Math.imul(hash, 31) + (c.codePointAt(0) ?? 0)) >>> 0;
  return Math.round(full * (1 - (0.25 * (hash % 1000)) / 1000));
}
