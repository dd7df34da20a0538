/** Dates as protocols write them: digits of a local time, without a zone. Every frame has some, so no pattern is matched here. */

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Days of a year that is none of leap before each month, and leap years before 1970. */
const BEFORE = DAYS.map((_, month) => DAYS.slice(0, month).reduce((sum, days) => sum + days, 0));
const LEAPS_1970 = 477;
/** The mean one: within 1970 ± 1000 years it leads to the year itself, or the one beside it. */
const YEAR_MS = 365.2425 * 86_400_000;
const TWO = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'));

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Days of a month, 1 to 12; 0 for one that is none. */
const daysOf = (year: number, month: number): number => (month === 2 && isLeap(year) ? 29 : (DAYS[month - 1] ?? 0));

/** Ms since 1970 of a date and time in UTC, by our calendar however early; NaN where there is none such, like the 31st of February, or where a part is negative. */
export function utcOf(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  if (!(day >= 1 && day <= daysOf(year, month) && hour >= 0 && hour < 24)) return Number.NaN;
  if (!(minute >= 0 && minute < 60 && second >= 0 && second < 60)) return Number.NaN;
  const before = year - 1;
  const leaps = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - LEAPS_1970;
  const leapDay = month > 2 && isLeap(year) ? 1 : 0;
  const days = 365 * (year - 1970) + leaps + (BEFORE[month - 1] ?? 0) + leapDay + day - 1;
  return 1000 * (60 * (60 * (24 * days + hour) + minute) + second);
}

/** The year of ms since 1970, by UTC. */
export function yearOf(utc: number): number {
  const near = 1970 + Math.floor(utc / YEAR_MS);
  if (utc < utcOf(near, 1, 1, 0, 0, 0)) return near - 1;
  return utc < utcOf(near + 1, 1, 1, 0, 0, 0) ? near : near + 1;
}

/** The number that so many digits of a text make from a place on; -1 where one of them is none. */
export function digitsAt(text: string, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = 10 * value + digit;
  }
  return value;
}

/** `yyyyMMddHHmmss` of ms since 1970, by UTC. */
export function stampDigits(utc: number): string {
  const at = new Date(utc);
  const date = `${String(at.getUTCFullYear()).padStart(4, '0')}${TWO[at.getUTCMonth() + 1]}${TWO[at.getUTCDate()]}`;
  return `${date}${TWO[at.getUTCHours()]}${TWO[at.getUTCMinutes()]}${TWO[at.getUTCSeconds()]}`;
}
