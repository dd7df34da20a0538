import { advance, type Standing, standingFrom } from './advance.ts';
import { graphOf } from './graph.ts';
import type { PlanStep } from './planStep.ts';
import { factsOf, type PlanRun } from './run.ts';
import { isSettledState, type StepState } from './stepState.ts';

/** By the run's state, which is never changed but replaced. It is worked out from the facts, so it is no part of what stations compare. */
const known = new WeakMap<PlanRun, Standing>();

const NOWHERE: Standing = { states: [], open: [], done: 0, total: 0 };

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

/** Steps settled and steps there are; what was not taken counts as neither. */
export function progress(run: PlanRun): { done: number; total: number } {
  const { done, total } = standingOf(run);
  return { done, total };
}

/** Follows the states of a run that is being changed in place. */
export interface Follower {
  /** The plan is known now. @returns ids of the steps that are ready */
  launched(): string[];
  /** The facts of a step were replaced. @returns ids of the steps that became ready by that */
  changed(step: string): string[];
  /** From now on nobody changes the run. */
  keep(): void;
}

/** @param run a copy of `before` that its owner changes from here on */
export function follow(before: PlanRun, run: PlanRun): Follower {
  const facts = (step: string) => factsOf(run, step);
  const copyOf = ({ states, open, ...counts }: Standing) => ({ states: [...states], open: [...open], ...counts });
  let standing = before.plan ? copyOf(standingOf(before)) : null;
  const ready = (numbers: Iterable<number>) => {
    const steps = run.plan ? graphOf(run.plan).steps : [];
    return [...numbers].flatMap((at) => (standing?.states[at] === 'ready' ? (steps[at] as PlanStep).id : []));
  };
  return {
    launched() {
      if (!run.plan) return [];
      standing = standingFrom(graphOf(run.plan), facts);
      return ready(standing.states.keys());
    },
    changed(step) {
      if (!standing || !run.plan) return [];
      const graph = graphOf(run.plan);
      const at = graph.index.get(step);
      return at === undefined ? [] : ready(advance(standing, graph, facts, at));
    },
    keep() {
      if (standing) known.set(run, standing);
    },
  };
}
