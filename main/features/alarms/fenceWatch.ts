import { alarmAggregate } from '../../../core/alarms/alarm.ts';
import { type Fence, fenceOf, reachOf } from '../../../core/alarms/fence.ts';
import { indexFences } from '../../../core/alarms/fenceIndex.ts';
import { indexRules } from '../../../core/alarms/ruleIndex.ts';
import type { AlarmRule } from '../../../core/alarms/rules.ts';
import type { LonLat } from '../../../core/places/geo.ts';
import type { UnitFix } from '../../../core/units/unit.ts';
import type { Domain } from '../../domain/domain.ts';
import { createPoints, type Point } from './points.ts';

/** What the rules need to know of a unit. */
export interface WatchedUnit {
  readonly id: string;
  readonly kind: string;
  readonly callSign: string;
}

export interface FenceWatch {
  /** Those that a rule watches. */
  readonly units: readonly WatchedUnit[];
  /** Takes where a unit is to the rules that it may concern. */
  moved(unit: string, fix: Pick<UnitFix, 't' | 'lon' | 'lat'>): void;
  /** Whether a rule, by its id, looks at a unit. */
  isWatched(rule: string, unit: string): boolean;
  close(): void;
}

/** One unit, and the rules that watch it by their numbers. */
interface Watched {
  readonly about: WatchedUnit;
  readonly rules: ReadonlySet<number>;
  /** Those to which it is bad to be outside: asked wherever it is. */
  readonly always: readonly number[];
  /** Those of which a time runs or an alarm is up; all of them until it was heard of, as an alarm may stand from before. */
  astir: Set<number>;
  readonly points: Map<number, Point>;
}

/** Raises and clears alarms as units go into areas, out of them, and stay. A position asks the rules whose areas are near, whatever their number. */
export function createFenceWatch(options: {
  rules: readonly AlarmRule[];
  units: readonly WatchedUnit[];
  /** Where something is that a rule may name. */
  at(id: string): LonLat | undefined;
  station: string;
  domain: Pick<Domain, 'of' | 'execute' | 'onChange'>;
  onError(error: unknown, what: string): void;
}): FenceWatch {
  const { domain } = options;
  const { make, take, isAstir } = createPoints(options);
  const fenced = options.rules.flatMap((rule): { rule: AlarmRule; fence: Fence }[] => {
    const fence = !rule.quiet && rule.unit && rule.area && fenceOf(rule.area, options.at, reachOf(rule));
    return fence ? [{ rule, fence }] : [];
  });
  const numbers = new Map(fenced.map(({ rule }, n) => [rule.rule, n]));
  const index = indexFences(fenced.map(({ fence }) => fence));
  const ofUnit = indexRules(
    fenced.map(({ rule }) => rule),
    'unit',
  );
  const watched = new Map(
    options.units.flatMap((about): [string, Watched][] => {
      const rules = new Set(ofUnit.of(about).map(({ rule }) => numbers.get(rule) as number));
      if (rules.size === 0) return [];
      const always = [...rules].filter((n) => fenced[n]?.rule.direction === 'low');
      return [[about.id, { about, rules, always, astir: new Set(rules), points: new Map() }]];
    }),
  );
  const pointOf = ({ about, points }: Watched, n: number, rule: AlarmRule): Point => {
    const known = points.get(n);
    if (known) return known;
    const name = { zh: about.callSign, en: about.callSign };
    const source = { kind: 'unit', id: about.id } as const;
    const point = make({ rule, source, unit: 'm', place: { lon: 0, lat: 0, name } });
    points.set(n, point);
    return point;
  };
  const alarms = domain.of(alarmAggregate);
  // What another station raised is looked at here too, wherever the unit is.
  const forget =
    watched.size === 0
      ? () => {}
      : domain.onChange((subjects) => {
          for (const subject of subjects) {
            if (!subject.startsWith('alarm:')) continue;
            const { rule, source } = alarms.get(subject);
            const n = numbers.get(rule);
            if (n !== undefined && source.kind === 'unit') watched.get(source.id)?.astir.add(n);
          }
        });
  return {
    units: [...watched.values()].map(({ about }) => about),
    moved(id, { t, lon, lat }) {
      const unit = watched.get(id);
      if (!unit) return;
      const due = new Set([...unit.astir, ...unit.always]);
      for (const n of index.near({ lon, lat })) if (unit.rules.has(n)) due.add(n);
      for (const n of due) {
        const { rule, fence } = fenced[n] as (typeof fenced)[number];
        const point = pointOf(unit, n, rule);
        point.place = { ...point.place, lon, lat };
        take(point, { t, value: fence.inside({ lon, lat }), quality: 'good' });
        if (isAstir(point)) unit.astir.add(n);
        else unit.astir.delete(n);
      }
    },
    isWatched: (rule, unit) => watched.get(unit)?.rules.has(numbers.get(rule) ?? -1) === true,
    close: forget,
  };
}
