import type { Level } from '../words.ts';
import type { Alarm } from './alarm.ts';
import { type Measuring, measuring } from './measure.ts';
import { type AlarmRule, acted, initialWatch, termsOf, type WatchState, watch } from './rules.ts';
import type { Said } from './said.ts';
import type { Usual } from './usual.ts';

/** What became of a condition: it began to hold, got worse, or holds no more. */
export type Change = { readonly t: number; readonly value: number } & (
  | { readonly began: Level }
  | { readonly worse: Level }
  | { readonly ended: true }
);

/** One rule at one source as {@link watch} has it, with one station and everybody acknowledging at once: nothing is raised, and nobody is told. */
export interface Condition {
  /** Takes what the source said next. */
  heard(said: Said): readonly Change[];
  /** Takes what was measured of it already: so many minutes of silence. */
  take(said: Said): readonly Change[];
  /** Silence lasts until `t`: takes each threshold of it that was reached before. */
  until(t: number): readonly Change[];
  readonly holds: boolean;
}

const STATION = 'condition';

/** @param usual what the source usually says, for a rule that is about that */
export function createCondition(rule: AlarmRule, usual: Usual | null = null): Condition {
  const measure: Measuring = measuring(rule.measure, usual);
  let state: WatchState = initialWatch(rule);
  let alarm: Pick<Alarm, 'state' | 'level' | 'occurrence' | 'holds'> = {
    ...{ state: 'normal', level: 4, occurrence: 0, holds: [] },
  };
  let last: number | null = null;

  const take = (said: Said): readonly Change[] => {
    const step = watch(rule, state, said, alarm, STATION);
    const { verdict } = step;
    state = step.state;
    if (!verdict || 'hold' in verdict) return [];
    const { t, value } = said;
    const held = alarm.state !== 'normal';
    let change: Change;
    if ('clear' in verdict) {
      alarm = { ...alarm, state: 'normal', holds: [] };
      change = { t, value, ended: true };
    } else if (held) {
      alarm = { ...alarm, level: verdict.raise };
      change = { t, value, worse: verdict.raise };
    } else {
      const holds = [{ station: STATION, terms: termsOf(rule) }];
      alarm = { state: 'acknowledged', level: verdict.raise, occurrence: alarm.occurrence + 1, holds };
      change = { t, value, began: verdict.raise };
    }
    state = acted(state, verdict, alarm.occurrence);
    return [change];
  };

  const until = (t: number): readonly Change[] => {
    if (rule.measure !== 'silence' || last === null) return [];
    const since = last;
    return rule.levels
      .map(({ raise }) => raise)
      .filter((minutes) => since + minutes * 60_000 <= t)
      .sort((a, b) => a - b)
      .flatMap((minutes) => take({ t: since + minutes * 60_000, value: minutes, quality: 'good' }));
  };

  return {
    heard(said) {
      const silent = until(said.t);
      last = Math.max(last ?? said.t, said.t);
      const measured = measure.heard(said);
      return measured ? [...silent, ...take(measured)] : silent;
    },
    take,
    until,
    get holds() {
      return alarm.state !== 'normal';
    },
  };
}
