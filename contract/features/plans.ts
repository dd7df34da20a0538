import { z } from 'zod';
import { plainText } from '../../core/plainText.ts';
import { STEP_STATES } from '../../core/plans/stepState.ts';
import { defineContract } from '../define.ts';
import { Conflict, Decision, Done, Id, Reason, Text, WallTime } from '../schema/basics.ts';
import { From, Next, paged } from '../schema/paging.ts';

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
  /** Who opened it again; null for one that was not, and once it is settled again. */
  reopened: Decision.nullable(),
  note: z.string().nullable(),
  /** Units that are sent for it, or were when it was settled. */
  units: z.array(z.object({ unit: z.string(), name: z.string(), by: Decision })),
  /** The note is only its beginning, because the run's notes do not all fit; the timeline has it whole. */
  noteCut: z.boolean(),
  /** When the step should be acknowledged and finished, by this hall's clock; null where the plan sets no time or the step is not ready. */
  acknowledgeBy: WallTime.nullable(),
  finishBy: WallTime.nullable(),
  overdue: z.enum(['no', 'acknowledge', 'finish']),
  escalatedTo: z.string().nullable(),
});
export type StepView = z.infer<typeof StepView>;

/** What was said of a run once it had ended. */
export const RunRating = z.object({ stars: z.number().int().min(1).max(5), words: z.string(), by: Decision });
export type RunRating = z.infer<typeof RunRating>;

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
  /** Steps done and steps skipped, of those that are taken. */
  done: z.number().int(),
  skipped: z.number().int(),
  total: z.number().int(),
  rating: RunRating.nullable(),
  conflicts: z.array(Conflict),
});
export type RunView = z.infer<typeof RunView>;

/** A run as a line of a list. */
export const RunRow = RunView.pick({
  id: true,
  incident: true,
  plan: true,
  version: true,
  name: true,
  state: true,
  outcome: true,
  done: true,
  skipped: true,
  total: true,
}).extend({
  /** Those that have a lane. */
  departments: z.array(z.string()),
  launchedAt: WallTime,
  endedAt: WallTime.nullable(),
});
export type RunRow = z.infer<typeof RunRow>;

export const PlanOffer = z.object({
  id: z.string(),
  version: z.number().int(),
  name: Text,
  departments: z.array(z.string()),
  steps: z.number().int(),
  /** Whether the plan's own conditions (incident type, level) are met; those that fit come first. */
  fits: z.boolean(),
  /** Goes on for this incident already: it cannot be launched another time. */
  running: z.boolean(),
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

/** A step of a run. */
const Step = z.object({ run: Id, step: Id });

export const plans = defineContract({
  name: 'plans',
  methods: {
    'plans.offer': {
      right: 'plans.launch',
      params: z.object({ incident: Id }),
      result: z.object({ plans: z.array(PlanOffer) }),
      long: true,
    },
    'runs.launch': {
      right: 'plans.launch',
      params: z.object({ incident: Id, plan: Id, version: z.number().int() }),
      result: z.object({ run: z.string() }),
    },
    'runs.acknowledge': { right: 'steps.act', params: Step, result: Done },
    'runs.start': { right: 'steps.act', params: Step, result: Done },
    'runs.finish': {
      right: 'steps.act',
      params: Step.extend({ note: plainText.max(2000).optional() }),
      result: Done,
    },
    'runs.skip': { right: 'steps.act', params: Step.extend({ reason: Reason }), result: Done },
    'runs.decide': { right: 'steps.act', params: Step.extend({ option: Id }), result: Done },
    /** Opens a step that was done or skipped again; a decision is withdrawn by it. */
    'runs.reopenStep': { right: 'steps.act', params: Step.extend({ reason: Reason }), result: Done },
    /** Sends a unit for a step; the hall writes its call sign beside it. */
    'runs.assignUnit': { right: 'steps.act', params: Step.extend({ unit: Id }), result: Done },
    'runs.releaseUnit': { right: 'steps.act', params: Step.extend({ unit: Id }), result: Done },
    /** Ends the run and closes its incident. `force` skips what is still open, with the reason. */
    'runs.allClear': {
      right: 'runs.end',
      params: z.object({ run: Id, reason: Reason, force: z.boolean().optional() }),
      result: Done,
    },
    /** Ends the run, the wrong plan for its incident, which goes on. What is open stays as it is. */
    'runs.abort': { right: 'runs.end', params: z.object({ run: Id, reason: Reason }), result: Done },
    /** An ended run goes on, with what its end skipped; so does its incident, where that was closed with it. */
    'runs.reopen': { right: 'runs.end', params: z.object({ run: Id, reason: Reason }), result: Done },
    /** Says how an ended run went; the last rating stands. */
    'runs.rate': {
      right: 'runs.end',
      params: z.object({ run: Id, stars: RunRating.shape.stars, words: plainText.max(2000) }),
      result: Done,
    },
    'runs.timeline': {
      right: 'situation.see',
      params: From.extend({ run: Id }),
      result: z.object({ entries: z.array(TimelineEntry), next: Next }),
      long: true,
    },
    /**
     * The report, or the part of a long one that begins at its `from`th character and was made at `madeAt`, as the first answer says; `next` is
     * where the rest begins, null at the end. Parts whose `chars`, the length of the whole, differ are of two reports.
     */
    'runs.report': {
      right: 'runs.report',
      params: From.extend({ run: Id, lang: z.enum(['zh-CN', 'en']), madeAt: WallTime.optional() }),
      result: z.object({ name: z.string(), html: z.string(), madeAt: WallTime, chars: z.number().int(), next: Next }),
      long: true,
    },
  },
  queries: {
    /** Runs, those that go on and those that have ended, the newest first. */
    'runs.list': {
      right: 'situation.see',
      params: z.object({ state: RunView.shape.state.optional(), incident: Id.optional(), ...paged(200) }),
      row: RunRow,
      key: 'id',
    },
    /** One run in full, also one that ended long ago; no row while nothing is known of it. It shows a decision before whoever decided is answered. */
    'runs.one': { right: 'situation.see', params: z.object({ id: Id }), row: RunView, key: 'id' },
    /** What the steps of runs are called, and their options, also of runs that ended long ago. */
    'runs.steps': {
      right: 'situation.see',
      params: z.object({ runs: z.array(Id).min(1).max(50) }),
      row: RunView.pick({ id: true, name: true }).extend({
        steps: z.array(StepView.pick({ id: true, title: true, options: true })),
      }),
      key: 'id',
    },
  },
  topics: {
    /** Those that go on, those with a conflict nobody has seen, and the twenty that ended last. */
    runs: {
      words: { zh: '预案执行', en: 'plan runs' },
      right: 'situation.see',
      item: RunView,
      folded: true,
      long: { list: 'steps', member: StepView },
    },
  },
});
