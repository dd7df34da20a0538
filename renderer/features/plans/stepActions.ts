import type { StepView } from '../../../contract/features/plans.ts';

/** What a department can do with a step as it stands. */
export type StepAction = 'acknowledge' | 'start' | 'finish' | 'skip' | 'decide';

/** The key of each. A decision is taken by the number of its option. */
export const STEP_KEYS: Record<Exclude<StepAction, 'decide'>, string> = {
  acknowledge: 'a',
  start: 's',
  finish: 'f',
  skip: 'x',
};

/** Whether the step is still to be done. */
export function isOpen(step: StepView): boolean {
  return step.state === 'ready' || step.state === 'acknowledged' || step.state === 'started';
}

/** What can be done with a step now; the first is what is expected next. */
export function stepActions(step: StepView): StepAction[] {
  if (!isOpen(step)) return [];
  if (step.kind === 'decision') return step.state === 'ready' ? ['decide', 'acknowledge', 'skip'] : ['decide', 'skip'];
  switch (step.state) {
    case 'ready':
      return ['acknowledge', 'skip'];
    case 'acknowledged':
      return ['start', 'skip'];
    default:
      return ['finish', 'skip'];
  }
}

/** What is done in order, and what a step is afterwards. */
export type WorkAction = 'acknowledge' | 'start' | 'finish';
export const AFTER: Readonly<Record<WorkAction, StepView['state']>> = {
  acknowledge: 'acknowledged',
  start: 'started',
  finish: 'done',
};

/** The deadline that counts now: acknowledge while nobody has, then finish; finish, too, once that has gone by. */
export function deadline(step: StepView): { kind: 'acknowledge' | 'finish'; at: number } | null {
  const finishLate = step.overdue === 'finish' && step.finishBy !== null;
  if (step.state === 'ready' && step.acknowledgeBy !== null && !finishLate)
    return { kind: 'acknowledge', at: step.acknowledgeBy };
  if (isOpen(step) && step.finishBy !== null) return { kind: 'finish', at: step.finishBy };
  return null;
}

/** What wants attention first: overdue, then the nearest deadline, then what is furthest along. */
export function byAttention(a: StepView, b: StepView): number {
  const late = (step: StepView) => (isOpen(step) && step.overdue !== 'no' ? 0 : 1);
  const open = (step: StepView) => (isOpen(step) ? 0 : step.state === 'waiting' ? 1 : 2);
  return (
    open(a) - open(b) ||
    late(a) - late(b) ||
    (deadline(a)?.at ?? Number.MAX_SAFE_INTEGER) - (deadline(b)?.at ?? Number.MAX_SAFE_INTEGER)
  );
}
