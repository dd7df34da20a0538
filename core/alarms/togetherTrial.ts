import type { Change } from './condition.ts';
import type { AlarmRule } from './rules.ts';
import { type Count, createTogether, type PlacedSource, togetherOf } from './together.ts';
import { type Episode, tryRule } from './trial.ts';

/** A rule that counts conditions, tried on what became of these. Times do not go back: who hears of an earlier one takes it for now. */
export interface TogetherTrial {
  changed(rule: string, source: PlacedSource, changes: readonly Change[], t: number): void;
  moved(source: PlacedSource, t: number): void;
  end(t: number): readonly Episode[];
}

/** @param anchors sources of the first condition */
export function tryTogether(rule: AlarmRule, anchors: Iterable<PlacedSource>): TogetherTrial | null {
  const of = togetherOf(rule);
  if (!of) return null;
  const together = createTogether(of, anchors);
  const trial = tryRule(rule);
  /** When the count of a source gets less by itself. */
  const due = new Map<string, number>();
  let now = Number.NEGATIVE_INFINITY;
  let soonest = Number.POSITIVE_INFINITY;

  const take = (counts: readonly Count[], t: number): void => {
    for (const { source, value, next } of counts) {
      trial.heard(source, { t, value, quality: 'good' });
      if (next === null) due.delete(source);
      else due.set(source, next);
    }
    if (counts.length > 0) soonest = Math.min(Number.POSITIVE_INFINITY, ...due.values());
  };
  const until = (t: number): void => {
    now = Math.max(now, t);
    while (soonest <= now) {
      const at = soonest;
      take(
        [...due].flatMap(([source, each]) => (each === at ? together.countAt(source, at) : [])),
        at,
      );
    }
  };

  return {
    changed(id, source, changes, t) {
      until(t);
      for (const change of changes) take(together.changed(id, source, !('ended' in change), now), now);
    },
    moved(source, t) {
      until(t);
      take(together.moved(source, now), now);
    },
    end(t) {
      until(t);
      return trial.end(now);
    },
  };
}
