import { expect, test } from 'vitest';
import { beyond } from './beyond.ts';

const MONACO = [7.39, 43.71, 7.44, 43.76] as const;
const at = (id: string, lon: number, lat: number) => ({ id, lon, lat });

test('what lies far beyond the hall’s map is told, with whether the two columns are the wrong way round', () => {
  expect(beyond([at('A', 7.42, 43.73), at('UP', 7.2, 43.9)], MONACO)).toEqual([]);
  const [swapped] = beyond([at('A', 43.73, 7.42), at('B', 7.42, 43.73)], MONACO);
  expect(swapped).toEqual({
    zh: '1 条不在底图范围内（如 A）：经纬度两列互换后在范围内，可能写反了',
    en: "1 of them lie outside the hall's map (A): with longitude and latitude the other way round they would be in it",
  });
  expect(beyond([at('T', 139.42, 35.73)], MONACO)[0]?.zh).toContain('请核对坐标系与经纬度列');
});

test('a hall without a map, and things without a place, have nothing told of them', () => {
  expect(beyond([at('T', 139.42, 35.73)], undefined)).toEqual([]);
  expect(beyond([{ id: 'U' }], MONACO)).toEqual([]);
});
