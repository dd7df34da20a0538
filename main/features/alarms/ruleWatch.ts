import { type Measuring, measuring, unitOf } from '../../../core/alarms/measure.ts';
import { indexRules } from '../../../core/alarms/ruleIndex.ts';
import type { AlarmRule } from '../../../core/alarms/rules.ts';
import type { Said } from '../../../core/alarms/said.ts';
import type { Usual } from '../../../core/alarms/usual.ts';
import type { Text } from '../../../core/words.ts';
import type { Domain } from '../../domain/domain.ts';
import { createPoints, type Point } from './points.ts';

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

/** Raises and clears alarms as observations come in. */
export function createRuleWatch(options: {
  rules: readonly AlarmRule[];
  sensor(id: string): WatchedSensor | undefined;
  /** What a sensor usually says, where a rule is about that. */
  usualOf?(sensor: string): Usual | null;
  station: string;
  domain: Pick<Domain, 'of' | 'execute'>;
  onError(error: unknown, what: string): void;
}): RuleWatch {
  const { rules, sensor, usualOf = () => null } = options;
  const { make, take } = createPoints(options);
  const index = indexRules(rules.filter(({ quiet }) => !quiet));
  const points = new Map<string, { point: Point; measuring: Measuring }[]>();

  const pointsOf = (id: string): { point: Point; measuring: Measuring }[] => {
    let found = points.get(id);
    if (found) return found;
    const about = sensor(id);
    if (!about) return [];
    const { unit, lon, lat, name } = about;
    const source = { kind: 'sensor', id } as const;
    found = index.of(about).map((rule) => ({
      point: make({ rule, source, unit: unitOf(rule.measure, unit), place: { lon, lat, name } }),
      measuring: measuring(rule.measure, usualOf(id)),
    }));
    points.set(id, found);
    return found;
  };

  return {
    observe(id, said) {
      for (const { point, measuring } of pointsOf(id)) {
        const measured = measuring.heard(said);
        if (!measured) continue;
        if (measuring.days !== null) point.unit = unitOf(point.rule.measure, point.unit, measuring.days);
        take(point, measured);
      }
    },
    silent(id, minutes, t) {
      for (const { point } of pointsOf(id))
        if (point.rule.measure === 'silence') take(point, { t, value: minutes, quality: 'good' });
    },
  };
}
