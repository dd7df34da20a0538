import { indexRules } from '../../../core/alarms/ruleIndex.ts';
import type { AlarmRule } from '../../../core/alarms/rules.ts';
import { type Episode, mostWithin, type Trial, tryRule } from '../../../core/alarms/trial.ts';
import type { Level } from '../../../core/words.ts';
import type { TelemetryHistory } from '../../../native/sqlite/telemetryHistory.ts';

/** What a rule would have done. */
export interface TriedRule {
  readonly rule: string;
  readonly name: AlarmRule['name'];
  /** Sensors that it watches, and those of them of which something is known. */
  readonly sensors: number;
  readonly heard: number;
  /** How often it would have raised an alarm, and by the worst level of each. */
  readonly raised: number;
  readonly levels: Readonly<Record<Level, number>>;
  /** Ms that the one lasted longest; null where none was raised. */
  readonly longest: number | null;
  /** Those that would still be up. */
  readonly up: number;
  /** The sensors with most of them, the most first. */
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
 * Tries rules on what a hall's sensors said, without raising anything: what they would have come to, had they been there. Takes as long as reading
 * all of it.
 */
export function tryRules(
  rules: readonly AlarmRule[],
  sensors: readonly { readonly id: string; readonly kind: string }[],
  history: Pick<TelemetryHistory, 'of'>,
  from: number,
): TriedRules {
  const index = indexRules(rules);
  const trials = new Map<AlarmRule, { trial: Trial; sensors: number; heard: Set<string> }>(
    rules.map((rule) => [rule, { trial: tryRule(rule), sensors: 0, heard: new Set<string>() }]),
  );
  const watching = new Map(
    sensors.map(({ id, kind }) => [id, index.of({ id, kind }).flatMap((rule) => trials.get(rule) ?? [])]),
  );
  for (const tried of watching.values()) for (const each of tried) each.sensors++;
  const watched = new Set([...watching].flatMap(([id, tried]) => (tried.length > 0 ? [id] : [])));
  let values = 0;
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { sensor, t, value, quality } of history.of(watched, from)) {
    for (const { trial, heard } of watching.get(sensor) ?? []) {
      heard.add(sensor);
      trial.heard(sensor, { t, value, quality: QUALITIES[quality] ?? 'bad' });
    }
    [first, last] = [Math.min(first, t), Math.max(last, t)];
    values++;
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
