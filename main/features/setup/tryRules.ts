import { fenceOf, reachOf } from '../../../core/alarms/fence.ts';
import { indexRules } from '../../../core/alarms/ruleIndex.ts';
import type { AlarmRule } from '../../../core/alarms/rules.ts';
import { type Episode, mostWithin, tryRule } from '../../../core/alarms/trial.ts';
import type { Level } from '../../../core/words.ts';
import type { TelemetryHistory } from '../../../native/sqlite/telemetryHistory.ts';
import type { TriedThings } from './triedThings.ts';
import { tryConditions } from './tryConditions.ts';
import { tryUsuals } from './tryUsuals.ts';

/** What a rule would have done. */
export interface TriedRule {
  readonly rule: string;
  readonly name: AlarmRule['name'];
  /** It would have raised nothing by itself: how often it held is told. */
  readonly quiet: boolean;
  /** Of a rule of what is usual: of how many of its sensors enough days were known at the end; null for any other. */
  readonly known: number | null;
  /** Sensors, or units, that it watches, and those of them of which something is known. */
  readonly sensors: number;
  readonly heard: number;
  /** How often it would have raised an alarm, and by the worst level of each. */
  readonly raised: number;
  readonly levels: Readonly<Record<Level, number>>;
  /** Ms that the one lasted longest; null where none was raised. */
  readonly longest: number | null;
  /** Those that would still be up. */
  readonly up: number;
  /** The sensors or units with most of them, the most first. */
  readonly busiest: readonly { readonly sensor: string; readonly raised: number }[];
}

/** Rules tried on what sensors said. */
export interface TriedRules {
  readonly rules: readonly TriedRule[];
  /** Values that were looked at. */
  readonly values: number;
  /** When the first and the last of them were said, ms; null where there is none. */
  readonly span: { readonly from: number; readonly to: number } | null;
  /** Most alarms of all these rules that would have begun within ten minutes: EEMUA 191 has ten for one person as the most. */
  readonly mostInTenMinutes: number;
}

const TEN_MINUTES_MS = 600_000;
const MOST_BUSIEST = 3;
const QUALITIES = ['good', 'doubtful', 'bad'] as const;

/**
 * Tries rules on what a hall's sensors and units said, without raising anything: what they would have come to, had they been there. Takes as long as
 * reading all of it.
 *
 * @param others rules of the hall that may be conditions of those that are tried
 */
export function tryRules(
  rules: readonly AlarmRule[],
  things: TriedThings,
  history: Pick<TelemetryHistory, 'of' | 'positionsOf' | 'samplesOf'>,
  from: number,
  others: readonly AlarmRule[] = [],
): TriedRules {
  const usuals = tryUsuals([...rules, ...others], things, history, from);
  const trials = new Map(
    rules
      .filter(({ conditions }) => !conditions)
      .map((rule) => {
        const fence = rule.area ? fenceOf(rule.area, (id) => things.places.get(id), reachOf(rule)) : null;
        return [
          rule,
          { trial: tryRule(rule, usuals.of), fence, watches: new Set<string>(), heard: new Set<string>() },
        ] as const;
      }),
  );
  const watchedBy = (what: 'sensor' | 'unit', all: TriedThings['units']) => {
    const index = indexRules(rules, what);
    return new Map(
      all.flatMap((thing) => {
        const tried = index.of(thing).flatMap((rule) => trials.get(rule) ?? []);
        for (const each of tried) each.watches.add(thing.id);
        return tried.length > 0 ? [[thing.id, tried] as const] : [];
      }),
    );
  };
  const ofSensors = watchedBy('sensor', things.sensors);
  const ofUnits = watchedBy('unit', things.units);
  const counting = tryConditions(rules, others, things, usuals.of);
  let values = 0;
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const sensors = new Set([...ofSensors.keys(), ...counting.sensors]);
  const units = new Set([...ofUnits.keys(), ...counting.units]);
  const positions = units.size > 0 ? history.positionsOf(units, from) : [].values();
  for (const row of inOrder(history.of(sensors, from), positions)) {
    const { t } = row;
    if ('sensor' in row) {
      const { sensor, value } = row;
      const said = { t, value, quality: QUALITIES[row.quality] ?? 'bad' };
      for (const { trial, heard } of ofSensors.get(sensor) ?? []) {
        heard.add(sensor);
        trial.heard(sensor, said);
      }
      counting.said(sensor, said);
      usuals.heard(sensor, said);
    } else {
      const { unit, ...point } = row;
      for (const { trial, heard, fence } of ofUnits.get(unit) ?? []) {
        heard.add(unit);
        if (fence) trial.heard(unit, { t, value: fence.inside(point), quality: 'good' });
      }
      counting.moved(unit, point, t);
    }
    [first, last] = [Math.min(first, t), Math.max(last, t)];
    values++;
  }
  const span = values === 0 ? null : { from: first, to: last };
  const until = span?.to ?? from;
  const counted = new Map(counting.end(until).map((each) => [each.rule, each]));
  const all: Episode[] = [];
  const tried = rules.map((rule): TriedRule => {
    const alone = trials.get(rule);
    const episodes = alone?.trial.end(until) ?? counted.get(rule)?.episodes ?? [];
    if (!rule.quiet) all.push(...episodes);
    const watches = alone?.watches.size ?? counted.get(rule)?.sensors ?? 0;
    const heard = alone?.heard.size ?? counted.get(rule)?.heard ?? 0;
    const { name, quiet = false } = rule;
    const known = usuals.known(rule, until);
    return { rule: rule.rule, name, quiet, known, sensors: watches, heard, ...summed(episodes, until) };
  });
  const mostInTenMinutes = mostWithin(
    all.sort((a, b) => a.from - b.from),
    TEN_MINUTES_MS,
  );
  return { rules: tried, values, span, mostInTenMinutes };
}

/** Both, the earlier first; each stays in its own order. */
function* inOrder<A extends { readonly t: number }, B extends { readonly t: number }>(
  a: Iterator<A>,
  b: Iterator<B>,
): Generator<A | B> {
  let [left, right] = [a.next(), b.next()];
  while (!left.done || !right.done) {
    if (right.done || (!left.done && left.value.t <= right.value.t)) {
      yield (left as IteratorYieldResult<A>).value;
      left = a.next();
    } else {
      yield right.value;
      right = b.next();
    }
  }
}

function summed(
  episodes: readonly Episode[],
  until: number,
): Omit<TriedRule, 'rule' | 'name' | 'quiet' | 'known' | 'sensors' | 'heard'> {
  const levels = { 1: 0, 2: 0, 3: 0, 4: 0 };
  const bySensor = new Map<string, number>();
  for (const { level, source } of episodes) {
    levels[level]++;
    bySensor.set(source, (bySensor.get(source) ?? 0) + 1);
  }
  const busiest = [...bySensor].sort(([, a], [, b]) => b - a).slice(0, MOST_BUSIEST);
  return {
    ...{ raised: episodes.length, levels, up: episodes.filter(({ to }) => to === null).length },
    longest: episodes.length === 0 ? null : Math.max(...episodes.map(({ from, to }) => (to ?? until) - from)),
    busiest: busiest.map(([sensor, raised]) => ({ sensor, raised })),
  };
}
