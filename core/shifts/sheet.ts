import { z } from 'zod';
import { wantsAcknowledgement } from '../alarms/acknowledgement.ts';
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
  /** Calls that wait; sheets of older handovers do not say. */
  calls: section(z.object({ id: NameBody, text: TextBody, place: TextBody, cameAt: Time })).optional(),
  /** Alarms that want acknowledgement, those among them that are back to normal. */
  unacknowledged: section(AlarmLine),
  shelved: section(AlarmLine.extend({ until: Time.nullable() })),
  /** Things about which stations decided differently; `unseen` of these differences nobody has looked at. */
  conflicts: section(z.object({ id: NameBody, title: TextBody, unseen: Count })),
  feeds: section(z.object({ id: NameBody, name: TextBody, state: z.enum(['silent', 'down']), since: Time })),
});
export type Sheet = z.infer<typeof Sheet>;
/** The sections of a sheet, in the order in which it is read. */
const SECTIONS = ['incidents', 'runs', 'calls', 'unacknowledged', 'shelved', 'conflicts', 'feeds'] as const;
export type Section = (typeof SECTIONS)[number];

/** The sections that a sheet has, in their order, with how many things are in each. */
export function sectionsOf(sheet: Sheet): { section: Section; count: number }[] {
  return SECTIONS.flatMap((section) => {
    const said = sheet[section];
    return said ? [{ section, count: said.count }] : [];
  });
}

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
  /** Those that wait, and those about which stations decided differently. */
  readonly calls: Iterable<
    Conflicting & {
      readonly id: string;
      readonly text: Text;
      readonly place: { readonly name: Text } | null;
      readonly cameAt: number;
    }
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

const NOWHERE: Text = { zh: '', en: '' };
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
export function putTogether({ incidents, alarms, calls, runs, feeds }: Going, at: number): Sheet {
  const [allIncidents, allAlarms, allCalls, allRuns] = [[...incidents], [...alarms], [...calls], [...runs]];
  const alarmLines = (which: (alarm: { readonly state: string }) => boolean) =>
    allAlarms.filter(which).map((alarm) => ({ ...named(alarm), raisedAt: alarm.raisedAt, until: alarm.shelvedUntil }));
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
    ...allCalls.map((call) => ({ id: call.id, title: cut(call.text), unseen: unseenOf(call) })),
    ...allRuns.map((run) => ({ id: run.id, title: cut(run.name), unseen: unseenOf(run) })),
  ].filter(({ unseen }) => unseen > 0);
  const quiet = [...feeds].flatMap(({ id, name, state, since }) =>
    state === 'silent' || state === 'down' ? [{ id, name: cut(name), state: state as 'silent' | 'down', since }] : [],
  );
  const shelved = sorted(
    alarmLines(({ state }) => state === 'shelved'),
    (a, b) => (a.until ?? 0) - (b.until ?? 0),
  );
  const waiting = sorted(alarmLines(wantsAcknowledgement), (a, b) => a.level - b.level || a.raisedAt - b.raisedAt);
  return {
    at,
    incidents: sorted(
      allIncidents
        .filter(({ state }) => state === 'open')
        .map((incident) => ({ ...named(incident), openedAt: incident.openedAt, owner: incident.owner })),
      (a, b) => a.level - b.level || a.openedAt - b.openedAt,
    ),
    runs: sorted(runLines, (a, b) => b.late - a.late || a.launchedAt - b.launchedAt),
    calls: sorted(
      // What stations decided differently is answered.
      allCalls
        .filter(({ conflicts }) => conflicts.length === 0)
        .map(({ id, text, place, cameAt }) => ({ id, text: cut(text), place: cut(place?.name ?? NOWHERE), cameAt })),
      (a, b) => a.cameAt - b.cameAt,
    ),
    unacknowledged: { count: waiting.count, lines: waiting.lines.map(({ until: _, ...line }) => line) },
    shelved,
    conflicts: sorted(conflicting, (a, b) => b.unseen - a.unseen),
    feeds: sorted(quiet, (a, b) => a.since - b.since),
  };
}
