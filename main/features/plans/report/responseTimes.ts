import type { RunView, StepView, TimelineEntry } from '../../../../contract/features/plans.ts';

/** The links of the chain from the alarm to the end, in their order. */
export const PHASES = ['alarm', 'incident', 'launched', 'acknowledged', 'started', 'done', 'ended'] as const;
export type Phase = (typeof PHASES)[number];

/** When a link of the chain was, in ms; those that have not been are missing. */
export type PhaseTimes = readonly { readonly phase: Phase; readonly at: number }[];

/** How long a step took, in ms from when it was given; null for what has not been. */
export interface StepTimes {
  readonly acknowledged: number | null;
  readonly started: number | null;
  readonly done: number | null;
}

/** What a department did, and the longest it took to acknowledge, to start and to get done. */
export interface DepartmentTimes extends StepTimes {
  readonly department: string;
  readonly done: number | null;
  readonly counts: { readonly done: number; readonly skipped: number; readonly total: number };
}

const isDone = ({ state }: StepView): boolean => state === 'done';
const first = (times: readonly number[]): number | null => (times.length === 0 ? null : Math.min(...times));
const last = (times: readonly number[]): number | null => (times.length === 0 ? null : Math.max(...times));

/** The moments of a run from its alarm on. What was skipped is no answer: only steps worked on count. */
export function phaseTimes(run: RunView, entries: readonly TimelineEntry[], openedAt: number | null): PhaseTimes {
  const times = (of: (step: StepView) => number | undefined) => run.steps.flatMap((step) => of(step) ?? []);
  const at: Record<Phase, number | null> = {
    alarm: entries.find(({ type }) => type === 'alarm.raised')?.at ?? null,
    incident: openedAt,
    launched: run.launched.at,
    acknowledged: first(times((step) => step.acknowledged?.at)),
    started: first(times((step) => step.started?.at)),
    done: last(times((step) => (isDone(step) ? step.finished?.at : undefined))),
    ended: run.ended?.at ?? null,
  };
  return PHASES.flatMap((phase) => {
    const time = at[phase];
    return time === null ? [] : [{ phase, at: time }];
  });
}

/** From when the step was given; nothing of one that never was, and nothing done of one that was skipped. */
export function stepTimes(step: StepView): StepTimes {
  const since = (at: number | undefined) => (step.readyAt === null || at === undefined ? null : at - step.readyAt);
  return {
    acknowledged: since(step.acknowledged?.at),
    started: since(step.started?.at),
    done: isDone(step) ? since(step.finished?.at) : null,
  };
}

/** By department, in the order of the plan's lanes. */
export function departmentTimes(run: RunView): DepartmentTimes[] {
  return [...new Set(run.lanes.map((lane) => lane.department))].map((department) => {
    const steps = run.steps.filter((step) => step.department === department && step.state !== 'not-taken');
    const times = steps.map(stepTimes);
    const longest = (which: keyof StepTimes) => last(times.flatMap((each) => each[which] ?? []));
    return {
      department,
      ...{ acknowledged: longest('acknowledged'), started: longest('started'), done: longest('done') },
      counts: {
        done: steps.filter(isDone).length,
        skipped: steps.filter(({ state }) => state === 'skipped').length,
        total: steps.length,
      },
    };
  });
}
