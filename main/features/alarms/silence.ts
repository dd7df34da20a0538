import { nextSilence } from '../../../core/alarms/measure.ts';
import type { RuleIndex } from '../../../core/alarms/ruleIndex.ts';
import type { Clock } from '../../clock.ts';
import type { Deadlines } from '../../kernel/deadlines.ts';
import type { RuleWatch } from './ruleWatch.ts';

const MINUTE_MS = 60_000;

/** Counts the silence of sensors that a rule watches for it. */
export interface Silence {
  /** Something was heard of it. */
  heard(sensor: string): void;
  close(): void;
}

/**
 * Tells the rules of silence when one of their thresholds is reached. It is counted by the hall's own clock: of a gauge that a feed names from the hall's start
 * on, as one that is never heard is as silent as one that stopped; of any other from its first word on.
 */
export function createSilence(options: {
  index: RuleIndex;
  sensors: Iterable<{ id: string; kind: string }>;
  /** Whether something is to be heard of a sensor: a feed names it. */
  isClaimed(sensor: string): boolean;
  watch: Pick<RuleWatch, 'silent'>;
  clock: Pick<Clock, 'now' | 'monotonic'>;
  deadlines: Deadlines;
}): Silence {
  const { index, isClaimed, watch, clock } = options;
  /** Sensors that have been heard. */
  const spoken = new Set<string>();
  /** Of each sensor that is watched: since when nothing was heard of it, monotonic ms. */
  const since = new Map<string, number>();
  const rulesOf = new Map(
    [...options.sensors].flatMap((sensor) => {
      const rules = index.of(sensor).filter(({ measure }) => measure === 'silence');
      return rules.length > 0 ? [[sensor.id, rules] as const] : [];
    }),
  );
  /** Those of which a rule was told that they are silent. */
  const told = new Set<string>();
  const line = options.deadlines.kind('silence', (sensor) => {
    if (!spoken.has(sensor) && !isClaimed(sensor)) return;
    const minutes = (clock.monotonic() - (since.get(sensor) ?? clock.monotonic())) / MINUTE_MS;
    const rules = rulesOf.get(sensor) ?? [];
    if (rules.some(({ levels }) => levels.some(({ raise }) => raise <= minutes))) {
      told.add(sensor);
      watch.silent(sensor, minutes, clock.now());
    }
    wait(sensor, minutes);
  });
  /** @param minutes that it has lasted */
  const wait = (sensor: string, minutes: number): void => {
    const next = (rulesOf.get(sensor) ?? []).flatMap((rule) => nextSilence(rule, minutes) ?? []);
    line.set(sensor, next.length > 0 ? (since.get(sensor) ?? 0) + Math.min(...next) * MINUTE_MS : null);
  };
  for (const sensor of rulesOf.keys()) {
    since.set(sensor, clock.monotonic());
    wait(sensor, 0);
  }
  return {
    heard(sensor) {
      if (!rulesOf.has(sensor)) return;
      since.set(sensor, clock.monotonic());
      // What was due is due later, which it finds out by itself: a gauge may speak ten times a second.
      const isFirst = !spoken.has(sensor);
      if (isFirst) spoken.add(sensor);
      if (told.delete(sensor) || isFirst) wait(sensor, 0);
    },
    close: () => line.close(),
  };
}
