import type { RunView, StepView } from '../../contract/schema/domain.ts';
import type { Decision } from '../../core/ledger/envelope.ts';
import { standing } from '../../core/ledger/register.ts';
import { chosenOf, DONE_STANDS, factsOf, type PlanRun, progress, stepState } from '../../core/plans/run.ts';
import type { PlanStep, PlanTemplate } from '../../core/plans/template.ts';

function stepView(run: PlanRun, plan: PlanTemplate, step: PlanStep): StepView {
  const facts = factsOf(run, step.id);
  const finished = facts.outcome[standing(facts.outcome, DONE_STANDS)]?.by ?? null;
  const after = (seconds: number | undefined) =>
    facts.readyAt === null || seconds === undefined ? null : facts.readyAt + seconds * 1000;
  return {
    id: step.id,
    lane: step.lane,
    department: plan.lanes.find((lane) => lane.id === step.lane)?.department ?? step.lane,
    title: step.title,
    kind: step.kind,
    detail: step.detail ?? null,
    needs: step.when && !step.needs.includes(step.when.step) ? [...step.needs, step.when.step] : step.needs,
    options: step.options,
    state: stepState(run, step),
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

/** A plan run as windows show it, or null for one whose launch has not arrived yet. */
export function runView(run: PlanRun): RunView | null {
  const { plan, launched } = run;
  if (!plan || !launched) return null;
  return {
    id: run.id,
    incident: run.incident,
    plan: plan.plan,
    version: plan.version,
    name: plan.name,
    lanes: plan.lanes,
    steps: plan.steps.map((step) => stepView(run, plan, step)),
    state: run.ended ? 'ended' : 'running',
    outcome: run.outcome,
    launched: launched as Decision,
    ended: run.ended,
    ...progress(run),
    conflicts: run.conflicts,
  };
}
