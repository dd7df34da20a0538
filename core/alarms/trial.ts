import type { Level } from '../words.ts';
import { type Change, type Condition, createCondition } from './condition.ts';
import type { AlarmRule } from './rules.ts';
import type { Said } from './said.ts';
import type { Usual } from './usual.ts';

/** One time that a rule would have raised an alarm. */
export interface Episode {
  readonly source: string;
  /** Source's ms. */
  readonly from: number;
  /** When it would have cleared; null where it would still be up. */
  readonly to: number | null;
  /** The worst that it would have come to. */
  readonly level: Level;
  /** The value that raised it first. */
  readonly value: number;
}

/** A rule tried on what sensors said before: nothing is raised, and nobody is told. */
export interface Trial {
  /** Takes what a sensor said next. */
  heard(source: string, said: Said): void;
  /** What was found, in the order in which it began. @param t ms up to which was listened: silence lasts until then */
  end(t: number): readonly Episode[];
}

/** Tries one rule at every source that speaks. @param usualOf what a source usually says, for a rule that is about that */
export function tryRule(rule: AlarmRule, usualOf: (source: string) => Usual | null = () => null): Trial {
  type Writable = { -readonly [K in keyof Episode]: Episode[K] };
  const points = new Map<string, { condition: Condition; episode: Writable | null }>();
  const found: Writable[] = [];

  const pointOf = (source: string) => {
    const known = points.get(source);
    if (known) return known;
    const point = { condition: createCondition(rule, usualOf(source)), episode: null };
    points.set(source, point);
    return point;
  };

  const note = (source: string, changes: readonly Change[]): void => {
    const point = pointOf(source);
    for (const change of changes) {
      if ('began' in change) {
        point.episode = { source, from: change.t, to: null, level: change.began, value: change.value };
        found.push(point.episode);
      } else if (point.episode && 'worse' in change) point.episode.level = change.worse;
      else if (point.episode) {
        point.episode.to = change.t;
        point.episode = null;
      }
    }
  };

  return {
    heard: (source, said) => note(source, pointOf(source).condition.heard(said)),
    end(t) {
      for (const [source, { condition }] of points) note(source, condition.until(t));
      return found.toSorted((a, b) => a.from - b.from);
    },
  };
}

/** Most of these that began within so many ms: what one person would have been called to. @param episodes in the order in which they began */
export function mostWithin(episodes: readonly Pick<Episode, 'from'>[], ms: number): number {
  let [most, first] = [0, 0];
  for (const [i, { from }] of episodes.entries()) {
    while (from - (episodes[first]?.from ?? from) >= ms) first++;
    most = Math.max(most, i - first + 1);
  }
  return most;
}
