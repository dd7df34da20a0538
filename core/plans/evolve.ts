import { z } from 'zod';
import { ConflictSeenBody, NameBody, ProseBody, SeenBody } from '../bodies.ts';
import { decisionOf, type LedgerEvent } from '../ledger/envelope.ts';
import type { Aggregate } from '../ledger/projection.ts';
import { EARLIEST, markSeen, trackConflict, write } from '../ledger/register.ts';
import { LaunchedPlan } from './launched.ts';
import { DONE_STANDS, factsOf, outcomeOf, type PlanRun, type StepFacts, statesOf } from './run.ts';

const StepRef = z.object({ step: NameBody });
const bodies = {
  'run.launched': z.object({ incident: NameBody, plan: LaunchedPlan }),
  'step.acknowledged': StepRef,
  'step.started': StepRef,
  'step.finished': StepRef.extend({ note: ProseBody.nullable(), seen: SeenBody }),
  'step.skipped': StepRef.extend({ reason: ProseBody, seen: SeenBody }),
  'step.decided': StepRef.extend({ option: NameBody, seen: SeenBody }),
  'step.overdue': StepRef.extend({ which: z.enum(['acknowledge', 'finish']), escalate: NameBody.nullable() }),
  'run.ended': z.object({ outcome: z.enum(['all-clear', 'aborted']), reason: ProseBody }),
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
    outcome: null,
    ended: null,
    conflicts: [],
  };
}

function withFacts(run: PlanRun, step: string, change: Partial<StepFacts>): PlanRun {
  return { ...run, steps: { ...run.steps, [step]: { ...factsOf(run, step), ...change } } };
}

/** After any other a step that was not ready is not ready either. */
const MAKES_READY: ReadonlySet<string> = new Set(['run.launched', 'step.finished', 'step.skipped', 'step.decided']);

/** Steps that became ready by this event get its time; one that was ready keeps the time it had. */
function markReady(run: PlanRun, at: number): PlanRun {
  const states = statesOf(run);
  const fresh = (run.plan?.steps ?? []).filter(
    (step, i) => states[i] === 'ready' && factsOf(run, step.id).readyAt === null,
  );
  if (fresh.length === 0) return run;
  const steps = { ...run.steps };
  for (const step of fresh) steps[step.id] = { ...factsOf(run, step.id), readyAt: at };
  return { ...run, steps };
}

function settle(run: PlanRun, event: LedgerEvent, value: 'done' | 'skipped', note: string | null): PlanRun {
  const { step, seen } = event.body as { step: string; seen: string[] };
  const by = decisionOf(event);
  const facts = factsOf(run, step);
  const outcome = write(facts.outcome, value, by, seen);
  const conflicts = trackConflict(run.conflicts, run.id, `step.${step}`, outcome, DONE_STANDS, by);
  const changed: Partial<StepFacts> = { outcome, overdue: 'no', note: note ?? facts.note };
  if (value === 'done') {
    changed.acknowledged = facts.acknowledged ?? by;
    changed.started = facts.started ?? by;
  }
  return { ...withFacts(run, step, changed), conflicts };
}

function decided(run: PlanRun, event: LedgerEvent): PlanRun {
  const { step, option, seen } = event.body as Body<'step.decided'>;
  const by = decisionOf(event);
  const facts = factsOf(run, step);
  const chosen = write(facts.chosen, option, by, seen);
  const conflicts = trackConflict(run.conflicts, run.id, `decision.${step}`, chosen, EARLIEST, by);
  const settled = settle({ ...run, conflicts }, event, 'done', null);
  return withFacts(settled, step, { chosen });
}

function change(run: PlanRun, event: LedgerEvent): PlanRun {
  const by = decisionOf(event);
  const step = typeof event.body.step === 'string' ? event.body.step : '';
  const facts = factsOf(run, step);
  switch (event.type) {
    case 'run.launched': {
      const { incident, plan } = event.body as Body<'run.launched'>;
      return run.plan ? run : { ...run, incident, plan, launched: by };
    }
    case 'step.acknowledged':
      return facts.acknowledged
        ? run
        : withFacts(run, step, {
            acknowledged: by,
            overdue: facts.overdue === 'acknowledge' ? 'no' : facts.overdue,
          });
    case 'step.started':
      return facts.started
        ? run
        : withFacts(run, step, {
            started: by,
            acknowledged: facts.acknowledged ?? by,
            overdue: facts.overdue === 'acknowledge' ? 'no' : facts.overdue,
          });
    case 'step.finished':
      return settle(run, event, 'done', (event.body as Body<'step.finished'>).note);
    case 'step.skipped':
      return settle(run, event, 'skipped', (event.body as Body<'step.skipped'>).reason);
    case 'step.decided':
      return decided(run, event);
    case 'step.overdue': {
      const { which, escalate } = event.body as Body<'step.overdue'>;
      const late = outcomeOf(facts) !== null || (which === 'acknowledge' && facts.acknowledged !== null);
      if (late || facts.overdue === 'finish') return run;
      return withFacts(run, step, { overdue: which, escalatedTo: escalate ?? facts.escalatedTo });
    }
    case 'run.ended': {
      const { outcome } = event.body as Body<'run.ended'>;
      return run.ended ? run : { ...run, outcome, ended: by };
    }
    case 'conflict.seen':
      return { ...run, conflicts: markSeen(run.conflicts, (event.body as Body<'conflict.seen'>).conflict, by) };
    default:
      return run;
  }
}

/** Runs fold events that may name steps before the launch is known only through a forged chain; such events change nothing readable. */
export const runAggregate: Aggregate<PlanRun> = {
  kind: 'run',
  initialState,
  evolve(run, event) {
    const changed = change(run, event);
    return MAKES_READY.has(event.type) ? markReady(changed, event.at) : changed;
  },
  bodies,
};
