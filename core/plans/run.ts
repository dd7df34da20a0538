import type { Decision } from '../ledger/envelope.ts';
import { type Conflict, EARLIEST, type Register, type StandingRule, standingValue } from '../ledger/register.ts';
import { own } from '../own.ts';
import { graphOf, type PlanGraph } from './graph.ts';
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

/** Nothing more is done about a step in this state (P2). */
export function isSettledState(state: StepState): boolean {
  return state === 'done' || state === 'skipped' || state === 'not-taken';
}

/** True, false, or null while the decision it hangs on is open (P3). `states` has the decision's state already. */
function conditionMet(run: PlanRun, graph: PlanGraph, at: number, states: readonly StepState[]): boolean | null {
  const on = graph.decision[at] ?? null;
  if (on === null) return true;
  if (on === 'unknown') return false;
  const chosen = chosenOf(factsOf(run, (graph.steps[on] as PlanStep).id));
  if (chosen !== null) return chosen === graph.steps[at]?.when?.option;
  return isSettledState(states[on] as StepState) ? false : null;
}

function stateAt(run: PlanRun, graph: PlanGraph, at: number, states: readonly StepState[]): StepState {
  const facts = factsOf(run, (graph.steps[at] as PlanStep).id);
  const outcome = outcomeOf(facts);
  if (outcome) return outcome;
  const met = conditionMet(run, graph, at, states);
  if (met === false) return 'not-taken';
  if (facts.started) return 'started';
  if (facts.acknowledged) return 'acknowledged';
  const free = met === true && (graph.needs[at] ?? []).every((need) => isSettledState(states[need] as StepState));
  return free ? 'ready' : 'waiting';
}

/** By the run's state, which is never changed but replaced. */
const known = new WeakMap<PlanRun, readonly StepState[]>();

/**
 * The state of every step, in the plan's order, as P2–P6 have it. One look at each step and each need, once for each state of the
 * run: who asks for one step after another pays for one look.
 */
export function statesOf(run: PlanRun): readonly StepState[] {
  const before = known.get(run);
  if (before) return before;
  const states: StepState[] = (run.plan?.steps ?? []).map(() => 'waiting');
  if (run.plan) {
    const graph = graphOf(run.plan);
    for (const at of graph.order) states[at] = stateAt(run, graph, at, states);
  }
  known.set(run, states);
  return states;
}

/** The step's state as P2–P6 have it, from its facts and those of the steps before it. */
export function stepState(run: PlanRun, step: Pick<PlanStep, 'id'>): StepState {
  const at = run.plan ? graphOf(run.plan).index.get(step.id) : undefined;
  return at === undefined ? 'waiting' : (statesOf(run)[at] as StepState);
}

/** A step the plan does not have holds up nobody. */
export function isSettled(run: PlanRun, id: string): boolean {
  const at = run.plan ? graphOf(run.plan).index.get(id) : undefined;
  return at === undefined || isSettledState(statesOf(run)[at] as StepState);
}

/** Steps settled and steps there are; what was not taken counts as neither. */
export function progress(run: PlanRun): { done: number; total: number } {
  const taken = statesOf(run).filter((state) => state !== 'not-taken');
  return { done: taken.filter(isSettledState).length, total: taken.length };
}
