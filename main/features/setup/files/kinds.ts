import type { z } from 'zod';
import type { EditedKind, FileFault, FileView, FormView } from '../../../../contract/features/setupFiles.ts';
import { AlarmRules } from '../../../../core/alarms/rules.ts';
import { rulesOf } from '../../../../core/alarms/together.ts';
import type { LonLat } from '../../../../core/places/geo.ts';
import type { Text } from '../../../../core/words.ts';
import type { FeedDirectory } from '../../../feeds/feed.ts';
import { unknownTo } from '../../../feeds/ownFeeds.ts';
import { FeedConfig, feedConfigWith } from '../../../feeds/registry.ts';
import { BEGINNINGS } from './beginnings.ts';
import { FEED_WORDS, PROTOCOL_WORDS } from './feedWords.ts';
import { formsOf } from './fields.ts';
import { ruleForms } from './ruleForms.ts';

/** Something about the value of a file that its schema does not know. @param word as it stands in the text, there it is told */
export interface Remark extends Pick<FileFault, 'message' | 'remedy' | 'severity'> {
  readonly word: string;
}

/** What is known beside a file that is looked at. */
export interface Beside {
  readonly directory: FeedDirectory;
  /** Kinds of sensors and of units that there are. */
  readonly sensorKinds: ReadonlySet<string>;
  readonly unitKinds: ReadonlySet<string>;
  /** Ids of rules that are in use. */
  readonly rules: ReadonlySet<string>;
  /** Where something is that an area may be around. */
  at(id: string): LonLat | undefined;
  /** Ids that other files of the folder define, each with its file. */
  readonly taken: ReadonlyMap<string, string>;
}

/** A sort of file that is written on screen. */
export interface Edited<T> {
  readonly schema: z.ZodType<T>;
  /** Ids that it defines. */
  ids(value: T): readonly string[];
  view(value: T): Pick<FileView, 'name' | 'protocol'>;
  remarks(value: T, beside: Beside): Iterable<Remark>;
  /** @param resources folder of the product */
  forms(resources: string): readonly FormView[];
}

/** Devices that dial first, as they are most. */
const ORDER = Object.keys(PROTOCOL_WORDS);

const feeds: Edited<FeedConfig> = {
  schema: feedConfigWith({}),
  ids: ({ id }) => [id],
  view: ({ name, protocol }) => ({ name, protocol }),
  *remarks(feed, { directory, taken }) {
    const file = taken.get(feed.id);
    if (file !== undefined) yield { word: feed.id, severity: 'error', ...takenBy(feed.id, file) };
    for (const id of new Set(unknownTo(feed, directory))) yield { word: id, severity: 'warning', ...unknown(id) };
  },
  forms: () =>
    formsOf(FeedConfig, 'protocol', FEED_WORDS)
      .map(({ id, fields }) => {
        const protocol = id as FeedConfig['protocol'];
        return { id, ...PROTOCOL_WORDS[protocol], fields: [...fields], beginning: BEGINNINGS[protocol] };
      })
      .sort((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id)),
};

const rules: Edited<AlarmRules> = {
  schema: AlarmRules,
  ids: ({ rules: all }) => all.map(({ rule }) => rule),
  view: ({ rules: all }) => ({ name: all[0]?.name ?? null, protocol: null }),
  *remarks({ rules: all }, { directory, sensorKinds, unitKinds, rules: inUse, at, taken }) {
    const here = new Set(all.map(({ rule }) => rule));
    for (const { rule, sensor, unit, area, conditions = [] } of all) {
      const file = taken.get(rule);
      if (file !== undefined) yield { word: rule, severity: 'error', ...takenBy(rule, file) };
      const [watched, kinds, has] = sensor
        ? [sensor, sensorKinds, directory.hasSensor]
        : [unit, unitKinds, directory.hasUnit];
      if (watched && !kinds.has(watched.kind))
        yield { word: watched.kind, severity: 'warning', ...noKind(watched.kind, sensor !== undefined) };
      for (const id of watched?.ids ?? []) if (!has(id)) yield { word: id, severity: 'warning', ...unknown(id) };
      if (area && 'around' in area && !at(area.around))
        yield { word: area.around, severity: 'warning', ...noPlace(area.around) };
      for (const id of rulesOf(conditions).flat())
        if (!here.has(id) && !inUse.has(id) && !taken.has(id)) yield { word: id, severity: 'warning', ...noRule(id) };
    }
  },
  forms: ruleForms,
};

// biome-ignore lint/suspicious/noExplicitAny: each kind is asked only of values that its own schema made
export const EDITED: Readonly<Record<EditedKind, Edited<any>>> = { feeds, rules };

const takenBy = (id: string, file: string): { message: Text; remedy: Text } => ({
  message: { zh: `编号“${id}”已用于 ${file}`, en: `"${id}" is in ${file} already` },
  remedy: { zh: '请改用另一编号', en: 'Give it an id of its own.' },
});

const noKind = (kind: string, isSensor: boolean): { message: Text; remedy: Text } => ({
  message: {
    zh: `大厅中没有“${kind}”类${isSensor ? '传感器' : '力量'}`,
    en: `the hall has no ${isSensor ? 'sensor' : 'unit'} of the kind "${kind}"`,
  },
  remedy: {
    zh: `请改正类别；没有${isSensor ? '传感器' : '力量'}时此规则不会告警`,
    en: `Correct the kind: without a ${isSensor ? 'sensor' : 'unit'} the rule raises nothing.`,
  },
});

const noRule = (id: string): { message: Text; remedy: Text } => ({
  message: { zh: `大厅中没有规则“${id}”`, en: `the hall has no rule "${id}"` },
  remedy: {
    zh: '请改正编号，或先写出该规则；在此之前这个条件不成立',
    en: 'Correct the id, or write that rule first: until then the condition never holds.',
  },
});

const noPlace = (id: string): { message: Text; remedy: Text } => ({
  message: {
    zh: `大厅中没有“${id}”这个场所、设施、传感器或摄像机`,
    en: `the hall has no place, facility, sensor or camera "${id}"`,
  },
  remedy: {
    zh: '请改正 area.around 的编号；找不到时此规则不起作用',
    en: 'Correct the id at area.around: until then the rule is of no effect.',
  },
});

const unknown = (id: string): { message: Text; remedy: Text } => ({
  message: { zh: `大厅中没有“${id}”`, en: `the hall has no "${id}"` },
  remedy: {
    zh: '请改正编号，或先导入这个传感器或力量；其余部分照常使用',
    en: 'Correct the id, or import that sensor or unit first; the rest of the file is in use all the same.',
  },
});
