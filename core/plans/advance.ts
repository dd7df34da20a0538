import type { PlanGraph } from './graph.ts';
import type { PlanStep } from './planStep.ts';
import { chosenOf, outcomeOf, type StepFacts } from './run.ts';
import { isSettledState, type StepState } from './stepState.ts';

/** Where the steps of a run stand, by number in the plan's graph, and what makes the next event cheap. */
export interface Standing {
  readonly states: StepState[];
  /** By number: how many of its needs are not settled. */
  readonly open: number[];
  /** Steps done, steps skipped, and steps there are; what was not taken is none of them. */
  done: number;
  skipped: number;
  total: number;
}

/** What is known of a step, by its id. */
export type FactsOf = (step: string) => StepFacts;

/** True, false, or null while the decision it hangs on is open (P3). The decision's state is right already. */
function conditionMet(standing: Standing, graph: PlanGraph, facts: FactsOf, at: number): boolean | null {
  const on = graph.decision[at] ?? null;
  if (on === null) return true;
  if (on === 'unknown') return false;
  const chosen = chosenOf(facts((graph.steps[on] as PlanStep).id));
  if (chosen !== null) return chosen === graph.steps[at]?.when?.option;
  return isSettledState(standing.states[on] as StepState) ? false : null;
}

/** The step's state as P2–P6 have it. What it needs and hangs on is right already. */
function stateAt(standing: Standing, graph: PlanGraph, facts: FactsOf, at: number): StepState {
  const own = facts((graph.steps[at] as PlanStep).id);
  const outcome = outcomeOf(own);
  if (outcome) return outcome;
  const met = conditionMet(standing, graph, facts, at);
  if (met === false) return 'not-taken';
  if (own.started) return 'started';
  if (own.acknowledged) return 'acknowledged';
  return met === true && standing.open[at] === 0 ? 'ready' : 'waiting';
}

function count(standing: Standing, state: StepState, by: 1 | -1): void {
  if (state === 'not-taken') return;
  standing.total += by;
  if (state === 'done') standing.done += by;
  if (state === 'skipped') standing.skipped += by;
}

/** Works the step's state out again. False when it is what it was; else whom that concerns is told to `concerned`. */
function look(
  standing: Standing,
  graph: PlanGraph,
  facts: FactsOf,
  at: number,
  concerned?: (later: number) => void,
): boolean {
  const before = standing.states[at] as StepState;
  const state = stateAt(standing, graph, facts, at);
  if (state === before) return false;
  standing.states[at] = state;
  count(standing, before, -1);
  count(standing, state, 1);
  const settled = isSettledState(state);
  if (settled === isSettledState(before)) return true;
  for (const later of graph.neededBy[at] ?? []) {
    const open = (standing.open[later] as number) + (settled ? -1 : 1);
    standing.open[later] = open;
    if (open === (settled ? 0 : 1)) concerned?.(later);
  }
  if (concerned) for (const later of graph.decides[at] ?? []) concerned(later);
  return true;
}

/** Where all steps stand, from nothing: one look at each step and each need. */
export function standingFrom(graph: PlanGraph, facts: FactsOf): Standing {
  const standing: Standing = {
    states: graph.steps.map(() => 'waiting'),
    open: graph.needs.map((needs) => needs.length),
    ...{ done: 0, skipped: 0 },
    total: graph.steps.length,
  };
  for (const at of graph.order) look(standing, graph, facts, at);
  return standing;
}

/** Numbers to look at, each once, in the order of the plan: what a step needs is right before the step is looked at. */
function createWorklist(rank: readonly number[]) {
  /** Last first. What is added comes after what was taken. */
  const waiting: number[] = [];
  return {
    add(at: number): void {
      const place = rank[at] as number;
      if (place < 0) return;
      let [low, high] = [0, waiting.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((rank[waiting[middle] as number] as number) > place) low = middle + 1;
        else high = middle;
      }
      if (waiting[low] !== at) waiting.splice(low, 0, at);
    },
    next: () => waiting.pop(),
  };
}

/**
 * Moves `standing` on after the facts of step `changed` were replaced: that step is looked at, and of the others only those that hang on
 * one whose state changed.
 *
 * @returns numbers of the steps whose state changed
 */
export function advance(standing: Standing, graph: PlanGraph, facts: FactsOf, changed: number): number[] {
  const moved: number[] = [];
  const worklist = createWorklist(graph.rank);
  worklist.add(changed);
  // Another option may stand of a decision that was done before.
  for (const later of graph.decides[changed] ?? []) worklist.add(later);
  for (let at = worklist.next(); at !== undefined; at = worklist.next()) {
    if (look(standing, graph, facts, at, worklist.add)) moved.push(at);
  }
  return moved;
}
