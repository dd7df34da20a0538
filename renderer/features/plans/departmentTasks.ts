import type { IncidentRow } from '../../../contract/features/incidents.ts';
import type { RunView, StepView } from '../../../contract/features/plans.ts';
import type { Level } from '../../../contract/schema/basics.ts';
import type { Sound } from '../../desk/sound/hearing.ts';
import { byAttention, isOpen } from './stepActions.ts';

/** A step of a department, and the run that it belongs to. */
export interface DepartmentTask {
  readonly run: RunView;
  readonly step: StepView;
}

/** What a task is called among all of a department's. */
export function taskOf({ run, step }: DepartmentTask): string {
  return `${run.id}/${step.id}`;
}

/**
 * The steps of one department in every run that is on, what wants attention first.
 * @param kept steps that stay although their run is over: somebody is writing about them
 */
export function tasksOf(
  department: string,
  runs: Iterable<RunView>,
  kept: (task: string) => boolean = () => false,
): DepartmentTask[] {
  return [...runs]
    .flatMap((run) => run.steps.filter((step) => step.department === department).map((step) => ({ run, step })))
    .filter((task) => task.run.state === 'running' || kept(taskOf(task)))
    .sort((a, b) => byAttention(a.step, b.step));
}

/** The runs that are on, those of the department's tasks first and in the order of these. */
export function inOrderOf(tasks: readonly DepartmentTask[], runs: Iterable<RunView>): RunView[] {
  const running = [...runs].filter((run) => run.state === 'running');
  const first = tasks.flatMap(({ run }) => running.find(({ id }) => id === run.id) ?? []);
  return [...new Set([...first, ...running])];
}

/** Of a step that is late: it is to be heard again and again until somebody answers. */
const LATE: Level = 2;

/**
 * What a department hears: a task that waits to be acknowledged, as bad as its incident; the same once more when it is late, again and
 * again until somebody acknowledges it; one tone when a task that is worked on should have been done.
 *
 * @param incidents by id, as far as they are known; a task of an unknown one is taken for bad
 */
export function taskSounds(
  tasks: readonly DepartmentTask[],
  incidents: ReadonlyMap<string, Pick<IncidentRow, 'level'>>,
): Sound[] {
  return tasks.flatMap((task) => {
    const { step, run } = task;
    if (!isOpen(step) || run.state !== 'running' || step.readyAt === null) return [];
    const waits = step.state === 'ready';
    if (!waits && step.overdue !== 'finish') return [];
    const of = incidents.get(run.incident)?.level ?? LATE;
    const late = step.overdue !== 'no';
    const level: Level = !waits ? 3 : late && of > LATE ? LATE : of;
    // Given anew, or late now, it is another call than before.
    // An id as the hall takes it: a seat says what of it is muted.
    return [{ id: `${run.id}~${step.id}`, occurrence: step.readyAt * 2 + (late ? 1 : 0), level }];
  });
}
