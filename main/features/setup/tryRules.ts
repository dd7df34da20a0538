import { type Fence, fenceOf, reachOf } from '../../../core/alarms/fence.ts';
import { indexRules } from '../../../core/alarms/ruleIndex.ts';
import type { AlarmRule } from '../../../core/alarms/rules.ts';
import { type Episode, mostWithin, type Trial, tryRule } from '../../../core/alarms/trial.ts';
import type { LonLat } from '../../../core/places/geo.ts';
import type { Level } from '../../../core/words.ts';
import type { TelemetryHistory } from '../../../native/sqlite/telemetryHistory.ts';

/** What a rule would have done. */
export interface TriedRule {
  readonly rule: string;
  readonly name: AlarmRule['name'];
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

/** What of a hall rules are tried on. */
export interface TriedThings {
  readonly sensors: readonly { readonly id: string; readonly kind: string }[];
  readonly units: readonly { readonly id: string; readonly kind: string }[];
  /** Where what areas are around is, by its id. */
  readonly places: ReadonlyMap<string, LonLat>;
}

/**
 * Tries rules on what a hall's sensors and units said, without raising anything: what they would have come to, had they been there. Takes as long as
 * reading all of it.
 */
export function tryRules(
  rules: readonly AlarmRule[],
  { sensors, units, places }: TriedThings,
  history: Pick<TelemetryHistory, 'of' | 'positionsOf'>,
  from: number,
): TriedRules {
  const trials = new Map<AlarmRule, { trial: Trial; fence: Fence | null; sensors: number; heard: Set<string> }>(
    rules.map((rule) => {
      const fence = rule.area ? fenceOf(rule.area, (id) => places.get(id), reachOf(rule)) : null;
      return [rule, { trial: tryRule(rule), fence, sensors: 0, heard: new Set<string>() }];
    }),
  );
  const watchedBy = (what: 'sensor' | 'unit', things: TriedThings['sensors']) => {
    const index = indexRules(rules, what);
    const watching = new Map(
      things.flatMap((thing) => {
        const tried = index.of(thing).flatMap((rule) => trials.get(rule) ?? []);
        for (const each of tried) each.sensors++;
        return tried.length > 0 ? [[thing.id, tried] as const] : [];
      }),
    );
    return { watching, ids: new Set(watching.keys()) };
  };
  let values = 0;
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const looked = (t: number): void => {
    [first, last] = [Math.min(first, t), Math.max(last, t)];
    values++;
  };
  const ofSensors = watchedBy('sensor', sensors);
  for (const { sensor, t, value, quality } of history.of(ofSensors.ids, from)) {
    for (const { trial, heard } of ofSensors.watching.get(sensor) ?? []) {
      heard.add(sensor);
      trial.heard(sensor, { t, value, quality: QUALITIES[quality] ?? 'bad' });
    }
    looked(t);
  }
  const ofUnits = watchedBy('unit', units);
  for (const { unit, t, ...point } of ofUnits.ids.size > 0 ? history.positionsOf(ofUnits.ids, from) : []) {
    for (const { trial, heard, fence } of ofUnits.watching.get(unit) ?? []) {
      heard.add(unit);
      if (fence) trial.heard(unit, { t, value: fence.inside(point), quality: 'good' });
    }
    looked(t);
  }
  const span = values === 0 ? null : { from: first, to: last };
  const until = span?.to ?? from;
  const all: Episode[] = [];
  const tried = [...trials].map(([{ rule, name }, { trial, sensors: watches, heard }]): TriedRule => {
    const episodes = trial.end(until);
    all.push(...episodes);
    return { rule, name, sensors: watches, heard: heard.size, ...summed(episodes, until) };
  });
  const mostInTenMinutes = mostWithin(
    all.sort((a, b) => a.from - b.from),
    TEN_MINUTES_MS,
  );
  return { rules: tried, values, span, mostInTenMinutes };
}

function summed(episodes: readonly Episode[], until: number): Omit<TriedRule, 'rule' | 'name' | 'sensors' | 'heard'> {
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
