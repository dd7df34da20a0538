import type { AlarmView } from '../../../../contract/features/alarms.ts';
import { wantsAcknowledgement } from '../../../../core/alarms/acknowledgement.ts';
import type { Level, Text } from '../../../../core/words.ts';
import { alarmQueue, byUrgency } from '../../../desk/alarmQueue.ts';

export const ORDERS = ['urgency', 'newest', 'level', 'place'] as const;
export type Order = (typeof ORDERS)[number];

export const GROUPINGS = ['none', 'rule', 'place', 'time'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export const LEVELS = [1, 2, 3, 4] as const satisfies readonly Level[];

/** Which alarms of the queue are shown. */
export interface Filter {
  /** These levels; all where there is none. */
  readonly levels: readonly Level[];
  /** One rule's alarms; all where null. */
  readonly rule: string | null;
  /** Those whose title, place or source has each of these words; all where empty. */
  readonly words: string;
}

/** How a window shows the queue. */
export interface QueueView {
  readonly order: Order;
  readonly grouping: Grouping;
  readonly filter: Filter;
  /** Groups that are open. */
  readonly open: ReadonlySet<string>;
}

export const NO_FILTER: Filter = { levels: [], rule: null, words: '' };

/** Alarms that belong together, in the order of the queue. */
export interface Group {
  /** What they share: their rule's title, the place of the first, or the wall time at which their ten minutes begin. */
  readonly by: { readonly title: Text } | { readonly place: Text } | { readonly from: number };
  readonly alarms: readonly AlarmView[];
  readonly waiting: number;
  /** The worst. */
  readonly level: Level;
  /** When the newest was raised, wall ms. */
  readonly newest: number;
}

/** A line of the queue: an alarm, or the head of a group of two and more. Its id stays, whatever becomes of its place. */
export type Line =
  | { readonly id: string; readonly alarm: AlarmView; readonly within: string | null }
  | { readonly id: string; readonly group: Group; readonly open: boolean };

const TIME_SLOT_MS = 600_000;
/** Degrees: alarms within about a kilometre are at one place. */
const PLACE_CELL = 0.01;

/**
 * The queue as a window shows it: filtered, in order, in groups; those of a closed group are left out.
 *
 * @param stood the alarm that has the mark, as it was when it got it: it keeps the place that it had then, unless it becomes more urgent
 */
export function linesOf(alarms: Iterable<AlarmView>, view: QueueView, stood: AlarmView | null = null): Line[] {
  const shown = alarmQueue(alarms).filter(fits(view.filter));
  if (view.order !== 'urgency') shown.sort(COMPARE[view.order]);
  else if (stood !== null) {
    const asItStood = (alarm: AlarmView) => (alarm.id === stood.id && byUrgency(stood, alarm) < 0 ? stood : alarm);
    shown.sort((a, b) => byUrgency(asItStood(a), asItStood(b)));
  }
  if (view.grouping === 'none') return shown.map(lineOf);
  const keyOf = KEY[view.grouping];
  const groups = new Map<string, AlarmView[]>();
  for (const alarm of shown) {
    const key = `group:${view.grouping}:${keyOf(alarm)}`;
    const members = groups.get(key);
    if (members) members.push(alarm);
    else groups.set(key, [alarm]);
  }
  return [...groups].flatMap(([id, members]): Line[] => {
    const first = members[0];
    if (first === undefined || members.length === 1) return members.map(lineOf);
    const open = view.open.has(id);
    const head: Line = { id, group: groupOf(view.grouping, first, members), open };
    return [head, ...(open ? members.map((alarm): Line => ({ id: alarm.id, alarm, within: id })) : [])];
  });
}

const lineByAlarm = new WeakMap<AlarmView, Line>();

/** The same line as long as the alarm is the same: what draws lines draws those that are others. */
function lineOf(alarm: AlarmView): Line {
  const known = lineByAlarm.get(alarm);
  if (known) return known;
  const line: Line = { id: alarm.id, alarm, within: null };
  lineByAlarm.set(alarm, line);
  return line;
}

function groupOf(grouping: Grouping, first: AlarmView, alarms: readonly AlarmView[]): Group {
  const by =
    grouping === 'rule'
      ? { title: first.title }
      : grouping === 'place'
        ? { place: first.place.name }
        : { from: slotOf(first) };
  return {
    ...{ by, alarms, waiting: alarms.filter(wantsAcknowledgement).length },
    level: Math.min(...alarms.map(({ level }) => level)) as Level,
    newest: Math.max(...alarms.map(({ raisedAt }) => raisedAt)),
  };
}

const slotOf = (alarm: AlarmView) => Math.floor(alarm.raisedAt / TIME_SLOT_MS) * TIME_SLOT_MS;

const KEY: Record<Exclude<Grouping, 'none'>, (alarm: AlarmView) => string> = {
  rule: (alarm) => alarm.rule,
  place: ({ place }) => `${Math.round(place.lon / PLACE_CELL)},${Math.round(place.lat / PLACE_CELL)}`,
  time: (alarm) => String(slotOf(alarm)),
};

/** Orders that hold while alarms are acknowledged: none looks at the state. */
const COMPARE: Record<Exclude<Order, 'urgency'>, (a: AlarmView, b: AlarmView) => number> = {
  newest: (a, b) => b.raisedAt - a.raisedAt || byUrgency(a, b),
  level: (a, b) => a.level - b.level || b.raisedAt - a.raisedAt || byUrgency(a, b),
  place: (a, b) => a.place.name.zh.localeCompare(b.place.name.zh, 'zh-CN') || COMPARE.level(a, b),
};

/** Whether an alarm passes the filter. */
export function fits({ levels, rule, words }: Filter): (alarm: AlarmView) => boolean {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return (alarm) => {
    if (levels.length > 0 && !levels.includes(alarm.level)) return false;
    if (rule !== null && alarm.rule !== rule) return false;
    if (wanted.length === 0) return true;
    const { title, place, source } = alarm;
    const said = `${title.zh} ${title.en} ${place.name.zh} ${place.name.en} ${source.id}`.toLowerCase();
    return wanted.every((word) => said.includes(word));
  };
}

/** What stands in the queue, whatever is shown of it. */
export interface Counts {
  readonly all: number;
  readonly levels: Readonly<Record<Level, number>>;
  /** By rule, the most frequent first. */
  readonly kinds: readonly { readonly rule: string; readonly title: Text; readonly count: number }[];
}

export function countsOf(alarms: Iterable<AlarmView>): Counts {
  const levels: Record<Level, number> = { 1: 0, 2: 0, 3: 0, 4: 0 };
  const kinds = new Map<string, { rule: string; title: Text; count: number }>();
  let all = 0;
  for (const { level, rule, title } of alarmQueue(alarms)) {
    all += 1;
    levels[level] += 1;
    const kind = kinds.get(rule) ?? { rule, title, count: 0 };
    kinds.set(rule, { ...kind, count: kind.count + 1 });
  }
  return { all, levels, kinds: [...kinds.values()].sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1)) };
}

/** The line so many further on, never beyond an end; the first where none is marked. */
export function lineBeside(lines: readonly Line[], marked: string | null, by: number): Line | null {
  const at = lines.findIndex(({ id }) => id === marked);
  if (at < 0) return lines[by < 0 ? lines.length - 1 : 0] ?? null;
  return lines[Math.min(lines.length - 1, Math.max(0, at + by))] ?? null;
}

/** What the acknowledge key does now. */
export type Meant =
  | { readonly do: 'acknowledge'; readonly alarm: AlarmView }
  /** Brings a line onto the screen; the next press may mean it. */
  | { readonly do: 'show'; readonly line: Line }
  /** Shows a group's alarms and asks for a second press. */
  | { readonly do: 'ask'; readonly id: string; readonly group: Group }
  /** There is none that waits. */
  | { readonly do: 'nothing' };

/**
 * It never means what is not on the screen: the marked alarm is acknowledged where it can be seen, and shown where not. Without a
 * marked one that waits, the first that does is marked and shown.
 *
 * @param marked the line with the mark: a group's, else the selected alarm's
 * @param seen whether an alarm can be seen now, as a row or in the detail
 */
export function meantBySpace(
  lines: readonly Line[],
  marked: AlarmView | string | null,
  seen: (alarm: string) => boolean,
): Meant {
  if (typeof marked === 'string') {
    const line = lines.find(({ id }) => id === marked);
    if (line && 'group' in line && line.group.waiting > 0) return { do: 'ask', id: line.id, group: line.group };
  } else if (marked && wantsAcknowledgement(marked)) {
    if (seen(marked.id)) return { do: 'acknowledge', alarm: marked };
    const line = lines.find((each) => 'alarm' in each && each.id === marked.id);
    return { do: 'show', line: line ?? { id: marked.id, alarm: marked, within: null } };
  }
  const next = lines.find((line) => ('alarm' in line ? wantsAcknowledgement(line.alarm) : line.group.waiting > 0));
  return next ? { do: 'show', line: next } : { do: 'nothing' };
}
