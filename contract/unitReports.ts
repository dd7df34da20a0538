import { UNIT_STATUSES, type UnitFix } from '../core/units/unit.ts';

const MAGIC = 0x3152504f; // "OPR1"
const HEADER_BYTES = 8;
const FIX_BYTES = 24;
const POINT_BYTES = 16;

/** Where a unit was at a time of its own. */
export type TrailPoint = Pick<UnitFix, 't' | 'lon' | 'lat'>;

/** What a unit reported last, and where it was in the minutes before, the oldest first. */
export interface UnitReports {
  readonly newest: UnitFix;
  readonly trail: readonly TrailPoint[];
}

/**
 * Packs what one unit reported: an 8-byte header (u32 magic, u32 points of the trail), 24 bytes of its newest report (f64 wall ms of the
 * source, i32 lon and lat in 1e-7°, u16 heading in 1/65536 turns, u16 speed in cm/s, u8 status, 3 empty) and 16 bytes a point of the trail
 * (f64 wall ms, i32 lon, i32 lat), little-endian. Each payload stands alone, so that a window that is behind loses nothing with the last one.
 */
export function encodeUnitReports({ newest, trail }: UnitReports): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES + FIX_BYTES + trail.length * POINT_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, trail.length, true);
  putPoint(view, HEADER_BYTES, newest);
  view.setUint16(HEADER_BYTES + 16, Math.round((newest.heading / 360) * 65536) & 0xffff, true);
  view.setUint16(HEADER_BYTES + 18, Math.min(0xffff, Math.max(0, Math.round(newest.speed * 100))), true);
  view.setUint8(HEADER_BYTES + 20, UNIT_STATUSES.indexOf(newest.status));
  trail.forEach((point, i) => {
    putPoint(view, HEADER_BYTES + FIX_BYTES + i * POINT_BYTES, point);
  });
  return bytes;
}

/** @throws RangeError when the payload is none, or is cut short */
export function decodeUnitReports(payload: Uint8Array): UnitReports {
  if (payload.byteLength < HEADER_BYTES + FIX_BYTES) throw new RangeError('unit reports: shorter than one report');
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new RangeError('unit reports: wrong magic number');
  const count = view.getUint32(4, true);
  if (payload.byteLength !== HEADER_BYTES + FIX_BYTES + count * POINT_BYTES)
    throw new RangeError(`unit reports: says ${count} points of a trail, holds ${payload.byteLength} bytes`);
  const o = HEADER_BYTES;
  return {
    newest: {
      ...pointAt(view, o),
      heading: (view.getUint16(o + 16, true) / 65536) * 360,
      speed: view.getUint16(o + 18, true) / 100,
      status: UNIT_STATUSES[view.getUint8(o + 20)] ?? 'off',
    },
    trail: Array.from({ length: count }, (_, i) => pointAt(view, o + FIX_BYTES + i * POINT_BYTES)),
  };
}

function putPoint(view: DataView, o: number, { t, lon, lat }: TrailPoint): void {
  view.setFloat64(o, t, true);
  view.setInt32(o + 8, Math.round(lon * 1e7), true);
  view.setInt32(o + 12, Math.round(lat * 1e7), true);
}

function pointAt(view: DataView, o: number): TrailPoint {
  return { t: view.getFloat64(o, true), lon: view.getInt32(o + 8, true) / 1e7, lat: view.getInt32(o + 12, true) / 1e7 };
}
