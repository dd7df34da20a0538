import type { Decision } from '../ledger/envelope.ts';
import { type Conflict, EARLIEST, type Register, type StandingRule, standingValue } from '../ledger/register.ts';
import { own } from '../own.ts';
import { graphOf } from './graph.ts';
import type { PlanStep } from './planStep.ts';
import type { PlanTemplate } from './template.ts';

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
  /** By step; what changes of a step is another object, what does not is the same one. */
  steps: Readonly<Record<string, StepFacts>>;
  outcome: RunOutcome | null;
  ended: Decision | null;
  conflicts: Conflict[];
}

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

export function factsOf(run: Pick<PlanRun, 'steps'>, step: string): StepFacts {
  return own(run.steps, step) ?? NO_FACTS;
}

export function stepOf(run: PlanRun, id: string): PlanStep | undefined {
  if (!run.plan) return undefined;
  const graph = graphOf(run.plan);
  const at = graph.index.get(id);
  return at === undefined ? undefined : graph.steps[at];
}

/** The option that stands, of a decision that was made. */
export function chosenOf(facts: StepFacts): string | null {
  return (standingValue(facts.chosen, EARLIEST) as string | undefined) ?? null;
}

export function outcomeOf(facts: StepFacts): StepOutcome | null {
  return standingValue(facts.outcome, DONE_STANDS) ?? null;
}
