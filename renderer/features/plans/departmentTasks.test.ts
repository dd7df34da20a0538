import { describe, expect, it } from 'vitest';
import type { RunView, StepView } from '../../../contract/features/plans.ts';
import { Heard } from '../../../contract/features/seats.ts';
import { heardNow } from '../../desk/sound/hearing.ts';
import { inOrderOf, taskSounds, tasksOf } from './departmentTasks.ts';

const step = (id: string, more: Partial<StepView> = {}) =>
  ({
    ...{ id, lane: 'fire', department: 'fire', title: { zh: id, en: id }, kind: 'task', state: 'ready', overdue: 'no' },
    ...{ readyAt: 1000, acknowledgeBy: 9000, finishBy: null },
    ...more,
  }) as StepView;
const run = (id: string, steps: StepView[], state: RunView['state'] = 'running') =>
  ({ id, incident: `i-${id}`, steps, state }) as RunView;

describe('the tasks of a department', () => {
  it('come with their runs, what wants attention first; the runs stand in the same order', () => {
    const calm = run('calm', [step('a', { acknowledgeBy: 8000 })]);
    const late = run('late', [step('b', { overdue: 'acknowledge' }), step('c', { department: 'water' })]);
    const other = run('other', [step('d', { department: 'water' })]);
    const over = run('over', [step('e')], 'ended');
    const all = [other, calm, over, late];
    const tasks = tasksOf('fire', all);
    expect(tasks.map((task) => task.step.id)).toEqual(['b', 'a']);
    expect(inOrderOf(tasks, all).map(({ id }) => id)).toEqual(['late', 'calm', 'other']);
  });

  const heard = (more: Partial<StepView>, level?: 1 | 2 | 3 | 4) =>
    taskSounds(tasksOf('fire', [run('r', [step('a', more)])]), new Map(level ? [['i-r', { level }]] : []));

  it('sound while they wait to be acknowledged, as bad as their incident, and badly when late', () => {
    expect(heard({}, 4)).toMatchObject([{ id: 'r~a', level: 4 }]);
    expect(heard({}, 1)).toMatchObject([{ level: 1 }]);
    expect(heard({})).toMatchObject([{ level: 2 }]);
    expect(heard({ overdue: 'acknowledge' }, 4)).toMatchObject([{ level: 2 }]);
    expect(heard({ overdue: 'acknowledge' }, 1)).toMatchObject([{ level: 1 }]);
    expect(heard({ state: 'acknowledged' }, 1)).toEqual([]);
    expect(heard({ state: 'started', overdue: 'finish' }, 1)).toMatchObject([{ level: 3 }]);
    for (const state of ['waiting', 'done', 'skipped', 'not-taken'] as const) expect(heard({ state }, 1)).toEqual([]);
  });

  it('are muted by names that the hall takes', () => {
    const sounds = heard({}, 1);
    expect(Heard.array().safeParse(heardNow(sounds)).error).toBeUndefined();
  });

  it('sound anew when late, and when given anew', () => {
    const calls = [heard({}, 3), heard({ overdue: 'acknowledge' }, 3), heard({ readyAt: 2000 }, 3)];
    expect(new Set(calls.map(([sound]) => sound?.occurrence)).size).toBe(3);
  });
});
