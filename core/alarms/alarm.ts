import { z } from 'zod';
import { ConflictSeenBody, LevelBody, PlaceBody, SeenBody, TextBody } from '../bodies.ts';
import { type Decision, decisionOf, type LedgerEvent } from '../ledger/envelope.ts';
import { firstVersions } from '../ledger/family.ts';
import type { Aggregate } from '../ledger/projection.ts';
import {
  type Conflict,
  EARLIEST,
  markSeen,
  type Register,
  standingValue,
  trackConflict,
  write,
} from '../ledger/register.ts';
import { OPS } from '../ledger/stream.ts';
import type { Level, Place, Text } from '../words.ts';
import { ClearTerms, type Hold, isSafe, withHold } from './terms.ts';

/** ISA-18.2 states, as an operator sees them. */
export type AlarmState = 'normal' | 'unacknowledged' | 'acknowledged' | 'returned';

/** One rule watching one source. */
export interface Alarm {
  id: string;
  rule: string;
  title: Text;
  level: Level;
  state: AlarmState;
  /** For how many minutes somebody put it aside; each station measures them by its own clock (A7). */
  shelved: { minutes: number; by: Decision } | null;
  /** How often it went from normal to raised; 0 before the first time. */
  occurrence: number;
  source: { kind: string; id: string };
  /** At which it was raised, or last got worse. */
  value: number;
  unit: string;
  place: Place;
  raisedAt: number;
  /** When its level last got worse while it was up; null where it has not since it was raised. */
  worsenedAt: number | null;
  acknowledged: Decision | null;
  clearedAt: number | null;
  /** At which it was cleared. */
  clearedValue: number | null;
  /** What the rules of the stations that hold it up ask before it may clear (A11). */
  holds: readonly Hold[];
  /** Incidents it became; more than one head only when stations opened one each while apart (A8). */
  incident: Register<string>;
  conflicts: Conflict[];
}

/** Longest time an alarm is put aside, in minutes. */
export const MAX_SHELVED_MINUTES = 1440;
/**
 * Occurrences that a raise may be ahead of the last one known here: those between may come later, from another station. A number
 * beyond is nobody's count, and must not leave the sensor without a next one (A12).
 */
const MAX_OCCURRENCES_AHEAD = 1000;

const name = z.string().max(200);
const Occurrence = z.number().int().positive();
/** What a decision was about: it does not count for what got worse unseen (A6). Events of an older version have no level. */
const about = { occurrence: Occurrence, level: LevelBody.optional() };
const Raised = z.object({
  occurrence: Occurrence,
  rule: name,
  title: TextBody,
  level: LevelBody,
  source: z.object({ kind: name, id: name }),
  value: z.number(),
  unit: name,
  place: PlaceBody,
  clears: ClearTerms.optional(),
});
const Held = z.object({ occurrence: Occurrence, clears: ClearTerms });
const Acknowledged = z.object(about);
/** `withdrawn`: by a person, with why, as no rule looks at it any more (A16); else by a rule, at this value. */
const Cleared = z.object({
  ...about,
  value: z.number(),
  withdrawn: z.literal(true).optional(),
  reason: z.string().max(2000).optional(),
});
const ShelvedFor = z.object({
  ...about,
  minutes: z.number().int().min(1).max(MAX_SHELVED_MINUTES),
  reason: z.string().max(2000),
});
/** As an older version wrote it: a wall time of the station that wrote it. */
const ShelvedUntil = z.object({ until: z.number().int().nonnegative(), reason: z.string().max(2000) });
const Unshelved = z.object({ shelving: z.string().max(250).optional() });
const Linked = z.object({ occurrence: Occurrence.optional(), incident: z.string().max(250), seen: SeenBody });

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
    shelved: null,
    occurrence: 0,
    source: { kind: '', id: '' },
    value: 0,
    unit: '',
    place: { lon: 0, lat: 0, name: { zh: '', en: '' } },
    raisedAt: 0,
    worsenedAt: null,
    acknowledged: null,
    clearedAt: null,
    clearedValue: null,
    holds: [],
    incident: [],
    conflicts: [],
  };
}

/** Raised and not cleared, whether somebody has acknowledged it or not. */
export function isUp(alarm: Pick<Alarm, 'state'>): boolean {
  return alarm.state === 'unacknowledged' || alarm.state === 'acknowledged';
}

function raised(alarm: Alarm, body: z.infer<typeof Raised>, event: LedgerEvent): Alarm {
  const { occurrence, clears, ...finding } = body;
  const ahead = occurrence - alarm.occurrence;
  if (ahead > MAX_OCCURRENCES_AHEAD) return alarm; // A12
  if (ahead > 0) {
    return {
      ...alarm,
      ...finding,
      occurrence,
      state: 'unacknowledged',
      shelved: null,
      raisedAt: event.at,
      worsenedAt: null,
      acknowledged: null,
      clearedAt: null,
      clearedValue: null,
      holds: withHold([], event.station, clears),
      incident: [],
    };
  }
  if (ahead < 0 || !isUp(alarm)) return alarm; // A6
  const holds = withHold(alarm.holds, event.station, clears);
  if (body.level >= alarm.level) return { ...alarm, holds }; // A2
  return {
    ...{ ...alarm, ...finding, holds, state: 'unacknowledged' },
    ...{ worsenedAt: event.at, acknowledged: null, shelved: null },
  };
}

/** Whether a decision was about the alarm as it is: this occurrence, and no milder a level (A6). */
function covers(alarm: Alarm, decision: { occurrence: number; level?: Level | undefined }): boolean {
  return decision.occurrence === alarm.occurrence && (decision.level ?? alarm.level) <= alarm.level;
}

function shelved(alarm: Alarm, event: LedgerEvent): Alarm {
  const body = event.body as z.infer<typeof ShelvedFor> | z.infer<typeof ShelvedUntil>;
  if (alarm.state === 'normal') return alarm;
  const by = decisionOf(event);
  if ('minutes' in body) return covers(alarm, body) ? { ...alarm, shelved: { minutes: body.minutes, by } } : alarm;
  const minutes = Math.min(Math.ceil((body.until - event.at) / 60_000), MAX_SHELVED_MINUTES);
  return minutes > 0 ? { ...alarm, shelved: { minutes, by } } : alarm;
}

function evolve(alarm: Alarm, event: LedgerEvent): Alarm {
  switch (event.type) {
    case 'alarm.raised':
      return raised(alarm, event.body as z.infer<typeof Raised>, event);
    case 'alarm.held': {
      const { occurrence, clears } = event.body as z.infer<typeof Held>;
      if (occurrence !== alarm.occurrence || !isUp(alarm)) return alarm;
      return { ...alarm, holds: withHold(alarm.holds, event.station, clears) };
    }
    case 'alarm.acknowledged': {
      if (!covers(alarm, event.body as z.infer<typeof Acknowledged>) || alarm.acknowledged) return alarm;
      const acknowledged = decisionOf(event);
      if (alarm.state === 'unacknowledged') return { ...alarm, state: 'acknowledged', acknowledged };
      return alarm.state === 'returned' ? { ...alarm, state: 'normal', acknowledged, shelved: null } : alarm;
    }
    case 'alarm.cleared': {
      const cleared = event.body as z.infer<typeof Cleared>;
      if (!covers(alarm, cleared)) return alarm;
      const over = { ...alarm, clearedAt: event.at, clearedValue: cleared.value };
      if (cleared.withdrawn)
        return isUp(alarm)
          ? { ...over, state: 'normal', shelved: null, acknowledged: alarm.acknowledged ?? decisionOf(event) }
          : alarm;
      if (!mayClear(alarm, cleared.value)) return alarm;
      return alarm.state === 'acknowledged'
        ? { ...over, state: 'normal', shelved: null }
        : { ...over, state: 'returned' };
    }
    case 'alarm.shelved':
      return shelved(alarm, event);
    case 'alarm.unshelved': {
      const { shelving } = event.body as z.infer<typeof Unshelved>;
      return shelving !== undefined && shelving !== alarm.shelved?.by.event ? alarm : { ...alarm, shelved: null };
    }
    case 'alarm.linked': {
      const { occurrence, incident, seen } = event.body as z.infer<typeof Linked>;
      if (occurrence !== undefined && occurrence !== alarm.occurrence) return alarm; // A6
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

/** Whether the alarm is up, and the value safe for every station whose rule holds it up (A11). */
export function mayClear(alarm: Alarm, value: number): boolean {
  return isUp(alarm) && alarm.holds.every(({ terms }) => isSafe(terms, value));
}

/** The incident this alarm became, the one that stands where there are two. */
export function incidentOf(alarm: Alarm): string | null {
  return (standingValue(alarm.incident, EARLIEST) as string | undefined) ?? null;
}

export const alarmAggregate: Aggregate<Alarm> = {
  kind: 'alarm',
  stream: OPS,
  initialState,
  evolve,
  events: firstVersions({
    'alarm.raised': Raised,
    'alarm.held': Held,
    'alarm.acknowledged': Acknowledged,
    'alarm.cleared': Cleared,
    'alarm.shelved': z.union([ShelvedFor, ShelvedUntil]),
    'alarm.unshelved': Unshelved,
    'alarm.linked': Linked,
    'conflict.seen': ConflictSeenBody,
  }),
};
