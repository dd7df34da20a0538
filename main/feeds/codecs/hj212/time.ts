import { digitsAt, stampDigits, utcOf } from '../calendar.ts';

const MINUTE = 60_000;

/**
 * Wall ms of a time stamp without a zone: `yyyyMMddHHmmss`, with milliseconds or without (DataTime, QN); null where it is none.
 *
 * @param offsetMinutes of the zone it is meant in, east of Greenwich: 480 for Beijing
 */
export function parseStamp(stamp: string, offsetMinutes: number): number | null {
  if (stamp.length !== 14 && stamp.length !== 17) return null;
  const ms = stamp.length === 17 ? digitsAt(stamp, 14, 3) : 0;
  const [year, month, day] = [digitsAt(stamp, 0, 4), digitsAt(stamp, 4, 2), digitsAt(stamp, 6, 2)];
  const utc = utcOf(year, month, day, digitsAt(stamp, 8, 2), digitsAt(stamp, 10, 2), digitsAt(stamp, 12, 2));
  const t = utc + ms - offsetMinutes * MINUTE;
  return year >= 1970 && ms >= 0 && t >= 0 ? t : null;
}

/** `yyyyMMddHHmmssSSS` in the zone: what QN is (HJ 212-2017 6.3.3). */
export function stampOf(t: number, offsetMinutes: number): string {
  return `${stampDigits(t + offsetMinutes * MINUTE)}${String(t % 1000).padStart(3, '0')}`;
}
