import { expect, test } from 'vitest';
import { directionOf, type Heard, kept } from './direction.ts';

const heard = (...values: number[]) =>
  values.reduce<readonly Heard[]>((before, value, i) => kept(before, { t: i * 10_000, value }), []);

test('a value goes where it has gone over the last minute', () => {
  expect(directionOf([])).toBeNull();
  expect(directionOf(heard(1))).toBeNull();
  expect([heard(1, 1.5), heard(2, 1), heard(2, 2.01)].map(directionOf)).toEqual(['up', 'down', 'steady']);
  // It rose until the minute before, and falls since.
  expect(directionOf(heard(1, 9, 9, 8, 8, 7, 7, 6, 6))).toBe('down');
});

test('a reading told twice is one, and a clock that was set back begins anew', () => {
  expect(kept([{ t: 5, value: 1 }], { t: 5, value: 1 })).toHaveLength(1);
  expect(kept([{ t: 5, value: 1 }], { t: 4, value: 2 })).toEqual([{ t: 4, value: 2 }]);
});
