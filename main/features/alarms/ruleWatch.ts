import { alarmAggregate, alarmSubject } from '../../../core/alarms/alarm.ts';
import { decideAlarm } from '../../../core/alarms/decide.ts';
import { type Measuring, measuring, unitOf } from '../../../core/alarms/measure.ts';
import { indexRules } from '../../../core/alarms/ruleIndex.ts';
import { type AlarmRule, acted, initialWatch, termsOf, type WatchState, watch } from '../../../core/alarms/rules.ts';
import type { Said } from '../../../core/alarms/said.ts';
import type { EventDraft } from '../../../core/ledger/envelope.ts';
import type { Text } from '../../../core/words.ts';
import type { Domain } from '../../domain/domain.ts';

/** What the rules need to know of a sensor. */
export interface WatchedSensor {
  id: string;
  kind: string;
  name: Text;
  unit: string;
  lon: number;
  lat: number;
}

export interface RuleWatch {
  /** Takes what a sensor said to every rule that watches it. */
  observe(sensor: string, said: Said): void;
  /** Tells the rules of silence for how many minutes nothing was heard of it. @param t wall ms */
  silent(sensor: string, minutes: number, t: number): void;
}

/** One rule watching one sensor. */
interface Point {
  rule: AlarmRule;
  about: WatchedSensor;
  state: WatchState;
  measuring: Measuring;
  /** While what it decided is being written: what was said meanwhile and would have to be acted upon. */
  writing: { again: Said | null } | null;
}

/**
 * Raises and clears alarms as observations come in. It keeps only timers: whether an alarm is up it asks the ledger, each time, because
 * other stations write to the same alarm.
 */
export function createRuleWatch(options: {
  rules: readonly AlarmRule[];
  sensor(id: string): WatchedSensor | undefined;
  /** This station's name: what its rules say of an alarm replaces what they said before. */
  station: string;
  domain: Pick<Domain, 'of' | 'execute'>;
  onError(error: unknown, what: string): void;
}): RuleWatch {
  const { rules, sensor, station, domain, onError } = options;
  const alarms = domain.of(alarmAggregate);
  const index = indexRules(rules);
  const points = new Map<string, Point[]>();

  const pointsOf = (id: string): Point[] => {
    let found = points.get(id);
    if (found) return found;
    const about = sensor(id);
    if (!about) return [];
    found = index.of(about).map((rule) => ({
      ...{ rule, about, state: initialWatch(rule), measuring: measuring(rule.measure), writing: null },
    }));
    points.set(id, found);
    return found;
  };

  function take(point: Point, said: Said): void {
    const { rule, about } = point;
    const id = alarmSubject(rule.rule, about.id);
    const { state, verdict } = watch(rule, point.state, said, alarms.get(id), station);
    point.state = state;
    if (!verdict) return;
    if (point.writing) {
      point.writing.again = said;
      return;
    }
    const actor = `rule.${rule.rule}`;
    const terms = termsOf(rule);
    const { value } = said;
    const decide = (): EventDraft[] => {
      const alarm = alarms.get(id);
      if ('clear' in verdict) return decideAlarm(alarm, { do: 'clear', value, actor });
      if ('hold' in verdict) return decideAlarm(alarm, { do: 'hold', terms, station, actor });
      const finding = {
        rule: rule.rule,
        title: rule.name,
        level: verdict.raise,
        source: { kind: 'sensor', id: about.id },
        value,
        unit: unitOf(rule.measure, about.unit),
        place: { lon: about.lon, lat: about.lat, name: about.name },
        clears: terms,
      };
      return decideAlarm(alarm, { do: 'raise', finding, actor });
    };
    const writing: NonNullable<Point['writing']> = { again: null };
    point.writing = writing;
    domain
      .execute(decide, { keep: true })
      .then((events) => {
        if (events.length > 0) point.state = acted(point.state, verdict, alarms.get(id).occurrence);
      })
      .catch((error: unknown) => onError(error, id)) // The next observation asks the ledger and tries again.
      .finally(() => {
        point.writing = null;
        if (writing.again) take(point, writing.again);
      });
  }

  return {
    observe(id, said) {
      for (const point of pointsOf(id)) {
        const measured = point.measuring.heard(said);
        if (measured) take(point, measured);
      }
    },
    silent(id, minutes, t) {
      for (const point of pointsOf(id))
        if (point.rule.measure === 'silence') take(point, { t, value: minutes, quality: 'good' });
    },
  };
}
