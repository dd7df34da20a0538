import { expect, it } from 'vitest';
import { newMarks } from './marks.ts';

const feature = (lon: number, properties: Record<string, unknown>) => ({
  ...{ geometry: { type: 'Point' as const, coordinates: [lon, 29] }, properties },
});

it('a mark pulses while an alarm in it is new, each once whatever tiles it is in, the worst and the fullest first', () => {
  const few = feature(121.1, { cluster_id: 7, point_count: 3, worst: 2, fresh: 1, cluster: true });
  const marks = newMarks([
    feature(121, { id: 'a', level: 2, fresh: 1, slot: 0 }),
    few,
    few,
    feature(121.2, { cluster_id: 8, point_count: 30, worst: 1, fresh: 30, cluster: true }),
    feature(121.3, { cluster_id: 9, point_count: 4, worst: 1, fresh: 0, cluster: true }),
    feature(121.4, { id: 'seen', level: 1, fresh: 0, slot: 0 }),
    feature(121.5, { id: 'around', level: 1, fresh: 1, slot: 2 }),
  ]);
  expect(marks.map(({ key, level, alarms }) => [key, level, alarms])).toEqual([
    ['many/8', 1, 30],
    ['many/7', 2, 3],
    ['alarm/a', 2, 1],
  ]);
  expect(marks[1]?.at).toEqual({ lon: 121.1, lat: 29 });
});
