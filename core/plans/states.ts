import { advance, type Standing, standingFrom } from './advance.ts';
import { graphOf } from './graph.ts';
import type { PlanStep } from './planStep.ts';
import { factsOf, type PlanRun } from './run.ts';
import { isSettledState, type StepState } from './stepState.ts';

/** By the run's state, which is never changed but replaced. It is worked out from the facts, so it is no part of what stations compare. */
const known = new WeakMap<PlanRun, Standing>();

const NOWHERE: Standing = { states: [], open: [], done: 0, skipped: 0, total: 0 };

function standingOf(run: PlanRun): Standing {
  if (!run.plan) return NOWHERE;
  const before = known.get(run);
  if (before) return before;
  const standing = standingFrom(graphOf(run.plan), (step) => factsOf(run, step));
  known.set(run, standing);
  return standing;
}

/** The state of every step, in the plan's order, as P2–P6 have it. */
export function statesOf(run: PlanRun): readonly StepState[] {
  return standingOf(run).states;
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

/** How far a run is: steps done, steps skipped, and steps there are; what was not taken is none of them. */
export interface Progress {
  readonly done: number;
  readonly skipped: number;
  readonly total: number;
}

export function progress(run: PlanRun): Progress {
  const { done, skipped, total } = standingOf(run);
  return { done, skipped, total };
}

/** Steps, by id, that became ready or that wait, also again. */
export interface Moved {
  readonly ready: readonly string[];
  readonly waiting: readonly string[];
}

/** Follows the states of a run that is being changed in place. */
export interface Follower {
  /** The plan is known now. */
  launched(): Moved;
  /** The facts of a step were replaced. */
  changed(step: string): Moved;
  /** From now on nobody changes the run. */
  keep(): void;
}

const NOBODY: Moved = { ready: [], waiting: [] };

/** @param run a copy of `before` that its owner changes from here on */
export function follow(before: PlanRun, run: PlanRun): Follower {
  const facts = (step: string) => factsOf(run, step);
  const copyOf = ({ states, open, ...counts }: Standing) => ({ states: [...states], open: [...open], ...counts });
  let standing = before.plan ? copyOf(standingOf(before)) : null;
  const told = (numbers: Iterable<number>): Moved => {
    const steps = run.plan ? graphOf(run.plan).steps : [];
    const all = [...numbers];
    const those = (state: StepState) =>
      all.flatMap((at) => (standing?.states[at] === state ? (steps[at] as PlanStep).id : []));
    return { ready: those('ready'), waiting: those('waiting') };
  };
  return {
    launched() {
      if (!run.plan) return NOBODY;
      standing = standingFrom(graphOf(run.plan), facts);
      return told(standing.states.keys());
    },
    changed(step) {
      if (!standing || !run.plan) return NOBODY;
      const graph = graphOf(run.plan);
      const at = graph.index.get(step);
      return at === undefined ? NOBODY : told(advance(standing, graph, facts, at));
    },
    keep() {
      if (standing) known.set(run, standing);
    },
  };
}
