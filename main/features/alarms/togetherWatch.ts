import { alarmAggregate, isUp } from '../../../core/alarms/alarm.ts';
import { type Change, type Condition, createCondition } from '../../../core/alarms/condition.ts';
import { type Fence, fenceOf, reachOf } from '../../../core/alarms/fence.ts';
import { indexRules } from '../../../core/alarms/ruleIndex.ts';
import type { AlarmRule } from '../../../core/alarms/rules.ts';
import type { Said } from '../../../core/alarms/said.ts';
import { createTogether, rulesOf, type Together, togetherOf, unitOfCount } from '../../../core/alarms/together.ts';
import type { Usual } from '../../../core/alarms/usual.ts';
import type { LonLat } from '../../../core/places/geo.ts';
import type { UnitFix } from '../../../core/units/unit.ts';
import type { Place } from '../../../core/words.ts';
import type { Clock } from '../../clock.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Deadlines } from '../../kernel/deadlines.ts';
import type { WatchedUnit } from './fenceWatch.ts';
import { createPoints, type Point } from './points.ts';
import type { WatchedSensor } from './ruleWatch.ts';

/**
 * So long after the start what stands from before is cleared by nobody's silence: conditions that held then hold again only once their sources spoke. As
 * often an alarm that is up is looked at again.
 */
const SETTLED_MS = 600_000;

/** Raises and clears the alarms of rules that count conditions of others. */
export interface TogetherWatch {
  /** Whose words may concern it: of nobody's where no rule counts conditions. */
  readonly sensors: ReadonlySet<string>;
  readonly units: ReadonlySet<string>;
  observe(sensor: string, said: Said): void;
  /** Tells for how many minutes nothing was heard of a sensor. */
  silent(sensor: string, minutes: number): void;
  moved(unit: string, fix: Pick<UnitFix, 't' | 'lon' | 'lat'>): void;
  isWatched(rule: string, source: { kind: string; id: string }): boolean;
  close(): void;
}

/** A sensor or unit, and the conditions of it. Ids begin with what it is, as a sensor and a unit may share one. */
interface Source {
  readonly id: string;
  readonly of: Point['source'];
  place: Place;
  readonly conditions: { readonly rule: AlarmRule; readonly condition: Condition; readonly fence: Fence | null }[];
}

/** A rule that counts conditions. */
interface Counting {
  readonly rule: AlarmRule;
  readonly together: Together;
  readonly anchors: ReadonlySet<string>;
  readonly points: Map<string, Point>;
  /** Sources at which it held since the start. */
  readonly held: Set<string>;
  readonly least: number;
  readonly unit: string;
}

export function createTogetherWatch(options: {
  rules: readonly AlarmRule[];
  sensors: Iterable<WatchedSensor>;
  units: readonly WatchedUnit[];
  usualOf(sensor: string): Usual | null;
  /** Where something is that an area may be around. */
  at(id: string): LonLat | undefined;
  station: string;
  domain: Pick<Domain, 'of' | 'execute' | 'onChange'>;
  clock: Pick<Clock, 'monotonic'>;
  deadlines: Deadlines;
  onError(error: unknown, what: string): void;
}): TogetherWatch {
  const { rules, at, domain, clock } = options;
  const { make, take, isAstir } = createPoints(options);
  const counted = rules.flatMap((rule) => {
    const of = togetherOf(rule);
    return of ? [{ rule, of }] : [];
  });
  const named = new Set(counted.flatMap(({ of }) => rulesOf(of.conditions).flat()));
  const conditions = rules.filter((rule) => named.has(rule.rule) && !rule.conditions);
  const sources = new Map<string, Source>();
  const add = (of: Point['source'], kind: string, place: Place, index: ReturnType<typeof indexRules>): void => {
    const found = index.of({ id: of.id, kind });
    if (found.length === 0) return;
    sources.set(keyOf(of), {
      ...{ id: keyOf(of), of, place },
      conditions: found.map((rule) => ({
        ...{ rule, condition: createCondition(rule, of.kind === 'sensor' ? options.usualOf(of.id) : null) },
        fence: rule.area ? fenceOf(rule.area, at, reachOf(rule)) : null,
      })),
    });
  };
  const ofSensors = indexRules(conditions);
  for (const { id, kind, lon, lat, name } of options.sensors)
    add({ kind: 'sensor', id }, kind, { lon, lat, name }, ofSensors);
  const ofUnits = indexRules(conditions, 'unit');
  for (const { id, kind, callSign } of options.units)
    add({ kind: 'unit', id }, kind, { ...NOWHERE, name: { zh: callSign, en: callSign } }, ofUnits);

  const counting = counted.map(({ rule, of }): Counting => {
    const first = new Set(rulesOf(of.conditions)[0]);
    const anchors = [...sources.values()].filter((source) =>
      source.conditions.some((each) => first.has(each.rule.rule)),
    );
    return {
      ...{ rule, points: new Map(), held: new Set() },
      together: createTogether(
        of,
        anchors.map(({ id, place: { lon, lat } }) => ({ id, lon, lat })),
      ),
      anchors: new Set(anchors.map(({ id }) => id)),
      unit: unitOfCount(of.conditions),
      least: Math.min(...rule.levels.map(({ raise }) => raise)),
    };
  });
  const byRule = new Map(counting.map((each) => [each.rule.rule, each]));
  const startedAt = clock.monotonic();

  const judge = (each: Counting, anchor: string): void => {
    const source = sources.get(anchor);
    if (!source) return;
    const now = clock.monotonic();
    const { value, next } = each.together.countAt(anchor, now);
    const point =
      each.points.get(anchor) ?? make({ rule: each.rule, source: source.of, unit: each.unit, place: source.place });
    each.points.set(anchor, point);
    point.place = source.place;
    if (value >= each.least) each.held.add(anchor);
    const isKnown = each.held.has(anchor) || now - startedAt >= SETTLED_MS;
    take(point, { t: now, value, quality: isKnown ? 'good' : 'doubtful' });
    const again = isAstir(point) ? now + SETTLED_MS : null;
    line.set(`${each.rule.rule} ${anchor}`, again === null ? next : Math.min(next ?? again, again));
  };
  const line = options.deadlines.kind('together', (key) => {
    const space = key.indexOf(' ');
    const each = byRule.get(key.slice(0, space));
    if (each) judge(each, key.slice(space + 1));
  });
  const changed = (source: Source, rule: AlarmRule, changes: readonly Change[]): void => {
    const last = changes.at(-1);
    if (last === undefined) return;
    const placed = { id: source.id, lon: source.place.lon, lat: source.place.lat };
    const holds = !('ended' in last);
    for (const each of counting)
      for (const count of each.together.changed(rule.rule, placed, holds, clock.monotonic())) judge(each, count.source);
  };

  // What stands from before the start, or was raised by another station, is looked at without anything having changed.
  const alarms = domain.of(alarmAggregate);
  const noteStanding = (subject: string): void => {
    const alarm = alarms.get(subject);
    const each = byRule.get(alarm.rule);
    const anchor = keyOf(alarm.source);
    if (!each || !isUp(alarm) || !each.anchors.has(anchor)) return;
    line.set(`${each.rule.rule} ${anchor}`, clock.monotonic() + SETTLED_MS);
  };
  let forget = (): void => {};
  if (counting.length > 0) {
    for (const [subject] of alarms.staying()) noteStanding(subject);
    forget = domain.onChange((subjects) => {
      for (const subject of subjects) if (subject.startsWith('alarm:')) noteStanding(subject);
    });
  }
  const idsOf = (kind: string) => new Set([...sources.values()].flatMap(({ of }) => (of.kind === kind ? [of.id] : [])));
  return {
    ...{ sensors: idsOf('sensor'), units: idsOf('unit') },
    observe(id, said) {
      const source = sources.get(`sensor:${id}`);
      for (const { rule, condition } of source?.conditions ?? [])
        changed(source as Source, rule, condition.heard(said));
    },
    silent(id, minutes) {
      const source = sources.get(`sensor:${id}`);
      const said = { t: clock.monotonic(), value: minutes, quality: 'good' } as const;
      for (const { rule, condition } of source?.conditions ?? [])
        if (rule.measure === 'silence') changed(source as Source, rule, condition.take(said));
    },
    moved(id, { t, lon, lat }) {
      const source = sources.get(`unit:${id}`);
      if (!source) return;
      source.place = { ...source.place, lon, lat };
      for (const each of counting) {
        for (const count of each.together.moved({ id: source.id, lon, lat }, clock.monotonic()))
          judge(each, count.source);
      }
      for (const { rule, condition, fence } of source.conditions)
        if (fence) changed(source, rule, condition.heard({ t, value: fence.inside({ lon, lat }), quality: 'good' }));
    },
    isWatched: (rule, source) => byRule.get(rule)?.anchors.has(keyOf(source)) === true,
    close() {
      forget();
      line.close();
    },
  };
}

const NOWHERE = { lon: 0, lat: 0 };

const keyOf = ({ kind, id }: { readonly kind: string; readonly id: string }): string => `${kind}:${id}`;
