import type { QueryParams } from '../../../contract/index.ts';

/** Kinds of lines that one looks for, each with what the log is asked for. */
export const SORTS = {
  all: {},
  alarms: { kind: 'alarm' },
  incidents: { kind: 'incident' },
  runs: { kind: 'run' },
  notes: { type: 'incident.noted' },
  handovers: { kind: 'handover' },
  calls: { kind: 'call' },
  walls: { kind: 'wall' },
} as const satisfies Record<string, { kind?: string; type?: string }>;
export type Sort = keyof typeof SORTS;

export interface LogFilter {
  /** `2026-11-27` by the window's clock; empty for every day. */
  readonly day: string;
  /** Empty for every seat. */
  readonly seat: string;
  readonly sort: Sort;
  readonly text: string;
}

/** Lines of one page. */
export const LOG_PAGE = 50;

const two = (n: number) => String(n).padStart(2, '0');

/** The day of a moment, by the window's clock. */
export function dayOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Begin of a day and of the next, which is not always 24 hours later; null for what is no day. */
export function boundsOf(day: string): { from: number; until: number } | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  if (year === undefined) return null;
  const at = (by: number) => new Date(Number(year), Number(month) - 1, Number(date) + by).getTime();
  return at(0) < 0 ? null : { from: at(0), until: at(1) };
}

/** The day before or after another. */
export function dayBeside(day: string, by: 1 | -1): string {
  const bounds = boundsOf(day);
  return bounds === null ? day : dayOf(by > 0 ? bounds.until : bounds.from - 1);
}

/**
 * Seats that the log can be asked for: those that every hall has, in their order, then the others by name.
 *
 * @param occurring seats that the log has lines of
 * @param chosen the one asked for now, empty for none: it stays on offer
 */
export function seatsToChoose(
  standard: readonly string[],
  occurring: readonly string[],
  chosen: string,
): readonly string[] {
  const others = new Set([...occurring, ...(chosen === '' ? [] : [chosen])].filter((seat) => !standard.includes(seat)));
  return [...standard, ...[...others].sort()];
}

/** What the hall is asked for a page of the log. */
export function logQuery(filter: LogFilter, after: string | null): QueryParams<'log.list'> {
  const text = filter.text.trim().slice(0, 100);
  return {
    ...SORTS[filter.sort],
    ...boundsOf(filter.day),
    ...(filter.seat === '' ? {} : { seat: filter.seat }),
    ...(text === '' ? {} : { text }),
    ...(after === null ? {} : { after }),
    limit: LOG_PAGE,
  };
}

/** The zone of a moment by the window's clock: `UTC+8`, `UTC-3:30`. */
export function zoneOf(at: number): string {
  const minutes = -new Date(at).getTimezoneOffset();
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${two(rest)}`}`;
}

/** The rule and the source that an alarm is of, by its id; null for another subject. */
export function alarmParts(subject: string): { rule: string; source: string } | null {
  const [, rule, source] = /^alarm:([^:]+):(.+)$/s.exec(subject) ?? [];
  return rule === undefined || source === undefined ? null : { rule, source };
}

/** The rule that decided, by the actor of a line that nobody sat at; null where it was none of `rules`. */
export function ruleOf<Name>(actor: string, rules: ReadonlyMap<string, Name>): Name | null {
  return rules.get(actor.replace(/^rule[.:]/, '')) ?? null;
}

/** What can be selected of a line: the kind and id of its subject; null where no detail shows it. */
export function selectionOf(subject: string): { kind: string; id: string; at: null } | null {
  const kind = subject.split(':')[0] ?? '';
  return ['alarm', 'incident', 'run', 'warning'].includes(kind) ? { kind, id: subject, at: null } : null;
}
