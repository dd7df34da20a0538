import { describe, expect, it } from 'vitest';
import type { StepView } from '../../../contract/features/plans.ts';
import { byAttention, deadline, stepActions } from './stepActions.ts';

const step = (more: Partial<StepView>): StepView => ({
  id: 's',
  lane: 'l',
  department: 'fire',
  title: { zh: '', en: '' },
  kind: 'task',
  detail: null,
  needs: [],
  options: [],
  state: 'ready',
  chosen: null,
  readyAt: 0,
  acknowledged: null,
  started: null,
  finished: null,
  reopened: null,
  note: null,
  noteCut: false,
  units: [],
  acknowledgeBy: 100,
  finishBy: 900,
  overdue: 'no',
  escalatedTo: null,
  ...more,
});

describe('what can be done with a step', () => {
  it.each([
    ['waiting', []],
    ['ready', ['acknowledge', 'skip']],
    ['acknowledged', ['start', 'skip']],
    ['started', ['finish', 'skip']],
    ['done', []],
    ['not-taken', []],
  ] as const)('%s', (state, actions) => expect(stepActions(step({ state }))).toEqual(actions));

  it('a decision is decided first of all', () => {
    expect(stepActions(step({ kind: 'decision' }))[0]).toBe('decide');
  });
});

describe('deadline', () => {
  it('is that of acknowledging, then that of finishing, then none', () => {
    expect(deadline(step({}))).toEqual({ kind: 'acknowledge', at: 100 });
    expect(deadline(step({ state: 'started' }))).toEqual({ kind: 'finish', at: 900 });
    expect(deadline(step({ state: 'done' }))).toBeNull();
  });

  it('is that of finishing for a step that nobody acknowledged until it was to be done', () => {
    expect(deadline(step({ overdue: 'acknowledge' }))).toEqual({ kind: 'acknowledge', at: 100 });
    expect(deadline(step({ overdue: 'finish' }))).toEqual({ kind: 'finish', at: 900 });
  });
});

describe('attention', () => {
  it('goes to what is overdue, then to the nearest deadline, last to what is done', () => {
    const steps = [
      step({ id: 'done', state: 'done' }),
      step({ id: 'later', state: 'started' }),
      step({ id: 'waiting', state: 'waiting' }),
      step({ id: 'soon' }),
      step({ id: 'late', overdue: 'finish', state: 'started' }),
    ];
    expect(steps.sort(byAttention).map((s) => s.id)).toEqual(['late', 'soon', 'later', 'waiting', 'done']);
  });
});
