import { expect, test } from 'vitest';
import { callerAt } from '../../../tests/fakes/callers.ts';
import { drillHandlers } from './handlers.ts';

const caller = callerAt('duty');

test('a hall without a drill says so', () => {
  expect(() => drillHandlers({ cameras: [] })['drill.start']({}, caller)).toThrow(/--profile drill/);
  let started = 0;
  drillHandlers({ cameras: [], start: () => void started++ })['drill.start']({}, caller);
  expect(started).toBe(1);
});
