import type { TrailPoint } from '../../contract/unitReports.ts';

/** Points kept of each unit, and how far apart: the last five minutes. */
const POINTS = 30;
const APART_MS = 10_000;

/** Where every unit was in the last minutes. */
export interface Trails {
  /** @param at monotonic ms; what comes sooner than ten seconds after the point before is left out */
  take(index: number, point: TrailPoint, at: number): void;
  /** The points of one unit, the oldest first. */
  of(index: number): TrailPoint[];
}

/** A ring a unit, 360 bytes: 100,000 units are 36 MB, and the system gives only those that were written to. */
export function createTrails(count: number): Trails {
  const lon = new Int32Array(count * POINTS);
  const lat = new Int32Array(count * POINTS);
  /** Ms after the unit's first report: 49 days, then it begins again with an empty trail. */
  const since = new Uint32Array(count * POINTS);
  const first = new Float64Array(count);
  const takenAt = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const taken = new Uint32Array(count);
  return {
    take(i, point, at) {
      if (at - (takenAt[i] ?? at) < APART_MS) return;
      takenAt[i] = at;
      const before = point.t - (first[i] ?? 0);
      if (taken[i] === 0 || before < 0 || before > 0xffff_ffff) {
        first[i] = point.t;
        taken[i] = 0;
      }
      const slot = i * POINTS + ((taken[i] ?? 0) % POINTS);
      lon[slot] = Math.round(point.lon * 1e7);
      lat[slot] = Math.round(point.lat * 1e7);
      since[slot] = point.t - (first[i] ?? 0);
      taken[i] = (taken[i] ?? 0) + 1;
    },
    of(i) {
      const all = taken[i] ?? 0;
      const kept = Math.min(POINTS, all);
      return Array.from({ length: kept }, (_, k) => {
        const slot = i * POINTS + ((all - kept + k) % POINTS);
        return {
          t: (first[i] ?? 0) + (since[slot] ?? 0),
          lon: (lon[slot] ?? 0) / 1e7,
          lat: (lat[slot] ?? 0) / 1e7,
        };
      });
    },
  };
}
