import type { Decision } from '../ledger/envelope.ts';
import { type Conflict, EARLIEST, type Register, type StandingRule, standingValue } from '../ledger/register.ts';
import { own } from '../own.ts';
import type { PlanStep, PlanTemplate } from './template.ts';

export type StepOutcome = 'done' | 'skipped';

/** What is known of one step of a run. */
export interface StepFacts {
  /** When everything it needs was settled; null before. */
  readyAt: number | null;
  acknowledged: Decision | null;
  started: Decision | null;
  outcome: Register<StepOutcome>;
  /** Of a decision: the option chosen. */
  chosen: Register<string>;
  note: string | null;
  overdue: 'no' | 'acknowledge' | 'finish';
  escalatedTo: string | null;
}

export type RunOutcome = 'all-clear' | 'aborted';

/** One launch of a plan for one incident. */
export interface PlanRun {
  id: string;
  incident: string;
  /** Its own copy of the plan; null until the launch is known. */
  plan: PlanTemplate | null;
  launched: Decision | null;
  steps: Readonly<Record<string, StepFacts>>;
  outcome: RunOutcome | null;
  ended: Decision | null;
  conflicts: Conflict[];
}

export type StepState = 'waiting' | 'ready' | 'acknowledged' | 'started' | 'done' | 'skipped' | 'not-taken';

/** What was done in the world stays done (P7). */
export const DONE_STANDS: StandingRule<StepOutcome> = {
  name: 'done-stands',
  before: (a, b) => a === 'done' && b !== 'done',
};

export const NO_FACTS: StepFacts = {
  readyAt: null,
  acknowledged: null,
  started: null,
  outcome: [],
  chosen: [],
  note: null,
  overdue: 'no',
  escalatedTo: null,
};

export function factsOf(run: PlanRun, step: string): StepFacts {
  return own(run.steps, step) ?? NO_FACTS;
}

export function stepOf(run: PlanRun, id: string): PlanStep | undefined {
  return run.plan?.steps.find((step) => step.id === id);
}

/** The option that stands, of a decision that was made. */
export function chosenOf(facts: StepFacts): string | null {
  return (standingValue(facts.chosen, EARLIEST) as string | undefined) ?? null;
}

export function outcomeOf(facts: StepFacts): StepOutcome | null {
  return standingValue(facts.outcome, DONE_STANDS) ?? null;
}

/** True, false, or null while the decision it hangs on is open (P3). */
function conditionMet(run: PlanRun, step: PlanStep): boolean | null {
  if (!step.when) return true;
  const decision = stepOf(run, step.when.step);
  if (!decision) return false;
  const facts = factsOf(run, decision.id);
  const chosen = chosenOf(facts);
  if (chosen !== null) return chosen === step.when.option;
  return outcomeOf(facts) !== null || conditionMet(run, decision) === false ? false : null;
}

/** The step's state as P2–P6 have it, from its facts and those of the steps before it. */
export function stepState(run: PlanRun, step: PlanStep): StepState {
  const facts = factsOf(run, step.id);
  const outcome = outcomeOf(facts);
  if (outcome) return outcome;
  const met = conditionMet(run, step);
  if (met === false) return 'not-taken';
  if (facts.started) return 'started';
  if (facts.acknowledged) return 'acknowledged';
  return met && step.needs.every((need) => isSettled(run, need)) ? 'ready' : 'waiting';
}

export function isSettled(run: PlanRun, id: string): boolean {
  const step = stepOf(run, id);
  if (!step) return true;
  const state = stepState(run, step);
  return state === 'done' || state === 'skipped' || state === 'not-taken';
}

/** Steps settled and steps there are; what was not taken counts as neither. */
export function progress(run: PlanRun): { done: number; total: number } {
  const states = (run.plan?.steps ?? []).map((step) => stepState(run, step)).filter((state) => state !== 'not-taken');
  return { done: states.filter((state) => state === 'done' || state === 'skipped').length, total: states.length };
}
