import { describe, expect, it } from 'vitest';
import { metresBetween, tileGrid } from './tiles.ts';

describe('tile grid', () => {
  it.each([
    [0, 1, 1],
    [1, 1, 1],
    [2, 2, 1],
    [4, 2, 2],
    [5, 3, 2],
    [9, 3, 3],
  ])('%d tiles stand in %d × %d', (count, columns, rows) => expect(tileGrid(count)).toEqual({ columns, rows }));
});

describe('metres between places', () => {
  it('is 111 km for a degree of latitude', () => {
    expect(metresBetween({ lon: 121, lat: 31 }, { lon: 121, lat: 32 })).toBeCloseTo(111_195, -2);
    expect(metresBetween({ lon: 121, lat: 31 }, { lon: 121, lat: 31 })).toBe(0);
  });
});
