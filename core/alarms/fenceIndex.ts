import type { LonLat } from '../places/geo.ts';
import type { Fence } from './fence.ts';

/** Degrees of a cell: some two kilometres. */
const CELL = 0.02;
/** One that would lie in more cells than this is asked at every position. */
const MOST_CELLS = 400;
const COLUMNS = 360 / CELL;

/** Which fences a position may lie in or near, whatever their number. */
export interface FenceIndex {
  /** Places in the list, in its order, of those in whose box the position lies. */
  near(point: LonLat): readonly number[];
}

export function indexFences(fences: readonly Pick<Fence, 'box'>[]): FenceIndex {
  const wide: number[] = [];
  const cells = new Map<number, number[]>();
  fences.forEach(({ box: [west, south, east, north] }, n) => {
    const [left, bottom, right, top] = [west, south, east, north].map((degrees) => Math.floor(degrees / CELL)) as [
      number,
      number,
      number,
      number,
    ];
    if ((right - left + 1) * (top - bottom + 1) > MOST_CELLS) wide.push(n);
    else
      for (let row = bottom; row <= top; row++)
        for (let column = left; column <= right; column++) {
          const key = row * COLUMNS + column;
          const there = cells.get(key);
          if (there) there.push(n);
          else cells.set(key, [n]);
        }
  });
  return {
    near({ lon, lat }) {
      const there = cells.get(Math.floor(lat / CELL) * COLUMNS + Math.floor(lon / CELL)) ?? [];
      const holds = (n: number): boolean => {
        const [west, south, east, north] = (fences[n] as Fence).box;
        return lon >= west && lon <= east && lat >= south && lat <= north;
      };
      return (wide.length === 0 ? there : [...wide, ...there].sort((a, b) => a - b)).filter(holds);
    },
  };
}
