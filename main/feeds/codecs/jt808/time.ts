import { utcOf } from '../calendar.ts';

/** How times are read: the year that a two-digit year lies nearest to, and by how much the terminals' clocks are ahead of UTC. */
export interface TimeRule {
  readonly year: number;
  readonly offsetMs: number;
}

/** @param now wall ms by the hall's clock */
export function timeRule(now: number, offsetMinutes: number): TimeRule {
  return { year: new Date(now).getUTCFullYear(), offsetMs: offsetMinutes * 60_000 };
}

/**
 * BCD[6], YYMMDDhhmmss (JT/T 808 table of 0200), as wall ms. A year belongs to the century that puts it within fifty years of today.
 *
 * @returns NaN where it is no time or lies before 1970
 */
export function readTime(view: DataView, at: number, rule: TimeRule): number {
  const yy = readBcd(view, at);
  if (yy < 0) return Number.NaN;
  let year = rule.year - (rule.year % 100) + yy;
  if (year > rule.year + 50) year -= 100;
  else if (year < rule.year - 49) year += 100;
  const [month, day, hour] = [readBcd(view, at + 1), readBcd(view, at + 2), readBcd(view, at + 3)];
  const t = utcOf(year, month, day, hour, readBcd(view, at + 4), readBcd(view, at + 5)) - rule.offsetMs;
  return t >= 0 ? t : Number.NaN;
}

/** The six bytes of a time in UTC, as 8004 says it (JT/T 808-2019, 查询服务器时间应答). */
export function timeBytes(ms: number): number[] {
  const date = new Date(ms);
  const parts = [date.getUTCFullYear() % 100, date.getUTCMonth() + 1, date.getUTCDate()];
  parts.push(date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds());
  return parts.map((n) => Math.floor(n / 10) * 16 + (n % 10));
}

/** Two digits; -1 where the byte holds none. */
function readBcd(view: DataView, at: number): number {
  const byte = view.getUint8(at);
  const tens = byte >> 4;
  const ones = byte & 0x0f;
  return tens > 9 || ones > 9 ? -1 : tens * 10 + ones;
}
