import { z } from 'zod';
import { ConflictSeenBody, LevelBody, NameBody, PlaceBody, ProseBody, SeenBody, TextBody } from '../bodies.ts';
import { type Decision, decisionOf, type EventDraft, type Json, type LedgerEvent } from '../ledger/envelope.ts';
import { firstVersions } from '../ledger/family.ts';
import type { Aggregate } from '../ledger/projection.ts';
import {
  type Conflict,
  EARLIEST,
  markSeen,
  type Register,
  type StandingRule,
  seenOf,
  standing,
  standingValue,
  trackConflict,
  type Written,
  write,
} from '../ledger/register.ts';
import { OPS } from '../ledger/stream.ts';
import { own } from '../own.ts';
import { Refusal } from '../refusal.ts';
import type { Level, Place, Text } from '../words.ts';

/** What an alarm or a call became. */
export interface Incident {
  id: string;
  type: string;
  title: Text;
  place: Place;
  level: Register<Level>;
  state: 'unknown' | 'open' | 'closed';
  alarm: string | null;
  openedAt: number;
  closedAt: number | null;
  notes: { text: string; by: Decision }[];
  /** By plan: its newest run; more heads only when stations launched the same plan while apart (I6). */
  plans: Readonly<Record<string, Register<string>>>;
  conflicts: Conflict[];
}

export type IncidentCommand =
  | { do: 'open'; type: string; title: Text; place: Place; level: Level; alarm: string | null; actor: string }
  | { do: 'set-level'; level: Level; reason: string; actor: string }
  | { do: 'note'; text: string; actor: string }
  | { do: 'launch-plan'; plan: string; run: string; actor: string }
  | { do: 'close'; reason: string; actor: string }
  | { do: 'see-conflict'; conflict: string; actor: string };

/** Of two levels the worse stands: answering too strongly costs less than too weakly (I2). */
export const WORSE_LEVEL: StandingRule<Level> = { name: 'worse-level', before: (a, b) => a < b };

const Opened = z.object({
  type: NameBody,
  title: TextBody,
  place: PlaceBody,
  level: LevelBody,
  alarm: NameBody.nullable(),
});
const LevelChanged = z.object({ level: LevelBody, reason: ProseBody, seen: SeenBody });
const Noted = z.object({ text: ProseBody });
const PlanLaunched = z.object({ plan: NameBody, run: NameBody, seen: SeenBody });
const Closed = z.object({ reason: ProseBody });

function initialState(subject: string): Incident {
  return {
    id: subject,
    type: '',
    title: { zh: '', en: '' },
    place: { lon: 0, lat: 0, name: { zh: '', en: '' } },
    level: [],
    state: 'unknown',
    alarm: null,
    openedAt: 0,
    closedAt: null,
    notes: [],
    plans: {},
    conflicts: [],
  };
}

function evolve(incident: Incident, event: LedgerEvent): Incident {
  const by = decisionOf(event);
  switch (event.type) {
    case 'incident.opened': {
      if (incident.state !== 'unknown') return incident;
      const { level, ...opened } = event.body as z.infer<typeof Opened>;
      return { ...incident, ...opened, level: write(incident.level, level, by, []), state: 'open', openedAt: event.at };
    }
    case 'incident.level-changed': {
      const { level, seen } = event.body as z.infer<typeof LevelChanged>;
      const register = write(incident.level, level, by, seen);
      const conflicts = trackConflict(incident.conflicts, incident.id, 'level', register, WORSE_LEVEL, by);
      return { ...incident, level: register, conflicts };
    }
    case 'incident.noted':
      return { ...incident, notes: [...incident.notes, { text: (event.body as z.infer<typeof Noted>).text, by }] };
    case 'incident.plan-launched': {
      const { plan, run, seen } = event.body as z.infer<typeof PlanLaunched>;
      const register = write(own(incident.plans, plan) ?? [], run, by, seen);
      const conflicts = trackConflict(incident.conflicts, incident.id, `plan.${plan}`, register, EARLIEST, by);
      return { ...incident, plans: { ...incident.plans, [plan]: register }, conflicts };
    }
    case 'incident.closed':
      return incident.state === 'closed' ? incident : { ...incident, state: 'closed', closedAt: event.at };
    case 'conflict.seen': {
      const { conflict } = event.body as z.infer<typeof ConflictSeenBody>;
      return { ...incident, conflicts: markSeen(incident.conflicts, conflict, by) };
    }
    default:
      return incident;
  }
}

/** @throws Refusal naming the rule of SPEC.md that stands against the command. */
export function decideIncident(incident: Incident, command: IncidentCommand): EventDraft[] {
  const draft = (type: string, body: { [key: string]: Json }): EventDraft[] => [
    { type, subject: incident.id, actor: command.actor, body },
  ];
  if (command.do === 'open') {
    if (incident.state !== 'unknown') return [];
    const { type, title, place, level, alarm } = command;
    return draft('incident.opened', { type, title, place, level, alarm } as unknown as { [key: string]: Json });
  }
  if (incident.state === 'unknown')
    throw new Refusal('I5', { zh: `没有事件 ${incident.id}`, en: `there is no incident ${incident.id}` });
  if (command.do === 'see-conflict') {
    if (!incident.conflicts.some((c) => c.id === command.conflict))
      throw new Refusal('I5', { zh: '没有这条冲突', en: `no conflict ${command.conflict}` });
    return draft('conflict.seen', { conflict: command.conflict });
  }
  if (incident.state === 'closed')
    throw new Refusal('I5', {
      zh: '事件已结束；新的情况请另立事件',
      en: 'the incident is closed; open a new one for what comes now',
    });
  switch (command.do) {
    case 'set-level':
      if (incident.level.length === 1 && levelOf(incident).value === command.level) return [];
      return draft('incident.level-changed', {
        level: command.level,
        reason: command.reason,
        seen: seenOf(incident.level),
      });
    case 'note':
      return draft('incident.noted', { text: command.text });
    case 'launch-plan': {
      const { plan, run } = command;
      return draft('incident.plan-launched', { plan, run, seen: seenOf(own(incident.plans, plan) ?? []) });
    }
    case 'close':
      return draft('incident.closed', { reason: command.reason });
  }
}

/** The level that stands, and who decided it. Only for an incident that was opened. */
export function levelOf(incident: Incident): Written<Level> {
  return incident.level[standing(incident.level, WORSE_LEVEL)] as Written<Level>;
}

/**
 * Of the concurrent launches of a plan that `run` is one of: the run that stands (I6). Null when no launch of `run` is among the
 * newest ones of the plan.
 */
export function runThatStands(incident: Incident, plan: string, run: string): string | null {
  const register = own(incident.plans, plan) ?? [];
  if (!register.some((head) => head.value === run)) return null;
  return (standingValue(register, EARLIEST) as string | undefined) ?? null;
}

export const incidentAggregate: Aggregate<Incident> = {
  kind: 'incident',
  stream: OPS,
  initialState,
  evolve,
  events: firstVersions({
    'incident.opened': Opened,
    'incident.level-changed': LevelChanged,
    'incident.noted': Noted,
    'incident.plan-launched': PlanLaunched,
    'incident.closed': Closed,
    'conflict.seen': ConflictSeenBody,
  }),
};
