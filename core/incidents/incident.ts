import type { z } from 'zod';
import type { ConflictSeenBody } from '../bodies.ts';
import { type Decision, decisionOf, type LedgerEvent } from '../ledger/envelope.ts';
import type { Aggregate } from '../ledger/projection.ts';
import {
  type Conflict,
  EARLIEST,
  markSeen,
  type Register,
  type StandingRule,
  standing,
  standingValue,
  trackConflict,
  type Written,
  write,
} from '../ledger/register.ts';
import { OPS } from '../ledger/stream.ts';
import { own } from '../own.ts';
import type { Level, Place, Text } from '../words.ts';
import { isOlder, OPEN_STANDS } from './end.ts';
import {
  type AlarmJoined,
  type Closed,
  INCIDENT_EVENTS,
  type LevelChanged,
  type Merged,
  type Noted,
  type Opened,
  type PlanLaunched,
  type Reopened,
  type Split,
  type Taken,
} from './events.ts';

/** What an alarm or a call became. */
export interface Incident {
  id: string;
  type: string;
  title: Text;
  place: Place;
  level: Register<Level>;
  state: 'unknown' | 'open' | 'closed' | 'merged';
  /** The alarm that it was opened for; null where somebody told of it. */
  alarm: string | null;
  /** The closed incident that its alarm was before; null for most. */
  after: string | null;
  /** Alarms that joined it later, each once, also those that have gone to another since: where one is the alarm says (A14). */
  joined: readonly string[];
  /** What was told when it was opened, and by whom; empty where nobody called. */
  words: string;
  caller: Caller;
  openedAt: number;
  closedAt: number | null;
  /** Who has it in hand: whoever opened it, until somebody takes it. */
  owner: Register<string>;
  /** `open`, `closed`, or the incident that it went into; empty until something of the kind was decided (I4, I9). */
  end: Register<string>;
  /** How many things were decided about it, for whoever asks whether there is something new. */
  changes: number;
  notes: { text: string; by: Decision }[];
  /** By plan: its newest run; more heads only when stations launched the same plan while apart (I6). */
  plans: Readonly<Record<string, Register<string>>>;
  conflicts: Conflict[];
}

/** Who told of it. */
export interface Caller {
  readonly name: string;
  readonly phone: string;
}

/** Of two levels the worse stands: answering too strongly costs less than too weakly (I2). */
export const WORSE_LEVEL: StandingRule<Level> = { name: 'worse-level', before: (a, b) => a < b };

function initialState(subject: string): Incident {
  return {
    id: subject,
    type: '',
    title: { zh: '', en: '' },
    place: { lon: 0, lat: 0, name: { zh: '', en: '' } },
    level: [],
    state: 'unknown',
    alarm: null,
    after: null,
    joined: [],
    words: '',
    caller: NOBODY,
    openedAt: 0,
    closedAt: null,
    owner: [],
    end: [],
    changes: 0,
    notes: [],
    plans: {},
    conflicts: [],
  };
}

const NOBODY: Caller = { name: '', phone: '' };

/** The incident with its end written anew, and what follows from the end that stands. */
function ended(incident: Incident, value: string, by: Decision, seen: readonly string[]): Incident {
  const end = write(incident.end, value, by, seen);
  const stands = end[standing(end, OPEN_STANDS)] as Written<string>;
  const known = incident.state !== 'unknown';
  return {
    ...incident,
    end,
    state: !known ? 'unknown' : stands.value === 'open' || stands.value === 'closed' ? stands.value : 'merged',
    closedAt: stands.value === 'open' ? null : stands.by.at,
    conflicts: trackConflict(incident.conflicts, incident.id, 'end', end, OPEN_STANDS, by),
  };
}

function evolve(incident: Incident, event: LedgerEvent): Incident {
  const next = evolved(incident, event);
  return next === incident ? incident : { ...next, changes: incident.changes + 1 };
}

function evolved(incident: Incident, event: LedgerEvent): Incident {
  const by = decisionOf(event);
  switch (event.type) {
    case 'incident.opened': {
      if (incident.state !== 'unknown') return incident;
      const { level, after = null, words = '', caller = NOBODY, ...opened } = event.body as z.infer<typeof Opened>;
      return {
        ...{ ...incident, ...opened, after, words, caller, state: 'open', openedAt: event.at },
        level: write(incident.level, level, by, []),
        owner: write(incident.owner, by.actor, by, []),
      };
    }
    case 'incident.taken': {
      const owner = write(incident.owner, by.actor, by, (event.body as z.infer<typeof Taken>).seen);
      const conflicts = trackConflict(incident.conflicts, incident.id, 'owner', owner, EARLIEST, by);
      return { ...incident, owner, conflicts };
    }
    case 'incident.alarm-joined': {
      const { alarm } = event.body as z.infer<typeof AlarmJoined>;
      if (alarm === incident.alarm || incident.joined.includes(alarm)) return incident;
      return { ...incident, joined: [...incident.joined, alarm] };
    }
    case 'incident.merged': {
      const { into, seen } = event.body as z.infer<typeof Merged>;
      return isOlder(into, incident) ? ended(incident, into.id, by, seen) : incident;
    }
    case 'incident.split':
      return ended(incident, 'open', by, (event.body as z.infer<typeof Split>).seen);
    case 'incident.reopened':
      return ended(incident, 'open', by, (event.body as z.infer<typeof Reopened>).seen);
    case 'incident.level-changed': {
      const { level, reason, seen } = event.body as z.infer<typeof LevelChanged>;
      const register = write(incident.level, level, by, seen, reason);
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
      return ended(incident, 'closed', by, (event.body as z.infer<typeof Closed>).seen ?? []);
    case 'conflict.seen': {
      const { conflict } = event.body as z.infer<typeof ConflictSeenBody>;
      return { ...incident, conflicts: markSeen(incident.conflicts, conflict, by) };
    }
    default:
      return incident;
  }
}

/** The level that stands, and who decided it. Only for an incident that was opened. */
export function levelOf(incident: Incident): Written<Level> {
  return incident.level[standing(incident.level, WORSE_LEVEL)] as Written<Level>;
}

/** Who has it in hand. */
export function ownerOf(incident: Incident): string {
  return (standingValue(incident.owner, EARLIEST) as string | undefined) ?? '';
}

/** The incident that it went into; null for one that stands by itself. */
export function mergedInto(incident: Incident): string | null {
  return incident.state === 'merged' ? (standingValue(incident.end, OPEN_STANDS) ?? null) : null;
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
  events: INCIDENT_EVENTS,
};
