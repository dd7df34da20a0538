import type { StepView } from '../../../contract/features/plans.ts';
import { standing } from '../../../core/ledger/register.ts';
import type { PlanStep } from '../../../core/plans/planStep.ts';
import { chosenOf, DONE_STANDS, type StepFacts } from '../../../core/plans/run.ts';
import type { StepState } from '../../../core/plans/stepState.ts';
import { unitsOf } from '../../../core/plans/stepUnits.ts';
import type { PlanTemplate } from '../../../core/plans/template.ts';
import { beginningOf } from '../../wire/pieces.ts';

/** What a step of a run is shown by. */
export interface StepShown {
  readonly facts: StepFacts;
  readonly state: StepState;
  /** When this station saw it become ready, by its own wall clock; null where it did not. */
  readonly readyHere: number | null;
  /** Longest note, in characters of JSON. */
  readonly noteChars: number;
}

const noteSizes = new WeakMap<StepFacts, number>();

/** Characters of JSON of the step's note; null without one. */
export function noteSizeOf(facts: StepFacts): number | null {
  if (facts.note === null) return null;
  const known = noteSizes.get(facts);
  if (known !== undefined) return known;
  const size = JSON.stringify(facts.note).length;
  noteSizes.set(facts, size);
  return size;
}

type Made = Pick<StepShown, 'facts' | 'state' | 'noteChars'> & { view: StepView };
/** By the plan and the step's place in it: what it was shown as last. A run has its own copy of the plan. */
const made = new WeakMap<PlanTemplate, (Made | undefined)[]>();

function make(plan: PlanTemplate, step: PlanStep, shown: StepShown, times: Times): StepView {
  const { facts, state, noteChars } = shown;
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
    finished: facts.outcome[standing(facts.outcome, DONE_STANDS)]?.by ?? null,
    reopened: facts.reopened,
    note: facts.note === null ? null : beginningOf(facts.note, noteChars),
    units: unitsOf(facts),
    noteCut: (noteSizeOf(facts) ?? 0) > noteChars,
    ...times,
    overdue: facts.overdue,
    escalatedTo: facts.escalatedTo,
  };
}

type Times = Pick<StepView, 'acknowledgeBy' | 'finishBy'>;

function timesOf(step: PlanStep, { facts, readyHere }: StepShown): Times {
  const after = (seconds: number | undefined) =>
    facts.readyAt === null || readyHere === null || seconds === undefined
      ? null
      : Math.min(Number.MAX_SAFE_INTEGER, Math.round(readyHere + seconds * 1000));
  return { acknowledgeBy: after(step.acknowledge), finishBy: after(step.finish) };
}

/** The step as windows show it: the same object as last time while nothing about it is another. */
export function stepView(plan: PlanTemplate, at: number, shown: StepShown): StepView {
  const step = plan.steps[at] as PlanStep;
  const { facts, state, noteChars } = shown;
  const times = timesOf(step, shown);
  const views = made.get(plan) ?? [];
  made.set(plan, views);
  const last = views[at];
  if (
    last?.facts === facts &&
    last.state === state &&
    (facts.note === null || last.noteChars === noteChars) &&
    last.view.acknowledgeBy === times.acknowledgeBy &&
    last.view.finishBy === times.finishBy
  )
    return last.view;
  const view = make(plan, step, shown, times);
  views[at] = { facts, state, noteChars, view };
  return view;
}
