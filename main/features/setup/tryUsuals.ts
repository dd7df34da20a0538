import { indexRules } from '../../../core/alarms/ruleIndex.ts';
import type { AlarmRule } from '../../../core/alarms/rules.ts';
import type { Said } from '../../../core/alarms/said.ts';
import { createUsual, ENOUGH_DAYS, MOST_USUAL_DAYS, type Usual, usualDaysOf } from '../../../core/alarms/usual.ts';
import type { TelemetryHistory } from '../../../native/sqlite/telemetryHistory.ts';
import { zoneOffset } from '../../zoneOffset.ts';
import type { TriedThings } from './triedThings.ts';

const DAY_MS = 86_400_000;

/** What sensors usually said by the time of which rules are tried: what was kept of them before it, and what they said in it. */
export interface TriedUsuals {
  of(sensor: string): Usual | null;
  heard(sensor: string, said: Said): void;
  /** Of how many of a rule's sensors enough is known at a time; null for a rule that is about something else. */
  known(rule: AlarmRule, t: number): number | null;
}

export function tryUsuals(
  rules: readonly AlarmRule[],
  { sensors, zone }: TriedThings,
  history: Pick<TelemetryHistory, 'samplesOf'>,
  from: number,
): TriedUsuals {
  const about = rules.filter(({ measure }) => usualDaysOf(measure) > 0);
  const index = indexRules(about);
  const offset = zoneOffset(zone);
  const usuals = new Map<string, Usual>();
  const sensorsOf = new Map<AlarmRule, string[]>(about.map((rule) => [rule, []]));
  for (const sensor of about.length > 0 ? sensors : [])
    for (const rule of index.of(sensor)) {
      sensorsOf.get(rule)?.push(sensor.id);
      if (!usuals.has(sensor.id)) usuals.set(sensor.id, createUsual(offset, MOST_USUAL_DAYS));
    }
  if (usuals.size > 0)
    for (const { sensor, t, value } of history.samplesOf(new Set(usuals.keys()), from - (MOST_USUAL_DAYS + 1) * DAY_MS))
      usuals.get(sensor)?.learn(t, value);
  return {
    of: (sensor) => usuals.get(sensor) ?? null,
    heard(sensor, { t, value, quality }) {
      if (quality === 'good') usuals.get(sensor)?.learn(t, value);
    },
    known: (rule, t) =>
      sensorsOf.get(rule)?.filter((id) => (usuals.get(id)?.at(t, usualDaysOf(rule.measure))?.days ?? 0) >= ENOUGH_DAYS)
        .length ?? null,
  };
}
