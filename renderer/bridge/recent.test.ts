import { expect, test } from 'vitest';
import { appended, type RecentPoint } from './recent.ts';

test('a value is put at its time, once, and the oldest of 120 goes', () => {
  const points: readonly RecentPoint[] = [
    [1, 0.1],
    [2, 0.2],
    [3, 0.3],
  ];
  expect(appended(points, { t: 4, value: 0.4 })).toEqual([...points, [4, 0.4]]);
  expect(appended(points, { t: 3, value: 0.3 })).toBe(points);
  expect(appended(points, { t: 2, value: 9 })).toEqual([
    [1, 0.1],
    [2, 9],
  ]);
  const full = Array.from({ length: 120 }, (_, i): RecentPoint => [i, i]);
  expect(appended(full, { t: 500, value: 1 })).toEqual([...full.slice(1), [500, 1]]);
});
