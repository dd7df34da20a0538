import { ContractError } from '../../../contract/errors.ts';
import { indexRules } from '../../../core/alarms/ruleIndex.ts';
import type { AlarmRule } from '../../../core/alarms/rules.ts';
import type { Said } from '../../../core/alarms/said.ts';
import { createUsual, ENOUGH_DAYS, type Usual, usualDaysOf } from '../../../core/alarms/usual.ts';
import { type Clock, every } from '../../clock.ts';
import type { Recall } from './recall.ts';

const DAY_MS = 86_400_000;
const SLOT_MS = 600_000;
/** What was said before is asked for so often, each time that much later. */
const MOST_TRIES = 6;
const RETRY_MS = 2000;

/** What of a rule of what is usual is known at present. */
interface Knows {
  /** Its sensors, and those of them of which enough days of this hour are known. */
  readonly of: number;
  readonly sensors: number;
  /** Most days that are known of one. */
  readonly days: number;
}

/** What the sensors usually say that a rule holds against that: learned as they speak, and kept for weeks. */
export interface Usuals {
  readonly sensors: ReadonlySet<string>;
  of(sensor: string): Usual | null;
  heard(sensor: string, said: Said): void;
  /** Null for a rule that is about something else. */
  knows(rule: AlarmRule): Knows | null;
  close(): Promise<void>;
}

export function createUsuals(options: {
  rules: readonly AlarmRule[];
  sensors: Iterable<{ readonly id: string; readonly kind: string }>;
  /** How far the hall's clocks are ahead of UTC. */
  offset(t: number): number;
  /** `telemetry.db` */
  file: string;
  clock: Clock;
  /** Opened where there is something to be read. */
  recall(): Recall;
  /** Writes a value down for weeks. */
  keep(sensor: string, t: number, value: number): void;
  /** What is known of rules is another. */
  onKnown(): void;
  onError(error: unknown, what: string): void;
}): Usuals {
  const { rules, offset, file, clock, keep, onKnown, onError } = options;
  const about = rules.filter(({ measure }) => usualDaysOf(measure) > 0);
  const days = Math.max(0, ...about.map(({ measure }) => usualDaysOf(measure)));
  const index = indexRules(about);
  const sensorsOf = new Map<AlarmRule, string[]>(about.map((rule) => [rule, []]));
  const usuals = new Map<string, Usual>();
  for (const sensor of about.length > 0 ? options.sensors : [])
    for (const rule of index.of(sensor)) {
      sensorsOf.get(rule)?.push(sensor.id);
      if (!usuals.has(sensor.id)) usuals.set(sensor.id, createUsual(offset, days));
    }
  let closed = false;
  const recall = usuals.size > 0 ? options.recall() : null;
  const order = { file, sensors: [...usuals.keys()], from: clock.now() - (days + 1) * DAY_MS };
  let cancel = (): void => {};
  const learnPast = (by: Recall, tries = 1): void => {
    by.ask(order)
      .then(({ samples, kept }) => {
        for (const [i, sensor] of samples.sensor.entries()) {
          const [t = 0, value = 0] = [samples.t[i], samples.value[i]];
          if (usuals.get(sensor)?.learn(t, value) && i >= kept) keep(sensor, t, value);
        }
        onKnown();
      })
      .catch((error: unknown) => {
        if (closed) return;
        // A file that is busy at a start is read a little later: weeks would be unknown until the next. Else it learns from now on.
        if (tries < MOST_TRIES && !(error instanceof ContractError))
          cancel = clock.setTimeout(() => learnPast(by, tries + 1), RETRY_MS * tries);
        else onError(error, 'what is usual');
      });
  };
  if (recall) learnPast(recall);
  // With the hour another part of what is known is meant.
  const stop = recall ? every(clock, SLOT_MS, onKnown) : () => {};
  return {
    sensors: new Set(usuals.keys()),
    of: (sensor) => usuals.get(sensor) ?? null,
    heard(sensor, { t, value, quality }) {
      if (quality === 'good' && usuals.get(sensor)?.learn(t, value)) keep(sensor, t, value);
    },
    knows(rule) {
      const sensors = sensorsOf.get(rule);
      if (!sensors) return null;
      const known = sensors.map((id) => usuals.get(id)?.at(clock.now(), usualDaysOf(rule.measure))?.days ?? 0);
      return {
        of: sensors.length,
        sensors: known.filter((each) => each >= ENOUGH_DAYS).length,
        days: known.reduce((a, b) => Math.max(a, b), 0),
      };
    },
    async close() {
      closed = true;
      cancel();
      stop();
      await recall?.close();
    },
  };
}
