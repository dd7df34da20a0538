import { describe, expect, it } from 'vitest';
import { cellFindables, roadFindables } from './findables.ts';

describe('names of the base map', () => {
  it('are one entry a road, in the middle of its longest line', () => {
    const line = (zh: string, coordinates: number[][]) => ({
      properties: { zh, en: `${zh} Road` },
      geometry: { type: 'LineString', coordinates },
    });
    const roads = roadFindables([
      line('甲', [[1, 1]]),
      line('甲', [
        [2, 2],
        [3, 3],
        [4, 4],
      ]),
      line('', [[9, 9]]),
    ]);
    expect(roads).toEqual([{ kind: 'road', id: 'road-0', zh: '甲', en: '甲 Road', at: { lon: 3, lat: 3 } }]);
  });

  it('are grid codes at a corner of the cell', () => {
    const cell = {
      properties: { code: '1' },
      geometry: {
        type: 'MultiPolygon',
        coordinates: [
          [
            [
              [5, 6],
              [7, 8],
            ],
          ],
        ],
      },
    };
    expect(cellFindables([cell])).toEqual([{ kind: 'grid', id: '1', zh: '1', en: '1', at: { lon: 5, lat: 6 } }]);
  });
});
