import { digitsAt, stampDigits, utcOf, yearOf } from '../calendar.ts';
import { bcdAt } from './bcd.ts';

/**
 * Reads YYMMDDhhmm or YYMMDDhhmmss (SL 651-2014 6.6.2.5, 6.6.2.8), local time without a zone. Of the centuries the one that puts it nearest to
 * `now`: in 2026 59 is 2059, and 90 is 1990.
 *
 * @param offsetMinutes of the station's local time from UTC, east positive.
 * @returns wall ms; null where it is no time.
 */
export function readTime(digits: string, offsetMinutes: number, now: number): number | null {
  if (digits.length !== 10 && digits.length !== 12) return null;
  const part = (i: number) => digitsAt(digits, 2 * i, 2);
  return nearest(part(0), part(1), part(2), part(3), part(4), digits.length === 12 ? part(5) : 0, offsetMinutes, now);
}

/** The same of bytes in BCD. @param count 5 or 6 */
export function readBcdTime(
  bytes: Uint8Array,
  at: number,
  count: 5 | 6,
  { offsetMinutes, now }: { readonly offsetMinutes: number; readonly now: number },
): number | null {
  const part = (i: number) => bcdAt(bytes, at + i);
  return nearest(part(0), part(1), part(2), part(3), part(4), count === 6 ? part(5) : 0, offsetMinutes, now);
}

function nearest(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  offsetMinutes: number,
  now: number,
): number | null {
  if (year < 0) return null;
  const century = Math.floor(yearOf(now) / 100) * 100;
  let best: number | null = null;
  for (let add = -100; add <= 100; add += 100) {
    const t = utcOf(century + add + year, month, day, hour, minute, second) - offsetMinutes * 60_000;
    if (!Number.isNaN(t) && (best === null || Math.abs(t - now) < Math.abs(best - now))) best = t;
  }
  return best;
}

/** Twelve digits YYMMDDhhmmss of a wall time. */
export function writeTime(t: number, offsetMinutes: number): string {
  return stampDigits(t + offsetMinutes * 60_000).slice(2);
}
