import { type Condition, createCondition } from '../../../core/alarms/condition.ts';
import { type Fence, fenceOf, reachOf } from '../../../core/alarms/fence.ts';
import { indexRules } from '../../../core/alarms/ruleIndex.ts';
import type { AlarmRule } from '../../../core/alarms/rules.ts';
import type { Said } from '../../../core/alarms/said.ts';
import { type PlacedSource, rulesOf } from '../../../core/alarms/together.ts';
import { type TogetherTrial, tryTogether } from '../../../core/alarms/togetherTrial.ts';
import type { Episode } from '../../../core/alarms/trial.ts';
import type { Usual } from '../../../core/alarms/usual.ts';
import type { LonLat } from '../../../core/places/geo.ts';
import type { TriedThings } from './triedThings.ts';

/** What a rule that counts conditions came to. */
interface Tried {
  readonly rule: AlarmRule;
  /** Sources of its first condition, and those of them that said something. */
  readonly sensors: number;
  readonly heard: number;
  readonly episodes: readonly Episode[];
}

/** Rules that count conditions, tried on what sensors and units said. */
export interface ConditionTrials {
  readonly sensors: ReadonlySet<string>;
  readonly units: ReadonlySet<string>;
  said(sensor: string, said: Said): void;
  moved(unit: string, point: LonLat, t: number): void;
  end(t: number): readonly Tried[];
}

interface Source {
  at: PlacedSource;
  heard: boolean;
  readonly conditions: { readonly rule: AlarmRule; readonly condition: Condition; readonly fence: Fence | null }[];
}

/**
 * @param rules those that are tried
 * @param others that may be conditions of them, where none that is tried has the id
 */
export function tryConditions(
  rules: readonly AlarmRule[],
  others: readonly AlarmRule[],
  { sensors, units, places }: TriedThings,
  usualOf: (sensor: string) => Usual | null,
): ConditionTrials {
  const named = new Set(rules.flatMap(({ conditions = [] }) => rulesOf(conditions).flat()));
  const tried = new Set(rules.map(({ rule }) => rule));
  const conditions = [...rules, ...others.filter(({ rule }) => !tried.has(rule))].filter(
    (rule) => named.has(rule.rule) && !rule.conditions,
  );
  const sources = new Map<string, Source>();
  const add = (
    of: 'sensor' | 'unit',
    things: readonly (LonLat & { id: string; kind: string })[],
  ): ReadonlySet<string> => {
    const index = indexRules(conditions, of);
    const found = new Set<string>();
    for (const { id, kind, lon, lat } of things) {
      const watching = index.of({ id, kind });
      if (watching.length === 0) continue;
      found.add(id);
      sources.set(`${of}:${id}`, {
        ...{ at: { id: `${of}:${id}`, lon, lat }, heard: false },
        conditions: watching.map((rule) => ({
          ...{ rule, condition: createCondition(rule, of === 'sensor' ? usualOf(id) : null) },
          fence: rule.area ? fenceOf(rule.area, (place) => places.get(place), reachOf(rule)) : null,
        })),
      });
    }
    return found;
  };
  const ids = {
    sensors: add('sensor', sensors),
    units: add(
      'unit',
      units.map((unit) => ({ ...unit, lon: 0, lat: 0 })),
    ),
  };
  const trials = rules.flatMap((rule): { rule: AlarmRule; trial: TogetherTrial; anchors: readonly Source[] }[] => {
    const first = new Set(rulesOf(rule.conditions ?? [])[0]);
    const anchors = [...sources.values()].filter((source) =>
      source.conditions.some((each) => first.has(each.rule.rule)),
    );
    const trial = tryTogether(
      rule,
      anchors.map(({ at }) => at),
    );
    return trial ? [{ rule, trial, anchors }] : [];
  });
  const take = (source: Source, t: number, saidOf: (fence: Fence | null) => Said | null): void => {
    source.heard = true;
    for (const { rule, condition, fence } of source.conditions) {
      const said = saidOf(fence);
      const changes = said ? condition.heard(said) : [];
      if (changes.length > 0) for (const { trial } of trials) trial.changed(rule.rule, source.at, changes, t);
    }
  };
  return {
    ...ids,
    said(sensor, said) {
      const source = sources.get(`sensor:${sensor}`);
      if (source) take(source, said.t, () => said);
    },
    moved(unit, { lon, lat }, t) {
      const source = sources.get(`unit:${unit}`);
      if (!source) return;
      source.at = { id: source.at.id, lon, lat };
      for (const { trial } of trials) trial.moved(source.at, t);
      take(source, t, (fence) => fence && { t, value: fence.inside({ lon, lat }), quality: 'good' });
    },
    end: (t) =>
      trials.map(({ rule, trial, anchors }) => ({
        ...{ rule, sensors: anchors.length, heard: anchors.filter(({ heard }) => heard).length },
        episodes: trial.end(t).map((episode) => ({ ...episode, source: episode.source.replace(/^[a-z]+:/, '') })),
      })),
  };
}
