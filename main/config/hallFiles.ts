import { basename, dirname, join } from 'node:path';
import type { Notice } from '../../contract/features/notices.ts';
import { indexRules } from '../../core/alarms/ruleIndex.ts';
import { type AlarmRule, AlarmRules } from '../../core/alarms/rules.ts';
import { rulesOf } from '../../core/alarms/together.ts';
import type { LonLat } from '../../core/places/geo.ts';
import { PlanTemplate } from '../../core/plans/template.ts';
import type { Text } from '../../core/words.ts';
import {
  badFileNotices,
  replacedNotice,
  takenIdNotice,
  unknownIdsNotice,
  unwatchedNotice,
} from '../notices/configuration.ts';
import type { Rejects } from '../rejects/rejects.ts';
import { type Found, readCatalogue } from './catalogue.ts';
import { HALL_YAML } from './hallYaml.ts';
import { type TakenId, type Unique, uniqueIds } from './uniqueIds.ts';

/** What rules and plans name, and must be there. */
export interface KnownPlaces {
  sensors: readonly { id: string; kind: string }[];
  units: readonly { id: string; kind: string }[];
  /** Where something is that an area may be around. */
  at(id: string): LonLat | undefined;
  departments: readonly { id: string }[];
}

/** A rules file: `rules/flood.yaml` of the product, or of the hall. */
export interface RuleFile {
  readonly file: string;
  readonly own: boolean;
}

/** The rules and plans of a hall, and what is to be said of their files. */
export interface HallFiles {
  readonly rules: readonly AlarmRule[];
  readonly plans: readonly PlanTemplate[];
  /** Where each rule is written, by its id. */
  readonly ruleFiles: ReadonlyMap<string, RuleFile>;
  readonly notices: readonly Notice[];
}

/**
 * Reads the rules and plans of the product and of the hall. Every id is one rule's or plan version's; what names sensors or
 * departments that are not there is used, and said.
 */
export function readHallFiles(options: {
  resources: string;
  dataDir: string;
  known: KnownPlaces;
  /** Rules and plans of the product that are not used, by id. */
  without?: { readonly rules: readonly string[]; readonly plans: readonly string[] };
  rejects: Rejects;
  since: number;
}): HallFiles {
  const { resources, dataDir, known, without = { rules: [], plans: [] }, rejects, since } = options;
  const folders = (kind: string) => ({ product: join(resources, kind), own: join(dataDir, kind) });
  const ruleFiles = readCatalogue(folders('rules'), AlarmRules, rejects);
  const planFiles = readCatalogue(folders('plans'), PlanTemplate, rejects);
  const rules = uniqueIds(
    ruleFiles.items.map(({ item, ...from }) => ({
      ...from,
      entries: item.rules
        .filter(({ rule }) => from.own || !without.rules.includes(rule))
        .map((rule) => ({ id: rule.rule, value: { ...from, value: rule } })),
    })),
  );
  const plans = uniqueIds(
    planFiles.items
      .filter(({ own, item }) => own || !without.plans.includes(item.plan))
      .map(({ item, ...from }: Found<PlanTemplate>) => ({
        ...from,
        entries: [{ id: `${item.plan} ${item.version}`, value: { file: from.file, own: from.own, value: item } }],
      })),
  );

  const taken = (unique: Unique<unknown>): Notice[] => {
    for (const one of unique.leftOut) {
      const message = {
        zh: `${one.file}：编号“${one.id}”已用于 ${one.by}`,
        en: `${one.file}: "${one.id}" is in ${one.by} already`,
      };
      rejects.add({ door: 'file', source: one.file, path: one.id, message, remedy: RENAME, excerpt: '' });
    }
    return [
      ...unique.leftOut.map((one: TakenId) => takenIdNotice(one, since)),
      ...unique.replaced.map((one: TakenId) => replacedNotice(one, since)),
    ];
  };
  const shipped = {
    rules: ruleFiles.items.filter(({ own }) => !own).flatMap(({ item }) => item.rules.map(({ rule }) => rule)),
    plans: planFiles.items.filter(({ own }) => !own).map(({ item }) => item.plan),
  };
  /** Those that watch something themselves: what counts conditions is none. */
  const conditional = new Set(rules.values.flatMap(({ value }) => (value.conditions ? [] : value.rule)));
  const unknown = [
    ...(['rules', 'plans'] as const).map((of) => ({
      ...{ file: HALL_YAML, of: `without: ${of}` },
      ids: without[of].filter((id) => !shipped[of].includes(id)),
    })),
    ...rules.values.map(({ file, own, value }) => ({
      file,
      own,
      of: value.rule,
      ids: unknownToRule(value, known, own, conditional),
    })),
    ...plans.values.map(({ file, own, value }) => ({ file, own, of: value.plan, ids: unknownToPlan(value, known) })),
  ];
  return {
    rules: rules.values.map(({ value }) => value),
    ruleFiles: new Map(
      rules.values.map(({ file, value }) => [
        value.rule,
        { file: `rules/${basename(file)}`, own: dirname(file) === folders('rules').own },
      ]),
    ),
    plans: plans.values.map(({ value }) => value),
    notices: [
      ...badFileNotices([...planFiles.bad, ...ruleFiles.bad], since),
      ...taken(plans),
      ...taken(rules),
      ...unknown.filter(({ ids }) => ids.length > 0).map((one) => unknownIdsNotice(one, since)),
      ...[...unwatched(rules.values, known.sensors)].map((one) => unwatchedNotice(one, since)),
    ],
  };
}

const RENAME: Text = {
  zh: '请改用另一编号，或移走两个文件之一',
  en: 'Give it an id of its own, or move one of the two files away.',
};

/**
 * Sensors, units or rules a rule names that are not there, or of another kind; its kind, when none has it; what its area is around. A hall without sensors knows none, and
 * one that measures no wind need not hear of it for each rule of the product.
 */
function unknownToRule(
  { sensor, unit, area, conditions = [] }: AlarmRule,
  { sensors, units, at }: KnownPlaces,
  own: boolean,
  conditional: ReadonlySet<string>,
): string[] {
  const missing = area && 'around' in area && at(area.around) === undefined ? [area.around] : [];
  const unknown = rulesOf(conditions)
    .flat()
    .filter((rule) => !conditional.has(rule));
  return [...unknownThings(sensor ?? unit, sensor ? sensors : units, own), ...missing, ...unknown];
}

function unknownThings(watched: AlarmRule['sensor'], things: KnownPlaces['sensors'], own: boolean): string[] {
  if (watched === undefined || things.length === 0) return [];
  const ofKind = new Set(things.filter(({ kind }) => kind === watched.kind).map(({ id }) => id));
  if (ofKind.size === 0) return own ? [watched.kind] : [];
  const ids = watched.ids ?? [];
  // A rule of the product about gauges of the drill city alone is of no use elsewhere, and nobody's mistake.
  if (!own && !ids.some((id) => ofKind.has(id))) return [];
  return ids.filter((id) => !ofKind.has(id));
}

/** Rules of the product that look at none of the hall's sensors of their kind, where no other rule looks at one. */
function* unwatched(
  rules: readonly { readonly own: boolean; readonly value: AlarmRule }[],
  sensors: KnownPlaces['sensors'],
): Iterable<{ of: string; kind: string; ids: readonly string[]; count: number }> {
  const index = indexRules(rules.map(({ value }) => value));
  for (const { own, value } of rules) {
    if (value.sensor === undefined) continue;
    const { kind, ids } = value.sensor;
    const ofKind = sensors.filter((sensor) => sensor.kind === kind);
    if (own || !ids || ofKind.length === 0) continue;
    if (ofKind.every((sensor) => index.of(sensor).length === 0))
      yield { of: value.rule, kind, ids, count: ofKind.length };
  }
}

function unknownToPlan({ lanes, steps }: PlanTemplate, { departments }: KnownPlaces): string[] {
  if (departments.length === 0) return [];
  const there = new Set(departments.map(({ id }) => id));
  const named = [...lanes.map(({ department }) => department), ...steps.flatMap(({ escalate }) => escalate ?? [])];
  return [...new Set(named)].filter((id) => !there.has(id));
}
