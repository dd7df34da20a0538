import type { Decision } from './envelope.ts';

/** Two or more stations decided differently while apart; kept until a person has seen it. */
export interface Conflict {
  id: string;
  subject: string;
  field: string;
  values: { value: string; by: Decision; why?: string }[];
  stands: number;
  rule: string;
  seen: Decision | null;
}

/** A value, who wrote it, and why, where that was said. */
export interface Written<V> {
  value: V;
  by: Decision;
  why?: string;
}

/** So much of a reason is kept beside its value: as much as a person may give. The ledger has it whole. */
const WHY_KEPT = 500;

/**
 * A multi-value register: the writes that no later write had seen. One head is the plain case; more mean that stations
 * wrote while apart. Which one stands is the rule's to say; none is thrown away.
 */
export type Register<V> = readonly Written<V>[];

/** How a field decides between concurrent writes. The name is shown to people under `conflict.rule.<name>`. */
export interface StandingRule<V> {
  name: string;
  /** True when `a` goes before `b`. Heads come in merge order; of equals the earlier stands. */
  before(a: V, b: V): boolean;
}

/** So many heads of one field a writer says it had seen; more stations than that never differ about it, a forger's may. */
const MOST_SEEN = 32;

/** Event ids a writer must send along as `seen`, so that the fold can tell a later decision from a concurrent one. */
export function seenOf(register: Register<unknown>): string[] {
  return register.slice(0, MOST_SEEN).map((head) => head.by.event);
}

/**
 * The register after a write that had seen `seen`, and whatever was written to its own chain before: there are never more heads than
 * chains. Heads stay in merge order because events are folded in it.
 */
export function write<V>(
  register: Register<V>,
  value: V,
  by: Decision,
  seen: readonly string[],
  why?: string,
): Register<V> {
  const apart = register.filter((head) => head.by.station !== by.station && !seen.includes(head.by.event));
  return [...apart, { value, by, ...(why ? { why: why.slice(0, WHY_KEPT) } : {}) }];
}

/** Index of the head that stands. */
export function standing<V>(register: Register<V>, rule: StandingRule<V>): number {
  let best = 0;
  for (let i = 1; i < register.length; i++) {
    const candidate = register[i] as Written<V>;
    if (rule.before(candidate.value, (register[best] as Written<V>).value)) best = i;
  }
  return best;
}

/** The value that stands, or undefined for a register never written. */
export function standingValue<V>(register: Register<V>, rule: StandingRule<V>): V | undefined {
  return register[standing(register, rule)]?.value;
}

/** Conflicts that somebody has seen are kept so many a subject: an alarm lives for ever. Those nobody has seen are kept all. */
const SEEN_KEPT = 50;

function bounded(conflicts: readonly Conflict[]): Conflict[] {
  const seen = conflicts.filter((conflict) => conflict.seen !== null);
  const dropped = new Set(seen.slice(0, Math.max(0, seen.length - SEEN_KEPT)));
  return conflicts.filter((conflict) => !dropped.has(conflict));
}

/**
 * The subject's conflicts after `field` was written to: a new one when heads differ for the first time, the open one kept
 * up to date while they differ, and marked as seen by the writer who had seen every head and decided again.
 */
export function trackConflict<V extends string | number>(
  conflicts: readonly Conflict[],
  subject: string,
  field: string,
  register: Register<V>,
  rule: StandingRule<V>,
  by: Decision,
): Conflict[] {
  const open = conflicts.findIndex((c) => c.field === field && c.seen === null);
  const differs = new Set(register.map((head) => head.value)).size > 1;
  if (!differs) {
    return open < 0 ? [...conflicts] : conflicts.map((c, i) => (i === open ? { ...c, seen: by } : c));
  }
  const values = register.map(({ value, ...said }) => ({ ...said, value: String(value) }));
  const stands = standing(register, rule);
  if (open >= 0) return conflicts.map((c, i) => (i === open ? { ...c, values, stands } : c));
  return bounded([
    ...conflicts,
    { id: `${field}~${by.event}`, subject, field, values, stands, rule: rule.name, seen: null },
  ]);
}

/** Marks a conflict as seen; a second person's look changes nothing. */
export function markSeen(conflicts: readonly Conflict[], id: string, by: Decision): Conflict[] {
  return conflicts.map((c) => (c.id === id && c.seen === null ? { ...c, seen: by } : c));
}

/** Of concurrent writes the first in the merge order stands: others have acted upon it the longest. */
export const EARLIEST: StandingRule<string | number> = { name: 'earliest', before: () => false };

/** A conflict stays in sight until a person has seen it, whatever becomes of what it is about. */
export function allSeen({ conflicts }: { conflicts: readonly { seen: unknown }[] }): boolean {
  return conflicts.every((conflict) => conflict.seen !== null);
}
