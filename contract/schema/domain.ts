import { z } from 'zod';
import { STEP_STATES } from '../../core/plans/stepState.ts';
import { Conflict, Decision, Level, Place, Text, WallTime } from './basics.ts';

/** ISA-18.2 states of an alarm, as an operator sees them. */
export const AlarmState = z.enum(['normal', 'unacknowledged', 'acknowledged', 'returned', 'shelved']);
export type AlarmState = z.infer<typeof AlarmState>;

export const AlarmView = z.object({
  id: z.string(),
  rule: z.string(),
  title: Text,
  level: Level,
  state: AlarmState,
  /** How many times this alarm has gone from normal to raised. */
  occurrence: z.number().int(),
  source: z.object({ kind: z.string(), id: z.string() }),
  value: z.number(),
  unit: z.string(),
  place: Place,
  raisedAt: WallTime,
  acknowledged: Decision.nullable(),
  clearedAt: WallTime.nullable(),
  shelvedUntil: WallTime.nullable(),
  incident: z.string().nullable(),
  conflicts: z.array(Conflict),
  /** True while the disk refuses it: it is in this hall's memory only. */
  unrecorded: z.boolean().optional(),
});
export type AlarmView = z.infer<typeof AlarmView>;

export const IncidentNote = z.object({ text: z.string(), by: Decision });
export type IncidentNote = z.infer<typeof IncidentNote>;

export const IncidentView = z.object({
  id: z.string(),
  /** Kind of incident: `urban-flooding`, `fire`, … */
  type: z.string(),
  title: Text,
  place: Place,
  level: Level,
  levelBy: Decision,
  state: z.enum(['open', 'closed']),
  alarm: z.string().nullable(),
  openedAt: WallTime,
  closedAt: WallTime.nullable(),
  /** The newest notes that fit, oldest first; `incidents.notes` has those before them. */
  notes: z.array(IncidentNote),
  /** How many notes are older than those. */
  earlierNotes: z.number().int().nonnegative(),
  conflicts: z.array(Conflict),
});
export type IncidentView = z.infer<typeof IncidentView>;

export const StepState = z.enum(STEP_STATES);
export type StepState = z.infer<typeof StepState>;

export const StepView = z.object({
  id: z.string(),
  lane: z.string(),
  department: z.string(),
  title: Text,
  kind: z.enum(['task', 'decision']),
  /** What the department is asked to do, in a sentence or two. */
  detail: Text.nullable(),
  needs: z.array(z.string()),
  options: z.array(z.object({ id: z.string(), title: Text })),
  state: StepState,
  /** The option taken, for a decision. */
  chosen: z.string().nullable(),
  readyAt: WallTime.nullable(),
  acknowledged: Decision.nullable(),
  started: Decision.nullable(),
  finished: Decision.nullable(),
  note: z.string().nullable(),
  /** The note is only its beginning, because the run's notes do not all fit; the timeline has it whole. */
  noteCut: z.boolean(),
  /** When the step should be acknowledged and finished, by this hall's clock; null where the plan sets no time or the step is not ready. */
  acknowledgeBy: WallTime.nullable(),
  finishBy: WallTime.nullable(),
  overdue: z.enum(['no', 'acknowledge', 'finish']),
  escalatedTo: z.string().nullable(),
});
export type StepView = z.infer<typeof StepView>;

export const RunView = z.object({
  id: z.string(),
  incident: z.string(),
  plan: z.string(),
  version: z.number().int(),
  name: Text,
  lanes: z.array(z.object({ id: z.string(), department: z.string(), title: Text })),
  steps: z.array(StepView),
  state: z.enum(['running', 'ended']),
  outcome: z.enum(['all-clear', 'aborted']).nullable(),
  launched: Decision,
  ended: Decision.nullable(),
  /** The run that stands before this one: the same plan was launched at two stations while apart. Null for all others. */
  supersededBy: z.string().nullable(),
  done: z.number().int(),
  total: z.number().int(),
  conflicts: z.array(Conflict),
});
export type RunView = z.infer<typeof RunView>;

export const PlanOffer = z.object({
  id: z.string(),
  version: z.number().int(),
  name: Text,
  departments: z.array(z.string()),
  steps: z.number().int(),
  /** Whether the plan's own conditions (incident type, level) are met; those that fit come first. */
  fits: z.boolean(),
  why: Text,
});
export type PlanOffer = z.infer<typeof PlanOffer>;

export const TimelineEntry = z.object({
  id: z.string(),
  at: WallTime,
  hlc: z.string(),
  station: z.string(),
  actor: z.string(),
  type: z.string(),
  subject: z.string(),
  text: Text,
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;
