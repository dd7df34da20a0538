import { expect, test } from 'vitest';
import type { MethodName } from '../../contract/index.ts';
import { mayOf } from './rights.ts';

const asked: readonly MethodName[] = ['alarms.acknowledge', 'runs.launch', 'runs.allClear', 'link.cut', 'drill.start'];

test('a screen offers operations to those who have them, a department its own steps, a wall nothing', () => {
  for (const seat of ['duty', 'deputy', 'commander']) {
    expect(asked.every(mayOf(seat).call)).toBe(true);
    expect(mayOf(seat).actFor('fire')).toBe(true);
  }
  expect(asked.some(mayOf('fire').call)).toBe(false);
  expect(['fire', 'police'].map(mayOf('fire').actFor)).toEqual([true, false]);
  expect(mayOf('fire').call('seat.watch')).toBe(true);
  expect([...asked, 'seat.watch' as const].some(mayOf('wall').call)).toBe(false);
  expect(mayOf('wall').actFor('wall')).toBe(false);
});
