import { expect, test } from 'vitest';
import { callerAt } from '../../../tests/fakes/callers.ts';
import { drillHandlers } from './handlers.ts';

const caller = callerAt('duty');

test('a hall without a drill says so', async () => {
  await expect(drillHandlers(null, null)['drill.start']({}, caller)).rejects.toThrow(/nothing is played here/);
  let started = 0;
  const play = { start: async () => void started++ };
  await drillHandlers(null, play)['drill.start']({}, caller);
  expect(started).toBe(1);
});
