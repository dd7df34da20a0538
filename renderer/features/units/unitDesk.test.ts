import { expect, test } from 'vitest';
import { createDesk } from '../../desk/desk.ts';
import { stateOf } from '../../desk/slice.ts';
import { unitDesk } from './unitDesk.ts';

test('a unit is followed until something else is selected, here or in another window', () => {
  const desk = createDesk({ seat: 'duty', region: 'workspace', named: null, lang: 'en', theme: 'dark' }, [unitDesk]);
  const { select, adopt, setIn } = desk.getState();
  const followed = () => stateOf(desk.getState(), unitDesk).followed;
  select({ kind: 'unit', id: 'U-1', at: null });
  setIn(unitDesk, { followed: 'U-1' });
  adopt({ kind: 'unit', id: 'U-1', at: { lon: 1, lat: 1 } });
  expect(followed()).toBe('U-1');
  adopt({ kind: 'unit', id: 'U-2', at: null });
  expect(followed()).toBeNull();
});
