import type { LedgerEvent } from './envelope.ts';

/** What the merge order looks at. */
export type OrderKey = Pick<LedgerEvent, 'hlc' | 'station' | 'stream' | 'seq'>;

/**
 * The merge order: (hlc, station, stream, seq). Total, the same on every station, and it agrees with cause and effect, because a
 * hybrid time is always later than every time its writer had seen.
 */
export function compareOrder(a: OrderKey, b: OrderKey): number {
  if (a.hlc !== b.hlc) return a.hlc < b.hlc ? -1 : 1;
  if (a.station !== b.station) return a.station < b.station ? -1 : 1;
  if (a.stream !== b.stream) return a.stream < b.stream ? -1 : 1;
  return a.seq - b.seq;
}

/** How far each chain is held: key of the chain (`ops/hall-a`) → last seq, without gaps. Made by {@link haveOf}, so that a chain called `constructor` is absent until it is there. */
export type Have = Readonly<Record<string, number>>;

/** A {@link Have} without a prototype. */
export function haveOf(entries: Iterable<readonly [chain: string, seq: number]>): Have {
  const have: Record<string, number> = Object.create(null);
  for (const [chain, seq] of entries) have[chain] = seq;
  return have;
}

/** Chains and first missing seq of what `theirs` lacks and `ours` has. */
export function missing(ours: Have, theirs: Have): { chain: string; from: number; to: number }[] {
  const gaps: { chain: string; from: number; to: number }[] = [];
  for (const chain of Object.keys(ours).sort()) {
    const to = ours[chain] ?? 0;
    const from = (Object.hasOwn(theirs, chain) ? (theirs[chain] ?? 0) : 0) + 1;
    if (from <= to) gaps.push({ chain, from, to });
  }
  return gaps;
}
