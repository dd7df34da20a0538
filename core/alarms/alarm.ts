import { z } from 'zod';
import { ConflictSeenBody, LevelBody, PlaceBody, SeenBody, TextBody } from '../bodies.ts';
import { type Decision, decisionOf, type EventDraft, type Json, type LedgerEvent } from '../ledger/envelope.ts';
import type { Aggregate } from '../ledger/projection.ts';
import {
  type Conflict,
  EARLIEST,
  markSeen,
  type Register,
  seenOf,
  standingValue,
  trackConflict,
  write,
} from '../ledger/register.ts';
import { Refusal } from '../refusal.ts';
import type { Level, Place, Text } from '../words.ts';

/** ISA-18.2 states, as an operator sees them. */
export type AlarmState = 'normal' | 'unacknowledged' | 'acknowledged' | 'returned';

/** One rule watching one source. */
export interface Alarm {
  id: string;
  rule: string;
  title: Text;
  level: Level;
  state: AlarmState;
  shelvedUntil: number | null;
  /** How often it went from normal to raised; 0 before the first time. */
  occurrence: number;
  source: { kind: string; id: string };
  value: number;
  unit: string;
  place: Place;
  raisedAt: number;
  acknowledged: Decision | null;
  clearedAt: number | null;
  /** Incidents it became; more than one head only when stations opened one each while apart (A8). */
  incident: Register<string>;
  conflicts: Conflict[];
}

/** What a rule found. */
export interface Finding {
  rule: string;
  title: Text;
  level: Level;
  source: { kind: string; id: string };
  value: number;
  unit: string;
  place: Place;
}

export type AlarmCommand =
  | { do: 'raise'; finding: Finding; actor: string }
  | { do: 'acknowledge'; actor: string }
  | { do: 'clear'; value: number; actor: string }
  | { do: 'shelve'; until: number; reason: string; actor: string }
  | { do: 'unshelve'; actor: string }
  /** `over`: every incident it became so far is closed, so that another may follow (A8). */
  | { do: 'link'; incident: string; over?: boolean; actor: string }
  | { do: 'see-conflict'; conflict: string; actor: string };

const Occurrence = z.number().int().positive();
const Raised = z.object({
  occurrence: Occurrence,
  rule: z.string(),
  title: TextBody,
  level: LevelBody,
  source: z.object({ kind: z.string(), id: z.string() }),
  value: z.number(),
  unit: z.string(),
  place: PlaceBody,
});
const Acknowledged = z.object({ occurrence: Occurrence });
const Cleared = z.object({ occurrence: Occurrence, value: z.number() });
const Shelved = z.object({ until: z.number(), reason: z.string() });
const Linked = z.object({ incident: z.string(), seen: SeenBody });

export function alarmSubject(rule: string, source: string): string {
  return `alarm:${rule}:${source}`;
}

function initialState(subject: string): Alarm {
  return {
    id: subject,
    rule: '',
    title: { zh: '', en: '' },
    level: 4,
    state: 'normal',
    shelvedUntil: null,
    occurrence: 0,
    source: { kind: '', id: '' },
    value: 0,
    unit: '',
    place: { lon: 0, lat: 0, name: { zh: '', en: '' } },
    raisedAt: 0,
    acknowledged: null,
    clearedAt: null,
    incident: [],
    conflicts: [],
  };
}

/** Raised and not cleared, whether somebody has acknowledged it or not. */
export function isUp(alarm: Alarm): boolean {
  return alarm.state === 'unacknowledged' || alarm.state === 'acknowledged';
}

function raised(alarm: Alarm, body: z.infer<typeof Raised>, event: LedgerEvent): Alarm {
  const { occurrence, ...finding } = body;
  if (occurrence > alarm.occurrence) {
    return {
      ...alarm,
      ...finding,
      occurrence,
      state: 'unacknowledged',
      raisedAt: event.at,
      acknowledged: null,
      clearedAt: null,
      incident: [],
    };
  }
  if (occurrence < alarm.occurrence || body.level >= alarm.level || !isUp(alarm)) return alarm; // A2, A6
  return { ...alarm, ...finding, state: 'unacknowledged', acknowledged: null, shelvedUntil: null };
}

function evolve(alarm: Alarm, event: LedgerEvent): Alarm {
  switch (event.type) {
    case 'alarm.raised':
      return raised(alarm, event.body as z.infer<typeof Raised>, event);
    case 'alarm.acknowledged': {
      const { occurrence } = event.body as z.infer<typeof Acknowledged>;
      if (occurrence !== alarm.occurrence || alarm.acknowledged) return alarm;
      if (alarm.state === 'unacknowledged') return { ...alarm, state: 'acknowledged', acknowledged: decisionOf(event) };
      return alarm.state === 'returned' ? { ...alarm, state: 'normal', acknowledged: decisionOf(event) } : alarm;
    }
    case 'alarm.cleared': {
      const { occurrence, value } = event.body as z.infer<typeof Cleared>;
      if (occurrence !== alarm.occurrence || !isUp(alarm)) return alarm;
      const state = alarm.state === 'acknowledged' ? 'normal' : 'returned';
      return { ...alarm, state, value, clearedAt: event.at };
    }
    case 'alarm.shelved':
      return { ...alarm, shelvedUntil: (event.body as z.infer<typeof Shelved>).until };
    case 'alarm.unshelved':
      return { ...alarm, shelvedUntil: null };
    case 'alarm.linked': {
      const { incident, seen } = event.body as z.infer<typeof Linked>;
      const register = write(alarm.incident, incident, decisionOf(event), seen);
      const conflicts = trackConflict(alarm.conflicts, alarm.id, 'incident', register, EARLIEST, decisionOf(event));
      return { ...alarm, incident: register, conflicts };
    }
    case 'conflict.seen': {
      const { conflict } = event.body as z.infer<typeof ConflictSeenBody>;
      return { ...alarm, conflicts: markSeen(alarm.conflicts, conflict, decisionOf(event)) };
    }
    default:
      return alarm;
  }
}

/** @throws Refusal naming the rule of SPEC.md that stands against the command. */
export function decideAlarm(alarm: Alarm, command: AlarmCommand): EventDraft[] {
  const draft = (type: string, body: { [key: string]: Json }): EventDraft[] => [
    { type, subject: alarm.id, actor: command.actor, body },
  ];
  const { occurrence } = alarm;
  switch (command.do) {
    case 'raise': {
      const { finding } = command;
      if (isUp(alarm)) {
        if (finding.level >= alarm.level) return [];
        return draft('alarm.raised', { occurrence, ...finding } as unknown as { [key: string]: Json });
      }
      return draft('alarm.raised', { occurrence: occurrence + 1, ...finding } as unknown as { [key: string]: Json });
    }
    case 'acknowledge':
      if (occurrence === 0)
        throw new Refusal('A9', { zh: '这条告警从未发生过', en: `${alarm.id} has never been raised` });
      if (alarm.state === 'acknowledged' || alarm.state === 'normal') return []; // A3: the first stands, a second is no error
      return draft('alarm.acknowledged', { occurrence });
    case 'clear':
      return isUp(alarm) ? draft('alarm.cleared', { occurrence, value: command.value }) : [];
    case 'shelve':
      if (occurrence === 0 || alarm.state === 'normal')
        throw new Refusal('A9', { zh: '只有未解除的告警可以搁置', en: 'only an alarm that is up can be shelved' });
      return draft('alarm.shelved', { until: command.until, reason: command.reason });
    case 'unshelve':
      return alarm.shelvedUntil === null ? [] : draft('alarm.unshelved', {});
    case 'link':
      if (occurrence === 0)
        throw new Refusal('A9', { zh: '这条告警从未发生过', en: `${alarm.id} has never been raised` });
      if (alarm.incident.length > 0 && !(command.over && isUp(alarm)))
        throw new Refusal('A8', {
          zh: `该告警已转为事件 ${incidentOf(alarm)}`,
          en: `this alarm is already incident ${incidentOf(alarm)}`,
        });
      return draft('alarm.linked', { incident: command.incident, seen: seenOf(alarm.incident) });
    case 'see-conflict':
      if (!alarm.conflicts.some((c) => c.id === command.conflict))
        throw new Refusal('A9', { zh: '没有这条冲突', en: `no conflict ${command.conflict}` });
      return draft('conflict.seen', { conflict: command.conflict });
  }
}

/** The incident this alarm became, the one that stands where there are two. */
export function incidentOf(alarm: Alarm): string | null {
  return (standingValue(alarm.incident, EARLIEST) as string | undefined) ?? null;
}

export const alarmAggregate: Aggregate<Alarm> = {
  kind: 'alarm',
  initialState,
  evolve,
  bodies: {
    'alarm.raised': Raised,
    'alarm.acknowledged': Acknowledged,
    'alarm.cleared': Cleared,
    'alarm.shelved': Shelved,
    'alarm.unshelved': z.object({}),
    'alarm.linked': Linked,
    'conflict.seen': ConflictSeenBody,
  },
};
