import type { Decision } from '../ledger/envelope.ts';
import { type Conflict, EARLIEST, type Register, type StandingRule, standingValue } from '../ledger/register.ts';
import { own } from '../own.ts';
import { graphOf } from './graph.ts';
import type { PlanStep } from './planStep.ts';
import type { PlanTemplate } from './template.ts';

/** How a step was settled, or that it was opened again. */
export type StepOutcome = 'done' | 'skipped' | 'open';

/** Stands where an option was chosen and the decision withdrawn (P14). No option has an empty id. */
export const WITHDRAWN = '';

/** A unit that is sent for a step. */
export interface UnitOfStep {
  readonly unit: string;
  /** Its call sign when it was sent: a directory may have others later. */
  readonly name: string;
  readonly by: Decision;
}

/** What is known of one step of a run. */
export interface StepFacts {
  /** When everything it needs was settled, or when it was opened again; null before, and while it waits again. */
  readyAt: number | null;
  /** How often it got such a time: another number is another wait, whatever clock measures it. */
  waits: number;
  acknowledged: Decision | null;
  started: Decision | null;
  outcome: Register<StepOutcome>;
  /** By whom it was opened again, while it is open. */
  reopened: Decision | null;
  /** Skipped by the end of the run and not for its own sake: opened again with the run. */
  forced: boolean;
  /** Of a decision: the option chosen, or {@link WITHDRAWN}. */
  chosen: Register<string>;
  note: string | null;
  /** Who is sent for it; one unit stands here twice where two stations sent it while apart (P17). */
  units: readonly UnitOfStep[];
  overdue: 'no' | 'acknowledge' | 'finish';
  escalatedTo: string | null;
}

export type RunOutcome = 'all-clear' | 'aborted';

/** What is said of an ended run: the loop's last link. */
export interface Rating {
  /** 1 (poor) … 5 (excellent). */
  readonly stars: number;
  readonly words: string;
  readonly by: Decision;
}

/** One launch of a plan for one incident. */
export interface PlanRun {
  id: string;
  incident: string;
  /** Its own copy of the plan; null until the launch is known. */
  plan: PlanTemplate | null;
  launched: Decision | null;
  /** By step; what changes of a step is another object, what does not is the same one. */
  steps: Readonly<Record<string, StepFacts>>;
  /** Its ends and reopenings; `outcome` and `ended` are what stands of them. */
  end: Register<RunOutcome | 'running'>;
  outcome: RunOutcome | null;
  ended: Decision | null;
  /** The last one given since it ended. */
  rating: Rating | null;
  conflicts: Conflict[];
}

const OUTCOME_RANK: Readonly<Record<StepOutcome, number>> = { done: 0, open: 1, skipped: 2 };

/** What was done in the world stays done (P7); what somebody wants done goes before what somebody skips (P14). */
export const DONE_STANDS: StandingRule<StepOutcome> = {
  name: 'done-stands',
  before: (a, b) => OUTCOME_RANK[a] < OUTCOME_RANK[b],
};

/** Of options the first stands (P8); an option goes before a withdrawal, as done goes before opened again. */
export const CHOSEN_STANDS: StandingRule<string> = {
  name: EARLIEST.name,
  before: (a, b) => a !== WITHDRAWN && b === WITHDRAWN,
};

/** A run that somebody has opened again goes on (P15): one that stops unseen is worse than one that is ended twice. */
export const GOING_ON_STANDS: StandingRule<RunOutcome | 'running'> = {
  name: 'going-on-stands',
  before: (a, b) => a === 'running' && b !== 'running',
};

export const NO_FACTS: StepFacts = {
  readyAt: null,
  waits: 0,
  acknowledged: null,
  started: null,
  outcome: [],
  reopened: null,
  forced: false,
  chosen: [],
  note: null,
  units: [],
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
  return standingValue(facts.chosen, CHOSEN_STANDS) || null;
}

/** How the step was settled; null while it is open, also again. */
export function outcomeOf(facts: StepFacts): Exclude<StepOutcome, 'open'> | null {
  const stands = standingValue(facts.outcome, DONE_STANDS);
  return stands === undefined || stands === 'open' ? null : stands;
}
