import { expect, test } from 'vitest';
import { createDesk } from '../../desk/desk.ts';
import { stateOf } from '../../desk/slice.ts';
import { nearDesk, roundRadius } from './nearDesk.ts';

test('what is looked around from stays while what is near is selected', () => {
  const desk = createDesk({ seat: 'duty', region: 'workspace', named: null, lang: 'en', theme: 'dark' }, [nearDesk]);
  const selection = { kind: 'incident', id: 'i', at: null } as const;
  const around = { selection, title: 'flood', lon: 1, lat: 2, run: null };
  desk.getState().setIn(nearDesk, { around });
  desk.getState().select({ kind: 'unit', id: 'u', at: null });
  expect(stateOf(desk.getState(), nearDesk).around).toEqual(around);
});

test('a radius is whole hundreds of metres, within what the hall answers', () => {
  expect([0, 149, 151, 4980, 90_000].map(roundRadius)).toEqual([100, 100, 200, 5000, 5000]);
});
