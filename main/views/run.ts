import type { RunView, StepView } from '../../contract/schema/domain.ts';
import { type Incident, runThatStands } from '../../core/incidents/incident.ts';
import type { Decision } from '../../core/ledger/envelope.ts';
import { standing } from '../../core/ledger/register.ts';
import { own } from '../../core/own.ts';
import {
  chosenOf,
  DONE_STANDS,
  factsOf,
  type PlanRun,
  progress,
  type StepState,
  statesOf,
} from '../../core/plans/run.ts';
import type { PlanStep, PlanTemplate } from '../../core/plans/template.ts';

/** By step: when this station saw it become ready, by its own wall clock. */
type Since = Readonly<Record<string, number>>;

function stepView(run: PlanRun, plan: PlanTemplate, step: PlanStep, state: StepState, since: Since): StepView {
  const facts = factsOf(run, step.id);
  const finished = facts.outcome[standing(facts.outcome, DONE_STANDS)]?.by ?? null;
  const readyHere = own(since, step.id) ?? facts.readyAt;
  const after = (seconds: number | undefined) =>
    facts.readyAt === null || readyHere === null || seconds === undefined ? null : readyHere + seconds * 1000;
  return {
    id: step.id,
    lane: step.lane,
    department: plan.lanes.find((lane) => lane.id === step.lane)?.department ?? step.lane,
    title: step.title,
    kind: step.kind,
    detail: step.detail ?? null,
    needs: step.when && !step.needs.includes(step.when.step) ? [...step.needs, step.when.step] : step.needs,
    options: step.options,
    state,
    chosen: chosenOf(facts),
    readyAt: facts.readyAt,
    acknowledged: facts.acknowledged,
    started: facts.started,
    finished,
    note: facts.note,
    acknowledgeBy: after(step.acknowledge),
    finishBy: after(step.finish),
    overdue: facts.overdue,
    escalatedTo: facts.escalatedTo,
  };
}

/** The run of the same plan that goes before this one, where two were launched while stations were apart (I6); null for all others. */
export function supersededBy(run: PlanRun, incident: Incident | undefined): string | null {
  if (!run.plan || !incident) return null;
  const stands = runThatStands(incident, run.plan.plan, run.id);
  return stands === run.id ? null : stands;
}

/**
 * A plan run as windows show it, or null for one whose launch has not arrived yet.
 *
 * @param since times to acknowledge and finish by count from here; a step not told counts from its event's time.
 */
export function runView(run: PlanRun, incident?: Incident, since: Since = {}): RunView | null {
  const { plan, launched } = run;
  if (!plan || !launched) return null;
  const states = statesOf(run);
  return {
    id: run.id,
    incident: run.incident,
    plan: plan.plan,
    version: plan.version,
    name: plan.name,
    lanes: plan.lanes,
    steps: plan.steps.map((step, i) => stepView(run, plan, step, states[i] as StepState, since)),
    state: run.ended ? 'ended' : 'running',
    outcome: run.outcome,
    launched: launched as Decision,
    ended: run.ended,
    supersededBy: supersededBy(run, incident),
    ...progress(run),
    conflicts: run.conflicts,
  };
}
