import { UNIT_STATUSES, type UnitStatus } from '../core/units/unit.ts';

/** Bytes of one unit in a `units` payload. */
export const UNIT_RECORD_BYTES = 16;
/** Bytes before the first unit. */
export const UNITS_HEADER_BYTES = 20;
/** A unit that moves is told of this often. */
export const MOVING_EVERY_MS = 2000;
const WHOLE = 1;

/** One unit's newest position. `index` is its place in `units.directory`. */
export interface UnitRecord {
  index: number;
  /** WGS 84 degrees, kept to 1e-7. */
  lon: number;
  lat: number;
  /** Degrees clockwise from north, kept to 360/65536. */
  heading: number;
  status: UnitStatus;
  /** Seconds since the source's report, capped at 255. */
  age: number;
}

/**
 * Packs unit positions: a 20-byte header (u32 magic, u32 count, f64 wall ms of the newest of all, u32 flags with bit 0 for "these are
 * all that were heard of") and 16 bytes a unit (i32 lon 1e-7°, i32 lat 1e-7°, u16 heading, u8 status, u8 age s, u32 index),
 * little-endian. One unit costs 16 bytes so that 100,000 units fit in 1.6 MB and a page can read them without a parser.
 *
 * @param whole left out: they are all
 */
export function encodeUnits(
  records: Iterable<UnitRecord>,
  count: number,
  newestAt: number,
  whole = true,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(UNITS_HEADER_BYTES + count * UNIT_RECORD_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, count, true);
  view.setFloat64(8, newestAt, true);
  view.setUint32(16, whole ? WHOLE : 0, true);
  let o = UNITS_HEADER_BYTES;
  for (const r of records) {
    view.setInt32(o, Math.round(r.lon * 1e7), true);
    view.setInt32(o + 4, Math.round(r.lat * 1e7), true);
    view.setUint16(o + 8, Math.round((r.heading / 360) * 65536) & 0xffff, true);
    view.setUint8(o + 10, UNIT_STATUSES.indexOf(r.status));
    view.setUint8(o + 11, Math.min(255, Math.max(0, Math.round(r.age))));
    view.setUint32(o + 12, r.index, true);
    o += UNIT_RECORD_BYTES;
  }
  return bytes;
}

const MAGIC = 0x3255504f; // "OPU2"

/** A view over a payload, read in place. */
export interface UnitsFrame {
  count: number;
  newestAt: number;
  /** Whether these are all units that were heard of; else those not in it are as they were. */
  whole: boolean;
  view: DataView;
  /** Byte offset of record i. */
  offset(i: number): number;
  at(i: number): UnitRecord;
}

/** @throws RangeError when the payload is not a units frame or is cut short. */
export function decodeUnits(payload: Uint8Array): UnitsFrame {
  if (payload.byteLength < UNITS_HEADER_BYTES) throw new RangeError('units frame: shorter than its header');
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new RangeError('units frame: wrong magic number');
  const count = view.getUint32(4, true);
  if (payload.byteLength !== UNITS_HEADER_BYTES + count * UNIT_RECORD_BYTES) {
    throw new RangeError(`units frame: says ${count} units, holds ${payload.byteLength - UNITS_HEADER_BYTES} bytes`);
  }
  const offset = (i: number) => UNITS_HEADER_BYTES + i * UNIT_RECORD_BYTES;
  return {
    count,
    newestAt: view.getFloat64(8, true),
    whole: (view.getUint32(16, true) & WHOLE) !== 0,
    view,
    offset,
    at(i) {
      const o = offset(i);
      return {
        lon: view.getInt32(o, true) / 1e7,
        lat: view.getInt32(o + 4, true) / 1e7,
        heading: (view.getUint16(o + 8, true) / 65536) * 360,
        status: UNIT_STATUSES[view.getUint8(o + 10)] ?? 'off',
        age: view.getUint8(o + 11),
        index: view.getUint32(o + 12, true),
      };
    },
  };
}
