import { z } from 'zod';

/** What a rule asks before its alarm may clear: a value at or beyond `at`, on the safe side, for `for` seconds. */
export const ClearTerms = z.object({
  /** Whether high or low values are the bad ones. */
  direction: z.enum(['high', 'low']),
  at: z.number(),
  for: z.number().min(0).max(86400),
});
export type ClearTerms = z.infer<typeof ClearTerms>;

/** The terms of one station's rule, while its alarm is up (A11). */
export interface Hold {
  station: string;
  terms: ClearTerms;
}

/** Stations whose terms an alarm remembers: more than any group has. */
const MOST_HOLDS = 100;

export function sameTerms(a: ClearTerms, b: ClearTerms): boolean {
  return a.direction === b.direction && a.at === b.at && a.for === b.for;
}

export function isSafe(terms: ClearTerms, value: number): boolean {
  return terms.direction === 'high' ? value <= terms.at : value >= terms.at;
}

/** A station that went on under a new chain name is the same station. */
export function holderOf(chain: string): string {
  const mark = chain.indexOf('~');
  return mark < 0 ? chain : chain.slice(0, mark);
}

/** The holds after a station said its terms: they replace what it said before. */
export function withHold(holds: readonly Hold[], chain: string, terms: ClearTerms | undefined): readonly Hold[] {
  if (!terms) return holds;
  const station = holderOf(chain);
  return [...holds.filter((hold) => hold.station !== station), { station, terms }].slice(-MOST_HOLDS);
}
