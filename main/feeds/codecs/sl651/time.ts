import { digitsAt, stampDigits, utcOf } from '../calendar.ts';

/**
 * Reads YYMMDDhhmm or YYMMDDhhmmss (SL 651-2014 6.6.2.5, 6.6.2.8), local time without a zone. Of the centuries the one that puts it nearest to
 * `now`: in 2026 59 is 2059, and 90 is 1990.
 *
 * @param offsetMinutes of the station's local time from UTC, east positive.
 * @returns wall ms; null where it is no time.
 */
export function readTime(digits: string, offsetMinutes: number, now: number): number | null {
  if (digits.length !== 10 && digits.length !== 12) return null;
  const [year, month, day] = [digitsAt(digits, 0, 2), digitsAt(digits, 2, 2), digitsAt(digits, 4, 2)];
  const [hour, minute] = [digitsAt(digits, 6, 2), digitsAt(digits, 8, 2)];
  const second = digits.length === 12 ? digitsAt(digits, 10, 2) : 0;
  if (year < 0) return null;
  const century = Math.floor(new Date(now).getUTCFullYear() / 100) * 100;
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
