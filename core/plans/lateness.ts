import { own } from '../own.ts';
import type { PlanStep } from './planStep.ts';
import { factsOf, outcomeOf, type PlanRun } from './run.ts';
import { stepState } from './states.ts';

/** By step: when the station that looks saw it become ready (P9), in ms of whatever clock it goes by. A step not told it has not seen. */
export type ReadySince = Readonly<Record<string, number>>;

interface Limit {
  step: PlanStep;
  which: 'acknowledge' | 'finish';
  /** From then on the step is late. */
  at: number;
}

/** What steps can still be late with: nothing that was written already, nothing of a run that has ended. */
function* limitsOf(run: PlanRun, since?: ReadySince): Generator<Limit> {
  if (run.ended) return;
  for (const step of run.plan?.steps ?? []) {
    const facts = factsOf(run, step.id);
    if (facts.readyAt === null || facts.overdue === 'finish' || outcomeOf(facts) !== null) continue;
    const from = since ? own(since, step.id) : facts.readyAt;
    if (from === undefined || stepState(run, step) === 'not-taken') continue;
    if (step.finish !== undefined) yield { step, which: 'finish', at: from + step.finish * 1000 };
    if (step.acknowledge !== undefined && facts.acknowledged === null && facts.overdue === 'no')
      yield { step, which: 'acknowledge', at: from + step.acknowledge * 1000 };
  }
}

/** Steps that are late and not yet said to be, each once: one that should be finished is not said to be unacknowledged too. */
export function lateSteps(run: PlanRun, now: number, since?: ReadySince): Pick<Limit, 'step' | 'which'>[] {
  const late = new Map<string, Limit>();
  for (const limit of limitsOf(run, since)) {
    if (limit.at <= now && !late.has(limit.step.id)) late.set(limit.step.id, limit);
  }
  return [...late.values()];
}

/** When `lateSteps` next has something to say, which may be past already; null when it never has as things are. */
export function nextLate(run: PlanRun, since: ReadySince): number | null {
  let next: number | null = null;
  for (const { at } of limitsOf(run, since)) if (next === null || at < next) next = at;
  return next;
}
