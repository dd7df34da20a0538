import { z } from 'zod';
import { LevelBody, NameBody, TextBody } from '../bodies.ts';
import { isSettledState, type StepState } from '../plans/stepState.ts';
import type { Level, Text } from '../words.ts';

/** Lines that a section of a sheet has at most; how many things there are it says beside them. */
export const SHEET_LINES = 50;
/** Late steps that a run's line names. */
const LATE_NAMED = 5;
/** Characters of a name on a sheet. */
const NAME_CHARS = 200;

const Time = z.number().int().nonnegative();
const Count = z.number().int().nonnegative();
const section = <S extends z.ZodType>(line: S) => z.object({ count: Count, lines: z.array(line).max(SHEET_LINES) });

const AlarmLine = z.object({ id: NameBody, title: TextBody, place: TextBody, level: LevelBody, raisedAt: Time });

/** What is left to whoever takes over, as it was at one moment. */
export const Sheet = z.object({
  at: Time,
  incidents: section(
    z.object({ id: NameBody, title: TextBody, place: TextBody, level: LevelBody, openedAt: Time, owner: NameBody }),
  ),
  runs: section(
    z.object({
      ...{ id: NameBody, incident: NameBody, name: TextBody, launchedAt: Time },
      ...{ settled: Count, total: Count },
      /** Steps that are late, and the first of them by name. */
      late: Count,
      lateSteps: z.array(TextBody).max(LATE_NAMED),
    }),
  ),
  unacknowledged: section(AlarmLine),
  shelved: section(AlarmLine.extend({ until: Time.nullable() })),
  /** Things about which stations decided differently; `unseen` of these differences nobody has looked at. */
  conflicts: section(z.object({ id: NameBody, title: TextBody, unseen: Count })),
  feeds: section(z.object({ id: NameBody, name: TextBody, state: z.enum(['silent', 'down']), since: Time })),
});
export type Sheet = z.infer<typeof Sheet>;
/** The sections of a sheet, in the order in which it is read. */
export const SECTIONS = ['incidents', 'runs', 'unacknowledged', 'shelved', 'conflicts', 'feeds'] as const;
export type Section = (typeof SECTIONS)[number];

interface Conflicting {
  readonly conflicts: readonly { readonly seen: unknown }[];
}
interface Placed {
  readonly id: string;
  readonly title: Text;
  readonly place: { readonly name: Text };
  readonly level: Level;
}

/** What a sheet is put together from: what views and lists of the hall have of each thing. */
export interface Going {
  readonly incidents: Iterable<
    Placed & { readonly state: string; readonly openedAt: number; readonly owner: string; readonly unseen: number }
  >;
  readonly alarms: Iterable<
    Placed & Conflicting & { readonly state: string; readonly raisedAt: number; readonly shelvedUntil: number | null }
  >;
  readonly runs: Iterable<
    Conflicting & {
      readonly id: string;
      readonly incident: string;
      readonly name: Text;
      readonly state: string;
      readonly launched: { readonly at: number };
      readonly done: number;
      readonly skipped: number;
      readonly total: number;
      readonly steps: readonly { readonly title: Text; readonly state: StepState; readonly overdue: string }[];
    }
  >;
  readonly feeds: Iterable<{
    readonly id: string;
    readonly name: Text;
    readonly state: string;
    readonly since: number;
  }>;
}

const cut = ({ zh, en }: Text): Text => ({ zh: zh.slice(0, NAME_CHARS), en: en.slice(0, NAME_CHARS) });
const named = ({ id, title, place, level }: Placed) => ({ id, title: cut(title), place: cut(place.name), level });
const unseenOf = ({ conflicts }: Conflicting) => conflicts.filter(({ seen }) => seen === null).length;
const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

/** The first lines of a section in their order; of equals that of the lesser id, so that two stations have one order. */
function sorted<T extends { id: string }>(all: readonly T[], before: (a: T, b: T) => number) {
  const lines = [...all].sort((a, b) => before(a, b) || byId(a, b)).slice(0, SHEET_LINES);
  return { count: all.length, lines };
}

/** Puts a sheet together (S6). */
export function putTogether({ incidents, alarms, runs, feeds }: Going, at: number): Sheet {
  const [allIncidents, allAlarms, allRuns] = [[...incidents], [...alarms], [...runs]];
  const alarmLines = (state: string) =>
    allAlarms
      .filter((alarm) => alarm.state === state)
      .map((alarm) => ({ ...named(alarm), raisedAt: alarm.raisedAt, until: alarm.shelvedUntil }));
  const runLines = allRuns
    .filter(({ state }) => state === 'running')
    .map((run) => {
      const late = run.steps.filter(
        ({ overdue, state }) => overdue !== 'no' && !isSettledState(state) && state !== 'waiting',
      );
      const { id, incident, name, launched, done, skipped, total } = run;
      const lateSteps = late.slice(0, LATE_NAMED).map(({ title }) => cut(title));
      return {
        ...{ id, incident, name: cut(name), launchedAt: launched.at, settled: done + skipped, total },
        ...{ late: late.length, lateSteps },
      };
    });
  const conflicting = [
    ...allIncidents.map(({ id, title, unseen }) => ({ id, title: cut(title), unseen })),
    ...allAlarms.map((alarm) => ({ id: alarm.id, title: cut(alarm.title), unseen: unseenOf(alarm) })),
    ...allRuns.map((run) => ({ id: run.id, title: cut(run.name), unseen: unseenOf(run) })),
  ].filter(({ unseen }) => unseen > 0);
  const quiet = [...feeds].flatMap(({ id, name, state, since }) =>
    state === 'silent' || state === 'down' ? [{ id, name: cut(name), state: state as 'silent' | 'down', since }] : [],
  );
  const shelved = sorted(alarmLines('shelved'), (a, b) => (a.until ?? 0) - (b.until ?? 0));
  const waiting = sorted(alarmLines('unacknowledged'), (a, b) => a.level - b.level || a.raisedAt - b.raisedAt);
  return {
    at,
    incidents: sorted(
      allIncidents
        .filter(({ state }) => state === 'open')
        .map((incident) => ({ ...named(incident), openedAt: incident.openedAt, owner: incident.owner })),
      (a, b) => a.level - b.level || a.openedAt - b.openedAt,
    ),
    runs: sorted(runLines, (a, b) => b.late - a.late || a.launchedAt - b.launchedAt),
    unacknowledged: { count: waiting.count, lines: waiting.lines.map(({ until: _, ...line }) => line) },
    shelved,
    conflicts: sorted(conflicting, (a, b) => b.unseen - a.unseen),
    feeds: sorted(quiet, (a, b) => a.since - b.since),
  };
}
