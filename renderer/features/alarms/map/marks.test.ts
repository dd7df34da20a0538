import { expect, it } from 'vitest';
import type { Mark } from '../../../map/ink/mark.ts';
import { newMarks } from './marks.ts';

const mark = (lon: number, properties: Record<string, unknown>): Mark => {
  const at = { lon, lat: 29 };
  return { at, symbol: 'x', hit: { selection: null, at, title: null, properties } };
};

it('a mark pulses while an alarm in it is new, the worst and the fullest first', () => {
  const few = mark(121.1, { cluster_id: 7, point_count: 3, worst: 2, fresh: 1, cluster: true });
  const marks = newMarks([
    mark(121, { id: 'a', level: 2, fresh: 1, slot: 0 }),
    few,
    { at: { lon: 121, lat: 29 }, symbol: 'alarm-place', hit: null },
    mark(121.2, { cluster_id: 8, point_count: 30, worst: 1, fresh: 30, cluster: true }),
    mark(121.3, { cluster_id: 9, point_count: 4, worst: 1, fresh: 0, cluster: true }),
    mark(121.4, { id: 'seen', level: 1, fresh: 0, slot: 0 }),
    mark(121.5, { id: 'around', level: 1, fresh: 1, slot: 2 }),
  ]);
  expect(marks.map(({ key, level, alarms }) => [key, level, alarms])).toEqual([
    ['many/8', 1, 30],
    ['many/7', 2, 3],
    ['alarm/a', 2, 1],
  ]);
  expect(marks[1]?.at).toEqual({ lon: 121.1, lat: 29 });
});
