import { ContractError } from '../../../contract/errors.ts';
import type { Caller } from '../../../contract/wire/served.ts';
import { outOfScope } from '../../../core/people/principal.ts';
import { type PlanRun, stepOf } from '../../../core/plans/run.ts';

/**
 * The one look at whether a step is the caller's to act on: it is, where they act for the department of its lane.
 *
 * @throws ContractError 'forbidden' naming the seat and the department
 */
export function needScope(caller: Caller, run: PlanRun, stepId: string): void {
  const step = stepOf(run, stepId);
  if (!step) return; // The decision itself says that there is no such step.
  const department = run.plan?.lanes.find((lane) => lane.id === step.lane)?.department ?? step.lane;
  const why = outOfScope(caller, department);
  if (why) throw new ContractError('forbidden', caller.lang === 'en' ? why.en : why.zh, { text: why });
}
