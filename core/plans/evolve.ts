import { z } from 'zod';
import { ConflictSeenBody, NameBody, ProseBody, SeenBody } from '../bodies.ts';
import { decisionOf, type LedgerEvent } from '../ledger/envelope.ts';
import { firstVersions } from '../ledger/family.ts';
import type { Aggregate } from '../ledger/projection.ts';
import { markSeen, standing, trackConflict, type Written, write } from '../ledger/register.ts';
import { OPS } from '../ledger/stream.ts';
import { putOwn } from '../own.ts';
import { PLAN_DOCUMENT } from './document.ts';
import {
  CHOSEN_STANDS,
  DONE_STANDS,
  factsOf,
  GOING_ON_STANDS,
  outcomeOf,
  type PlanRun,
  type RunOutcome,
  type StepFacts,
  type StepOutcome,
  WITHDRAWN,
} from './run.ts';
import { follow, type Moved } from './states.ts';
import { withoutUnit, withUnit } from './stepUnits.ts';

const StepRef = z.object({ step: NameBody });
const bodies = {
  'run.launched': z.object({ incident: NameBody }),
  'step.acknowledged': StepRef,
  'step.started': StepRef,
  'step.finished': StepRef.extend({ note: ProseBody.nullable(), seen: SeenBody }),
  'step.skipped': StepRef.extend({ reason: ProseBody, forced: z.boolean().optional(), seen: SeenBody }),
  'step.decided': StepRef.extend({ option: NameBody, seen: SeenBody }),
  'step.overdue': StepRef.extend({ which: z.enum(['acknowledge', 'finish']), escalate: NameBody.nullable() }),
  'step.reopened': StepRef.extend({ reason: ProseBody, seen: SeenBody }),
  'step.unit-assigned': StepRef.extend({ unit: NameBody, name: NameBody }),
  'step.unit-released': StepRef.extend({ unit: NameBody, name: NameBody, seen: SeenBody }),
  'run.ended': z.object({
    outcome: z.enum(['all-clear', 'aborted']),
    reason: ProseBody,
    // Of runs that nobody could open again it had none to name.
    seen: SeenBody.optional(),
  }),
  'run.reopened': z.object({ reason: ProseBody, seen: SeenBody }),
  'run.rated': z.object({ stars: z.number().int().min(1).max(5), words: ProseBody }),
  'conflict.seen': ConflictSeenBody,
} as const;

type Body<T extends keyof typeof bodies> = z.infer<(typeof bodies)[T]>;

function initialState(subject: string): PlanRun {
  return {
    id: subject,
    incident: '',
    plan: null,
    launched: null,
    steps: {},
    end: [],
    ...{ outcome: null, ended: null, rating: null },
    conflicts: [],
  };
}

/**
 * A run while events are folded into it. It is changed in place, because a long fold would else consist of copying all steps for each
 * event, and belongs to the fold until `done` hands it out.
 */
function createDraft(before: PlanRun) {
  const run = { ...before, steps: { ...before.steps } };
  const states = follow(before, run);
  let touched = false;
  const put = (step: string, change: Partial<StepFacts>) =>
    putOwn(run.steps, step, { ...factsOf(run, step), ...change });
  const wait = (step: string, at: number) =>
    put(step, { readyAt: at, waits: factsOf(run, step).waits + 1, overdue: 'no', escalatedTo: null });
  /** Steps that became ready by an event get its time; one that was ready keeps the time it had, one that waits again loses it. */
  const told = ({ ready, waiting }: Moved, at: number) => {
    for (const step of ready) if (factsOf(run, step).readyAt === null) wait(step, at);
    for (const step of waiting)
      if (factsOf(run, step).readyAt !== null) put(step, { readyAt: null, overdue: 'no', escalatedTo: null });
  };
  return {
    run: run as PlanRun,
    set(change: Partial<Omit<PlanRun, 'steps' | 'plan'>>): void {
      touched = true;
      Object.assign(run, change);
    },
    launch(plan: PlanRun['plan'], at: number): void {
      touched = true;
      run.plan = plan;
      told(states.launched(), at);
    },
    facts(step: string, change: Partial<StepFacts>, at: number): void {
      touched = true;
      put(step, change);
      told(states.changed(step), at);
    },
    /** The step is open again, or its run is: what there is to do about it counts from now. */
    again(step: string, at: number): void {
      touched = true;
      if (factsOf(run, step).readyAt !== null) wait(step, at);
    },
    done(): PlanRun {
      if (!touched) return before;
      states.keep();
      return run;
    },
  };
}
type Draft = ReturnType<typeof createDraft>;

/** What the step's facts and the run's conflicts are once it was settled so, or opened again. */
function settled(run: PlanRun, event: LedgerEvent, value: StepOutcome, note: string | null) {
  const { step, seen } = event.body as { step: string; seen: string[] };
  const by = decisionOf(event);
  const facts = factsOf(run, step);
  const outcome = write(facts.outcome, value, by, seen);
  const conflicts = trackConflict(run.conflicts, run.id, `step.${step}`, outcome, DONE_STANDS, by);
  const forced = value === 'skipped' && (event.body as Body<'step.skipped'>).forced === true;
  const change: Partial<StepFacts> = { outcome, overdue: 'no', note: note ?? facts.note, forced, reopened: null };
  if (value === 'done') {
    change.acknowledged = facts.acknowledged ?? by;
    change.started = facts.started ?? by;
  }
  return { change, conflicts };
}

function settle(draft: Draft, event: LedgerEvent, value: 'done' | 'skipped', note: string | null): void {
  const { change, conflicts } = settled(draft.run, event, value, note);
  draft.set({ conflicts });
  draft.facts((event.body as { step: string }).step, change, event.at);
}

/** Takes back how the step was settled, and the option chosen (P14). What was done under it is not touched. */
function reopen(draft: Draft, event: LedgerEvent): void {
  const { step, seen, reason } = event.body as Body<'step.reopened'>;
  const { run } = draft;
  const before = factsOf(run, step);
  const by = decisionOf(event);
  const decided = before.chosen.length > 0;
  const chosen = decided ? write(before.chosen, WITHDRAWN, by, seen) : before.chosen;
  if (decided)
    draft.set({ conflicts: trackConflict(run.conflicts, run.id, `decision.${step}`, chosen, CHOSEN_STANDS, by) });
  const { change, conflicts } = settled(run, event, 'open', reason);
  draft.set({ conflicts });
  // Finishing acknowledged and started it: that goes with what it settled.
  const kept = (work: StepFacts['started']) => (work && seen.includes(work.event) ? null : work);
  const open = outcomeOf({ ...before, ...change }) === null;
  if (open)
    Object.assign(change, { reopened: by, acknowledged: kept(before.acknowledged), started: kept(before.started) });
  draft.facts(step, { ...change, chosen }, event.at);
  if (open) draft.again(step, event.at);
}

/** The run ends, or goes on: which of both stands is worked out from all that was written about it (P15). */
function turn(draft: Draft, event: LedgerEvent, value: RunOutcome | 'running'): void {
  const { run } = draft;
  const by = decisionOf(event);
  const { seen = [] } = event.body as Body<'run.ended' | 'run.reopened'>;
  const end = write(run.end, value, by, seen);
  const conflicts = trackConflict(run.conflicts, run.id, 'run-end', end, GOING_ON_STANDS, by);
  const stands = end[standing(end, GOING_ON_STANDS)] as Written<RunOutcome | 'running'>;
  if (stands.value !== 'running') {
    draft.set({ end, conflicts, outcome: stands.value, ended: stands.by });
    return;
  }
  const wasOver = run.ended !== null;
  draft.set({ end, conflicts, outcome: null, ended: null, rating: null });
  if (!wasOver) return;
  for (const [step, facts] of Object.entries(run.steps)) if (outcomeOf(facts) === null) draft.again(step, event.at);
}

function decide(draft: Draft, event: LedgerEvent): void {
  const { step, option, seen } = event.body as Body<'step.decided'>;
  const { run } = draft;
  const by = decisionOf(event);
  const chosen = write(factsOf(run, step).chosen, option, by, seen);
  draft.set({ conflicts: trackConflict(run.conflicts, run.id, `decision.${step}`, chosen, CHOSEN_STANDS, by) });
  const { change, conflicts } = settled(run, event, 'done', null);
  draft.set({ conflicts });
  draft.facts(step, { ...change, chosen }, event.at);
}

function change(draft: Draft, event: LedgerEvent): void {
  const { run } = draft;
  const by = decisionOf(event);
  const step = typeof event.body.step === 'string' ? event.body.step : '';
  const facts = factsOf(run, step);
  switch (event.type) {
    case 'run.launched': {
      if (run.plan) return;
      const { incident, plan } = event.body as unknown as { incident: string; plan: PlanRun['plan'] };
      draft.set({ incident, launched: by });
      draft.launch(plan, event.at);
      return;
    }
    case 'step.acknowledged':
    case 'step.started': {
      const start = event.type === 'step.started';
      if (start ? facts.started : facts.acknowledged) return;
      const overdue = facts.overdue === 'acknowledge' ? 'no' : facts.overdue;
      const acknowledged = facts.acknowledged ?? by;
      draft.facts(step, { ...(start ? { started: by } : {}), acknowledged, overdue }, event.at);
      return;
    }
    case 'step.finished':
      settle(draft, event, 'done', (event.body as Body<'step.finished'>).note);
      return;
    case 'step.skipped':
      settle(draft, event, 'skipped', (event.body as Body<'step.skipped'>).reason);
      return;
    case 'step.decided':
      decide(draft, event);
      return;
    case 'step.overdue': {
      const { which, escalate } = event.body as Body<'step.overdue'>;
      const late = outcomeOf(facts) !== null || (which === 'acknowledge' && facts.acknowledged !== null);
      if (late || facts.overdue === 'finish') return;
      draft.facts(step, { overdue: which, escalatedTo: escalate ?? facts.escalatedTo }, event.at);
      return;
    }
    case 'step.reopened':
      reopen(draft, event);
      return;
    case 'step.unit-assigned': {
      const { unit, name } = event.body as Body<'step.unit-assigned'>;
      draft.facts(step, { units: withUnit(facts.units, { unit, name, by }) }, event.at);
      return;
    }
    case 'step.unit-released': {
      const { seen } = event.body as Body<'step.unit-released'>;
      draft.facts(step, { units: withoutUnit(facts.units, seen) }, event.at);
      return;
    }
    case 'run.ended':
      turn(draft, event, (event.body as Body<'run.ended'>).outcome);
      return;
    case 'run.reopened':
      turn(draft, event, 'running');
      return;
    case 'run.rated': {
      const { stars, words } = event.body as Body<'run.rated'>;
      draft.set({ rating: { stars, words, by } });
      return;
    }
    case 'conflict.seen':
      draft.set({ conflicts: markSeen(run.conflicts, (event.body as Body<'conflict.seen'>).conflict, by) });
      return;
  }
}

function evolveAll(run: PlanRun, events: readonly LedgerEvent[]): PlanRun {
  const draft = createDraft(run);
  for (const event of events) change(draft, event);
  return draft.done();
}

/** Runs fold events that may name steps before the launch is known only through a forged chain; such events change nothing readable. */
export const runAggregate: Aggregate<PlanRun> = {
  kind: 'run',
  stream: OPS,
  initialState,
  evolve: (run, event) => evolveAll(run, [event]),
  evolveAll,
  events: {
    ...firstVersions(bodies),
    // The first version carried its plan.
    'run.launched': {
      v: 2,
      body: bodies['run.launched'],
      refers: { member: 'plan', to: PLAN_DOCUMENT },
      upcast: { 1: (body) => body },
    },
  },
};
