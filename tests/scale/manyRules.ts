import { AlarmRule } from '../../core/alarms/rules.ts';
import type { WatchedSensor } from '../../main/features/alarms/ruleWatch.ts';

/** The most rules a file has. */
export const MANY_RULES = 500;
export const SENSORS_A_RULE = 300;

const text = (en: string) => ({ zh: `【${en}】`, en });

/** Sensors that the rule of this number names, and no other does. */
export function sensorsOf(rule: number): string[] {
  return Array.from({ length: SENSORS_A_RULE }, (_, i) => `S-${rule}-${i}`);
}

/** Rule number `rule`: one threshold at 1 m, for its own 300 gauges. */
export function manyRule(rule: number): AlarmRule {
  return AlarmRule.parse({
    rule: `rule-${rule}`,
    name: text(`Rule ${rule}`),
    sensor: { kind: 'water-level', ids: sensorsOf(rule) },
    levels: [{ level: 3, raise: 1, clear: 0.5, for: 3 }],
  });
}

export function waterGauge(id: string): WatchedSensor {
  return { id, kind: 'water-level', name: text(id), unit: 'm', lon: 121.9, lat: 29.1 };
}
