import type { EventDraft } from '../ledger/envelope.ts';
import { Refusal } from '../refusal.ts';
import { draft } from './decideEnd.ts';
import type { PlanStep } from './planStep.ts';
import { factsOf, type PlanRun, type StepFacts, type UnitOfStep } from './run.ts';
import { isSettledState, type StepState } from './stepState.ts';

export type UnitCommand =
  | { do: 'assign-unit'; step: string; unit: string; name: string; actor: string }
  | { do: 'release-unit'; step: string; unit: string; actor: string };

/** So many units are sent for one step. */
const MOST = 20;
/** So many assignments of a step are kept; a forger's chain may hold more. */
const KEPT = 64;

/** Each unit that is sent for the step once, the first assignment of each (P17). */
export function unitsOf({ units }: StepFacts): UnitOfStep[] {
  return units.filter(({ unit }, i) => units.findIndex((other) => other.unit === unit) === i);
}

export function decideUnit(run: PlanRun, step: PlanStep, state: StepState, command: UnitCommand): EventDraft[] {
  const facts = factsOf(run, step.id);
  const { unit, actor } = command;
  const its = facts.units.filter((other) => other.unit === unit);
  if (command.do === 'release-unit') {
    const [first] = its;
    if (!first) return [];
    const seen = its.map(({ by }) => by.event);
    return [draft(run, actor, 'step.unit-released', { step: step.id, unit, name: first.name, seen })];
  }
  if (its.length > 0) return [];
  if (isSettledState(state))
    throw new Refusal('P17', {
      zh: `“${step.title.zh}”已无需执行，不能再派力量`,
      en: `"${step.title.en}" is over; no unit is sent for it any more`,
    });
  if (unitsOf(facts).length >= MOST)
    throw new Refusal('P17', {
      zh: `“${step.title.zh}”已派 ${MOST} 支力量；请先撤回一支`,
      en: `${MOST} units are sent for "${step.title.en}"; release one first`,
    });
  return [draft(run, actor, 'step.unit-assigned', { step: step.id, unit, name: command.name })];
}

/** The assignments with one more. */
export function withUnit(units: readonly UnitOfStep[], more: UnitOfStep): readonly UnitOfStep[] {
  return units.length < KEPT ? [...units, more] : units;
}

/** The assignments without those that whoever released the unit had seen. */
export function withoutUnit(units: readonly UnitOfStep[], seen: readonly string[]): readonly UnitOfStep[] {
  return units.filter(({ by }) => !seen.includes(by.event));
}
