import { describe, expect, it } from 'vitest';
import { createDesk } from '../../desk/desk.ts';
import { stateOf, type WindowRole } from '../../desk/slice.ts';
import { planDesk } from './planDesk.ts';

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
});
