import type { Geometry } from 'geojson';
import { describe, expect, test } from 'vitest';
import { standIn, standInNotes } from './geometry.ts';

const square = (x: number, y: number, size: number): [number, number][] => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
];
const at = (geometry: Geometry | null) => {
  const { at: point, geometry: kind } = standIn(geometry);
  return point ? [kind, point.lon, point.lat] : kind;
};

describe('the point that stands for a feature', () => {
  test.each<[string, Geometry | null, unknown]>([
    ['a point', { type: 'Point', coordinates: [121, 31, 5] }, ['point', 121, 31]],
    [
      'of points that nearest to their middle',
      {
        type: 'MultiPoint',
        coordinates: [
          [0, 0],
          [4, 0],
          [10, 0],
        ],
      },
      ['point', 4, 0],
    ],
    [
      'of a line its middle',
      {
        type: 'LineString',
        coordinates: [
          [0, 0],
          [4, 0],
          [4, 2],
        ],
      },
      ['line', 3, 0],
    ],
    [
      'of lines the middle of the longest',
      {
        type: 'MultiLineString',
        coordinates: [
          [
            [0, 0],
            [1, 0],
          ],
          [
            [10, 0],
            [20, 0],
          ],
        ],
      },
      ['line', 15, 0],
    ],
    ['of an area its centroid', { type: 'Polygon', coordinates: [square(10, 20, 4)] }, ['area', 12, 22]],
    ['not in a hole', { type: 'Polygon', coordinates: [square(0, 0, 10), square(2, 2, 6)] }, ['area', 1, 5]],
    [
      'within a bay that its centroid lies in',
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [9, 0],
            [9, 9],
            [6, 9],
            [6, 1],
            [3, 1],
            [3, 9],
            [0, 9],
            [0, 0],
          ],
        ],
      },
      ['area', 1.5, expect.any(Number)],
    ],
    [
      'of areas that of the largest',
      { type: 'MultiPolygon', coordinates: [[square(0, 0, 1)], [square(100, 0, 2)]] },
      ['area', 101, 1],
    ],
    [
      'of a collection its area',
      {
        type: 'GeometryCollection',
        geometries: [
          { type: 'Point', coordinates: [1, 1] },
          { type: 'Polygon', coordinates: [square(0, 0, 2)] },
        ],
      },
      ['area', 1, 1],
    ],
    [
      'of a sliver its middle',
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [2, 0],
            [0, 0],
          ],
        ],
      },
      ['area', 2, 0],
    ],
    ['of nothing none', null, 'none'],
    ['of an empty area none', { type: 'Polygon', coordinates: [] }, 'none'],
    ['of what is no coordinates none', { type: 'Point', coordinates: ['1', '2'] as unknown as number[] }, 'none'],
    ['of what is no list none', { type: 'Polygon', coordinates: 5 as unknown as [] }, 'none'],
  ])('%s', (_, geometry, point) => {
    expect(at(geometry)).toEqual(point);
  });

  test('it is said how many lines and areas were made points', () => {
    const all = [
      standIn({ type: 'Polygon', coordinates: [square(0, 0, 1)] }),
      standIn({ type: 'Point', coordinates: [0, 0] }),
    ];
    expect(standInNotes(all)[0]?.en).toMatch(/^of 0 lines and 1 areas/);
    expect(standInNotes(all.slice(1))).toEqual([]);
  });
});
