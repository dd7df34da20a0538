import { describe, expect, it } from 'vitest';
import { createDesk } from '../../desk/desk.ts';
import { stateOf, type WindowRole } from '../../desk/slice.ts';
import { planDesk, stayWith } from './planDesk.ts';

const opened = (role: Partial<WindowRole>) =>
  createDesk(
    {
      seat: 'duty',
      region: 'workspace',
      named: null,
      lang: 'en',
      theme: 'dark',
      textSize: 100,
      layout: 'auto',
      collapsed: [],
      ...role,
    },
    [planDesk],
  );

describe('what plans keep in a window', () => {
  it('forgets the run and step looked at when something else is selected, and keeps the plans on offer', () => {
    const desk = opened({});
    const launchFor = { incident: 'i', region: 'plan' } as const;
    desk.getState().setIn(planDesk, { run: 'r', step: 's', launchFor });
    desk.getState().select({ kind: 'incident', id: 'j', at: null });
    expect(stateOf(desk.getState(), planDesk)).toMatchObject({ run: null, step: null, launchFor });
  });

  it('returns to the run its address names', () => {
    const desk = opened({ region: 'plan', named: 'run-7' });
    desk.getState().setIn(planDesk, { run: 'other' });
    desk.getState().adopt({ kind: 'alarm', id: 'a', at: null });
    expect(stateOf(desk.getState(), planDesk).run).toBe('run-7');
  });

  it('keeps a department’s task whatever is selected', () => {
    const desk = opened({ seat: 'fire' });
    desk.getState().setIn(planDesk, { step: 'run-1/pump' });
    desk.getState().select({ kind: 'alarm', id: 'a', at: null });
    expect(stateOf(desk.getState(), planDesk).step).toBe('run-1/pump');
  });

  it('stays with the run that one acts on though none was chosen, until something else is', () => {
    const desk = opened({});
    expect(stateOf(desk.getState(), planDesk).run).toBeNull(); // As after a reload.
    stayWith(desk, 'run-1');
    desk.getState().setIn(planDesk, { undoable: { run: 'run-1', step: null, said: 'all clear', at: 0 } });
    expect(stateOf(desk.getState(), planDesk).run).toBe('run-1');
    desk.getState().select({ kind: 'alarm', id: 'a', at: null });
    expect(stateOf(desk.getState(), planDesk).run).toBeNull();
  });
});
