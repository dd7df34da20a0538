import { expect, it } from 'vitest';
import { alarmView } from '../../../tests/fakes/alarmView.ts';
import { soundsOf } from './sound.ts';

it('sounds for what waits to be acknowledged, the most urgent first', () => {
  const alarms = [
    alarmView('a', { level: 3, state: 'unacknowledged' }),
    alarmView('b', { level: 1, state: 'unacknowledged' }),
    alarmView('c', { level: 1, state: 'acknowledged' }),
    alarmView('d', { level: 1, state: 'shelved' }),
  ];
  expect(soundsOf(alarms).map(({ id }) => id)).toEqual(['b', 'a']);
});
