import { encodeUnits, type UnitRecord } from '../../contract/units.ts';
import type { UnitFix, UnitReport } from '../../core/units/unit.ts';
import { UNIT_STATUSES } from '../../core/units/unit.ts';

/** The newest report of every unit, in columns by the directory's order. */
export interface Positions {
  /** Takes a report as the newest of its unit. @param index the unit's place in the directory. @param at monotonic ms. */
  take(index: number, report: UnitReport, at: number): void;
  /** The unit's newest report, or null before it was heard of. */
  at(index: number): UnitFix | null;
  /** Of the newest reports, by the unit's place in the directory; `status` is an index into `UNIT_STATUSES`. */
  readonly columns: { readonly lon: Float64Array; readonly lat: Float64Array; readonly status: Uint8Array };
  /** A `units` payload of these units, each heard of. @param whole they are all that were. @param now monotonic ms. */
  frame(indices: Uint32Array, whole: boolean, now: number): Uint8Array;
}

/** 45 bytes a unit: 100,000 units are 4.5 MB, and a frame is one pass over them. */
export function createPositions(count: number): Positions {
  const lon = new Float64Array(count);
  const lat = new Float64Array(count);
  const t = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const arrived = new Float64Array(count);
  const heading = new Float32Array(count);
  const speed = new Float32Array(count);
  const status = new Uint8Array(count);
  let newestAt = 0;

  function* records(indices: Uint32Array, now: number): Generator<UnitRecord> {
    const record: UnitRecord = { index: 0, lon: 0, lat: 0, heading: 0, status: 'off', age: 0 };
    for (const i of indices) {
      record.index = i;
      record.lon = lon[i] ?? 0;
      record.lat = lat[i] ?? 0;
      record.heading = heading[i] ?? 0;
      record.status = UNIT_STATUSES[status[i] ?? 0] ?? 'off';
      record.age = (now - (arrived[i] ?? 0)) / 1000;
      yield record;
    }
  }

  return {
    take(i, report, at) {
      t[i] = report.t;
      newestAt = Math.max(newestAt, report.t);
      lon[i] = report.lon;
      lat[i] = report.lat;
      arrived[i] = at;
      heading[i] = report.heading;
      speed[i] = report.speed;
      status[i] = UNIT_STATUSES.indexOf(report.status);
    },
    at(i) {
      const at = t[i];
      if (at === undefined || at === Number.NEGATIVE_INFINITY) return null;
      return {
        ...{ t: at, lon: lon[i] ?? 0, lat: lat[i] ?? 0, heading: heading[i] ?? 0, speed: speed[i] ?? 0 },
        status: UNIT_STATUSES[status[i] ?? 0] ?? 'off',
      };
    },
    columns: { lon, lat, status },
    frame: (indices, whole, now) => encodeUnits(records(indices, now), indices.length, newestAt, whole),
  };
}
