import { digitsAt, utcOf } from '../calendar.ts';
import { numberOf } from './numbers.ts';

const MINUTE = 60_000;
/** The last day that a date can be. */
const LATEST = 8.64e15;

/** Date and time as ISO 8601 has them, with signs between the parts or without (Huawei: also none before the milliseconds), a zone or none. */
const ISO =
  /^(\d{4})(-?)(\d\d)\2(\d\d)(?:[T ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,]?(\d{1,9}))?)?)?)? ?(?:(Z)|([+-])(\d\d):?(\d\d)?)?$/i;
/** A date as tables of people have it, and perhaps a time: parts without zeros in front, or digits alone. */
const TABLE =
  /^(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?:[T ]?(\d{1,2})[:时点](?:(\d{1,2})(?:[:分](\d{1,2})?)?)?(?:\.\d{1,9})?秒?)?$/;
const DIGITS = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$/;
const PARTS = ['YYYY', 'MM', 'DD', 'HH', 'mm', 'ss', 'SSS'] as const;
const PART = /YYYY|MM|DD|HH|mm|SSS|ss/g;

/** Reads a time of a message: wall ms, null where it is none. */
export type ReadTime = (value: unknown) => number | null;

/**
 * How times of one form are read; null where there is no such form.
 *
 * @param form `ms` or `s` since 1970, `iso`, `table` (iso, and what people write into tables), or a pattern such as `YYYYMMDDHHmmss`; a Z at its end means UTC
 * @param offsetMinutes of the zone that is meant where a time has none, east of Greenwich
 */
export function timeReader(form: string, offsetMinutes: number): ReadTime | null {
  if (form === 'ms' || form === 's') {
    const unit = form === 's' ? 1000 : 1;
    return (value) => (typeof value === 'boolean' ? null : within((numberOf(value) ?? Number.NaN) * unit));
  }
  if (form === 'table') return (value) => tableTime(value, offsetMinutes) ?? isoTime(value, offsetMinutes);
  return form === 'iso' ? (value) => isoTime(value, offsetMinutes) : patternReader(form, offsetMinutes);
}

const within = (t: number): number | null => (t >= 0 && t <= LATEST ? Math.round(t) : null);

function isoTime(value: unknown, offsetMinutes: number): number | null {
  // Of a span of time (ISO 8601, 4.4.1) its end: by then the value was there.
  const text = typeof value === 'string' && value.length <= 80 ? value.slice(value.indexOf('/') + 1).trim() : '';
  const found = text.length <= 40 ? ISO.exec(text) : null;
  if (found === null) return null;
  const [, year, , month, day, hour = '0', minute = '0', second = '0', fraction = '0', utc, sign, zoneH, zoneM = '0'] =
    found;
  const t = utcOf(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second));
  const offset = sign ? Number(`${sign}1`) * (60 * Number(zoneH) + Number(zoneM)) : utc ? 0 : offsetMinutes;
  return within(t + Math.floor(Number(`0.${fraction}`) * 1000) - offset * MINUTE);
}

function tableTime(value: unknown, offsetMinutes: number): number | null {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text.length > 40) return null;
  const plain = text.trim();
  const digits = DIGITS.exec(plain);
  const dated = digits ? null : TABLE.exec(plain);
  if (!digits && !dated) return null;
  const [year, month, day, hour, minute, second] = digits
    ? digits.slice(1)
    : [dated?.[1], dated?.[3] ?? dated?.[5], dated?.[4] ?? dated?.[6], ...(dated?.slice(7) ?? [])];
  const part = (written = '0'): number => Number(written);
  const t = utcOf(part(year), part(month), part(day), part(hour), part(minute), part(second));
  return within(t - offsetMinutes * MINUTE);
}

/** Parts of fixed width at fixed places, and between them signs that must be there. */
function patternReader(pattern: string, offsetMinutes: number): ReadTime | null {
  const at = new Map<string, number>();
  for (const match of pattern.matchAll(PART)) {
    if (at.has(match[0])) return null;
    at.set(match[0], match.index);
  }
  const between = pattern.replace(PART, (part) => '\0'.repeat(part.length));
  const whole = PARTS.slice(0, 5).every((part) => at.has(part));
  if (!whole || pattern.length > 40 || /[A-SU-Ya-z]/.test(between)) return null;
  const offset = pattern.endsWith('Z') ? 0 : offsetMinutes * MINUTE;
  const part = (text: string, name: (typeof PARTS)[number]): number => {
    const from = at.get(name);
    return from === undefined ? 0 : digitsAt(text, from, name.length);
  };
  return (value) => {
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text !== 'string' || text.length !== pattern.length) return null;
    for (let i = 0; i < between.length; i++) if (between[i] !== '\0' && between[i] !== text[i]) return null;
    const [year = -1, month = -1, day = -1, hour = -1, minute = -1, second = -1, ms = -1] = PARTS.map((name) =>
      part(text, name),
    );
    const t = utcOf(year, month, day, hour, minute, second);
    return ms < 0 ? null : within(t + ms - offset);
  };
}
