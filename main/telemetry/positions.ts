import { encodeUnits, type UnitRecord } from '../../contract/units.ts';
import type { UnitFix, UnitReport } from '../../core/units/unit.ts';
import { UNIT_STATUSES } from '../../core/units/unit.ts';

/** The newest report of every unit, in columns by the directory's order. */
export interface Positions {
  /** Takes a report as the newest of its unit. @param index the unit's place in the directory. @param at monotonic ms. */
  take(index: number, report: UnitReport, at: number): void;
  /** The unit's newest report, or null before it was heard of. */
  at(index: number): UnitFix | null;
  /** How many units were heard of. */
  heard(): number;
  /** A `units` payload of all units heard of. @param now monotonic ms. */
  frame(now: number): Uint8Array;
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
  let heard = 0;

  const newest = (): number => {
    let latest = 0;
    for (const each of t) if (each > latest) latest = each;
    return latest;
  };

  function* records(now: number): Generator<UnitRecord> {
    const record: UnitRecord = { index: 0, lon: 0, lat: 0, heading: 0, status: 'off', age: 0 };
    for (let i = 0; i < count; i++) {
      if (t[i] === Number.NEGATIVE_INFINITY) continue;
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
      if (t[i] === Number.NEGATIVE_INFINITY) heard++;
      t[i] = report.t;
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
    heard: () => heard,
    frame: (now) => encodeUnits(records(now), heard, newest()),
  };
}
