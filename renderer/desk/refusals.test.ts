import { expect, test } from 'vitest';
import { createDesk } from './desk.ts';
import { keyOf, refusalsAt } from './refusals.ts';

const desk = () =>
  createDesk({ seat: 'duty', region: 'workspace', lang: 'en', theme: 'dark', named: null }, []).getState;
const incident = (id: string) => ({ kind: 'incident' as const, id, at: null });

test('a refusal stands until it is read, however many others come and whatever else is selected', () => {
  const state = desk();
  const refused = (id: string) => ({ place: 'detail', about: incident(id), why: new Error(id) });
  for (let i = 0; i < 12; i++) state().refuse('incidents.take', refused(`i-${i}`));
  state().select(incident('another'));
  expect(state().refusals).toHaveLength(12);
  state().heed(keyOf('incidents.take', refused('i-3')));
  expect(state().refusals.map(({ about }) => about?.id)).not.toContain('i-3');
  expect(state().refusals).toHaveLength(11);
});

test('the same that is refused again stands once, with the newest reason', () => {
  const state = desk();
  const beside = { place: 'situation', about: null };
  state().refuse('wall.show', { ...beside, why: 'first' });
  state().refuse('wall.show', { ...beside, why: 'second' });
  state().refuse('wall.show', { ...beside, place: 'alarms', why: 'another region' });
  expect(state().refusals.map(({ why }) => why)).toEqual(['second', 'another region']);
});

test('what is about a place that the window does not show now stands over the window', () => {
  const state = desk();
  state().refuse('seat.watch', { place: 'video', why: 'x' });
  state().refuse('windows.open', { place: null, why: 'y' });
  const whys = (place: string | null, shown: string[]) =>
    refusalsAt(state().refusals, place, new Set(shown)).map(({ why }) => why);
  expect(whys('video', ['video'])).toEqual(['x']);
  expect(whys(null, ['video'])).toEqual(['y']);
  expect(whys(null, ['detail'])).toEqual(['x', 'y']);
});
