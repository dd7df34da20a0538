import { type Alarm, alarmSubject, decideAlarm } from '../../core/alarms/alarm.ts';
import { type AlarmRule, initialWatch, type WatchState, watch } from '../../core/alarms/rules.ts';
import type { Place, Text } from '../../core/words.ts';
import type { Domain } from '../domain/domain.ts';
import type { ObservationReport } from '../feeds/feed.ts';

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
  /** Takes what a sensor said to every rule that watches it; a value its source calls bad is no measurement (O7). */
  observe(sensor: string, said: SensorValue): void;
}

/** What a sensor said: `t` in ms by the source's clock. */
export type SensorValue = Pick<ObservationReport, 't' | 'value' | 'quality'>;

function watchFrom(rule: AlarmRule, alarm: Alarm): WatchState {
  const up = alarm.state === 'unacknowledged' || alarm.state === 'acknowledged';
  return up ? { ...initialWatch(rule), up: alarm.level } : initialWatch(rule);
}

/** Raises and clears alarms as observations come in. After a restart it goes on from the alarms that are up. */
export function createRuleWatch(options: {
  rules(): readonly AlarmRule[];
  sensor(id: string): WatchedSensor | undefined;
  domain: Domain;
  onError(error: unknown, what: string): void;
}): RuleWatch {
  const { rules, sensor, domain, onError } = options;
  const states = new Map<string, { rule: AlarmRule; state: WatchState }>();

  function act(rule: AlarmRule, about: WatchedSensor, t: number, value: number): void {
    const id = alarmSubject(rule.rule, about.id);
    const held = states.get(id);
    const before = held?.rule === rule ? held.state : watchFrom(rule, domain.alarm(id));
    const { state, verdict } = watch(rule, before, { t, value });
    states.set(id, { rule, state });
    if (!verdict) return;
    const actor = `rule.${rule.rule}`;
    const place: Place = { lon: about.lon, lat: about.lat, name: about.name };
    const decide = () => {
      const alarm = domain.alarm(id);
      if ('clear' in verdict) return decideAlarm(alarm, { do: 'clear', value, actor });
      const source = { kind: 'sensor', id: about.id };
      const finding = {
        rule: rule.rule,
        title: rule.name,
        level: verdict.raise,
        source,
        value,
        unit: about.unit,
        place,
      };
      return decideAlarm(alarm, { do: 'raise', finding, actor });
    };
    domain.execute(decide, { keep: true }).catch((error: unknown) => {
      states.delete(id); // Not written: the next observation starts over from the ledger and tries again.
      onError(error, id);
    });
  }

  return {
    observe(id, { t, value, quality }) {
      if (quality === 'bad') return;
      const about = sensor(id);
      if (!about) return;
      for (const rule of rules()) {
        if (rule.sensor.kind !== about.kind || (rule.sensor.ids && !rule.sensor.ids.includes(id))) continue;
        act(rule, about, t, value);
      }
    },
  };
}
