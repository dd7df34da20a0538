import { z } from 'zod';
import { LevelBody, TextBody } from '../bodies.ts';
import type { Level } from '../words.ts';

const Threshold = z
  .object({
    level: LevelBody,
    /** Raises at or beyond this value. */
    raise: z.number(),
    /** Clears at or beyond this value, on the safe side of `raise`: the dead band. */
    clear: z.number(),
    /** Seconds the value must stay beyond before it counts. */
    for: z.number().min(0).max(86400).default(0),
  })
  .strict();

/** An alarm rule as it is written in resources/rules/*.yaml. */
export const AlarmRule = z
  .object({
    rule: z.string().regex(/^[a-z0-9-]+$/, 'lower-case letters, digits and hyphens'),
    name: TextBody,
    sensor: z.object({ kind: z.string(), ids: z.array(z.string()).optional() }).strict(),
    /** Whether high or low values are the bad ones. */
    direction: z.enum(['high', 'low']).default('high'),
    levels: z.array(Threshold).min(1).max(4),
    /** Kind of incident such an alarm becomes. */
    incident: z.string().default('other'),
  })
  .strict()
  .superRefine((rule, context) => {
    rule.levels.forEach((threshold, i) => {
      const safe = rule.direction === 'high' ? threshold.clear < threshold.raise : threshold.clear > threshold.raise;
      if (!safe) {
        context.addIssue({
          code: 'custom',
          path: ['levels', i, 'clear'],
          message: `clear must be ${rule.direction === 'high' ? 'below' : 'above'} raise (${threshold.raise}), or the alarm would flutter`,
        });
      }
    });
  });
export type AlarmRule = z.infer<typeof AlarmRule>;

/** A rules file. */
export const AlarmRules = z.object({ rules: z.array(AlarmRule).max(500) }).strict();

/** Where one rule stands with one sensor. */
export interface WatchState {
  /** The level that is up, or null. */
  up: Level | null;
  /** Per threshold of the rule: since when (source's ms) it has been beyond `raise` or, when up, beyond `clear`; null while it is not. */
  since: readonly (number | null)[];
  cleared: number | null;
}

export type Verdict = { raise: Level } | { clear: true } | null;

export function initialWatch(rule: AlarmRule): WatchState {
  return { up: null, since: rule.levels.map(() => null), cleared: null };
}

/**
 * Takes one observation (t in ms, by the source's clock) to the next state and says whether the alarm is to be raised,
 * raised to a worse level, or cleared (SPEC A10).
 */
export function watch(
  rule: AlarmRule,
  state: WatchState,
  observation: { t: number; value: number },
): { state: WatchState; verdict: Verdict } {
  const { t, value } = observation;
  const beyond = (limit: number) => (rule.direction === 'high' ? value >= limit : value <= limit);
  const since = rule.levels.map((threshold, i) => (beyond(threshold.raise) ? (state.since[i] ?? t) : null));

  const reached = rule.levels
    .filter((threshold, i) => {
      const from = since[i];
      return from !== null && from !== undefined && t - from >= threshold.for * 1000;
    })
    .map((threshold) => threshold.level)
    .sort((a, b) => a - b)[0];
  if (reached !== undefined && (state.up === null || reached < state.up)) {
    return { state: { up: reached, since, cleared: null }, verdict: { raise: reached } };
  }

  if (state.up !== null) {
    const mildest = rule.levels.reduce((a, b) => (b.level > a.level ? b : a));
    const safe = rule.direction === 'high' ? value <= mildest.clear : value >= mildest.clear;
    const cleared = safe ? (state.cleared ?? t) : null;
    if (cleared !== null && t - cleared >= mildest.for * 1000) {
      return { state: { up: null, since, cleared: null }, verdict: { clear: true } };
    }
    return { state: { ...state, since, cleared }, verdict: null };
  }
  return { state: { ...state, since }, verdict: null };
}
