import type { Level } from '../words.ts';
import type { Alarm } from './alarm.ts';
import { type Measuring, measuring } from './measure.ts';
import { type AlarmRule, acted, initialWatch, termsOf, type WatchState, watch } from './rules.ts';
import type { Said } from './said.ts';

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

const STATION = 'trial';

interface Point {
  state: WatchState;
  alarm: Pick<Alarm, 'state' | 'level' | 'occurrence' | 'holds'>;
  readonly measuring: Measuring;
  episode: { source: string; from: number; to: number | null; level: Level; value: number } | null;
  /** When something was heard last, for rules of silence. */
  last: number | null;
}

/** Tries one rule as {@link watch} would have it, with one station and everybody acknowledging at once. */
export function tryRule(rule: AlarmRule): Trial {
  const points = new Map<string, Point>();
  const found: NonNullable<Point['episode']>[] = [];

  const pointOf = (source: string): Point => {
    const known = points.get(source);
    if (known) return known;
    const alarm: Point['alarm'] = { state: 'normal', level: 4, occurrence: 0, holds: [] };
    const point: Point = {
      ...{ state: initialWatch(rule), alarm, measuring: measuring(rule.measure), episode: null, last: null },
    };
    points.set(source, point);
    return point;
  };

  const take = (source: string, point: Point, said: Said): void => {
    const { state, verdict } = watch(rule, point.state, said, point.alarm, STATION);
    point.state = state;
    if (!verdict || 'hold' in verdict) return;
    if ('clear' in verdict) {
      point.alarm = { ...point.alarm, state: 'normal', holds: [] };
      if (point.episode) point.episode.to = said.t;
      point.episode = null;
    } else if (point.episode) {
      point.episode.level = verdict.raise;
      point.alarm = { ...point.alarm, level: verdict.raise };
    } else {
      point.episode = { source, from: said.t, to: null, level: verdict.raise, value: said.value };
      found.push(point.episode);
      const occurrence = point.alarm.occurrence + 1;
      const holds = [{ station: STATION, terms: termsOf(rule) }];
      point.alarm = { state: 'acknowledged', level: verdict.raise, occurrence, holds };
    }
    point.state = acted(point.state, verdict, point.alarm.occurrence);
  };

  /** Silence is told at each threshold that it reached before `t`. */
  const silentUntil = (source: string, point: Point, t: number): void => {
    if (rule.measure !== 'silence' || point.last === null) return;
    const since = point.last;
    const reached = rule.levels.map(({ raise }) => raise).filter((minutes) => since + minutes * 60_000 <= t);
    for (const minutes of reached.sort((a, b) => a - b))
      take(source, point, { t: since + minutes * 60_000, value: minutes, quality: 'good' });
  };

  return {
    heard(source, said) {
      const point = pointOf(source);
      silentUntil(source, point, said.t);
      point.last = Math.max(point.last ?? said.t, said.t);
      const measured = point.measuring.heard(said);
      if (measured) take(source, point, measured);
    },
    end(t) {
      for (const [source, point] of points) silentUntil(source, point, t);
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
