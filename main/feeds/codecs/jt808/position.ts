import type { Issue } from '../../../config/issue.ts';
import type { CodecPosition, CodecRecord } from '../codec.ts';
import { badCourse, badLatitude, badLongitude, badSpeed, badTime, shortBody } from './faults.ts';
import { readTime, type TimeRule } from './time.ts';

/** Bytes of a position report without extras. */
const BODY = 28;
/** Tenths of km/h that are still believed: 350 m/s, as elsewhere in the hall. */
const FASTEST = 12_600;

const FIXED = 0x02;
const SOUTH = 0x04;
const WEST = 0x08;

/** A report that cannot be read. */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly issue: Issue;
}

/**
 * The body of 0200 at [at, end) (JT/T 808 table 位置基本信息数据): alarm 4, status 4, lat 4 and lon 4 (10⁻⁶°), height 2, speed 2
 * (0.1 km/h), course 2, time BCD[6].
 *
 * @returns null where the receiver has no fix (status bit 1): place and time are then what was last known or nothing at all
 */
export function readPosition(
  view: DataView,
  at: number,
  end: number,
  device: string,
  rule: TimeRule,
): CodecPosition | Unreadable | null {
  if (end - at < BODY) return unreadable(shortBody('0200', end - at, BODY));
  const status = view.getUint32(at + 4);
  if ((status & FIXED) === 0) return null;
  const lat = degrees(view.getInt32(at + 8), (status & SOUTH) !== 0);
  const lon = degrees(view.getInt32(at + 12), (status & WEST) !== 0);
  if (lat > 90 || lat < -90) return unreadable(badLatitude(lat, lon));
  if (lon > 180 || lon < -180) return unreadable(badLongitude(lon));
  const speed = view.getUint16(at + 18);
  if (speed > FASTEST) return unreadable(badSpeed(speed / 10));
  const heading = view.getUint16(at + 20);
  if (heading > 360) return unreadable(badCourse(heading));
  const t = readTime(view, at + 22, rule);
  if (Number.isNaN(t)) return unreadable(badTime());
  return { kind: 'position', device, t, lon, lat, heading, speed: speed / 36 };
}

/**
 * Adds what the extras of a report (JT/T 808 table 位置附加信息) say in numbers: 01 `mileage` in km and 02 `fuel` in litres. One that
 * runs past the body, or has another length than the standard's, is passed over: many terminals pad, and the position is right.
 */
export function readExtras(view: DataView, at: number, end: number, of: CodecPosition, records: CodecRecord[]): void {
  let mileage = -1;
  let fuel = -1;
  for (let i = at + BODY; i + 2 <= end; ) {
    const id = view.getUint8(i);
    const length = view.getUint8(i + 1);
    i += 2;
    if (i + length > end) break;
    if (id === 0x01 && length === 4) mileage = view.getUint32(i);
    else if (id === 0x02 && length === 2) fuel = view.getUint16(i);
    i += length;
  }
  const { device, t } = of;
  if (mileage >= 0) records.push({ kind: 'reading', device, item: 'mileage', t, value: mileage / 10, quality: 'good' });
  if (fuel >= 0) records.push({ kind: 'reading', device, item: 'fuel', t, value: fuel / 10, quality: 'good' });
}

/** The standard writes magnitudes and says the side in the status; some terminals write negative numbers, with or without it. */
function degrees(raw: number, negative: boolean): number {
  if (raw === 0) return 0;
  return raw < 0 || !negative ? raw / 1e6 : -raw / 1e6;
}

function unreadable(issue: Issue): Unreadable {
  return { kind: 'unreadable', issue };
}
