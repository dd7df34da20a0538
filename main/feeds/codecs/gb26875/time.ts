import { utcOf } from '../calendar.ts';

/**
 * Reads second, minute, hour, day, month and year of this century, a byte each and no BCD (GB/T 26875.3-2011), local time without a zone.
 *
 * @param offsetMinutes of the device's local time from UTC, east positive.
 * @returns wall ms; null where all six are 0, as devices without a clock write them; NaN where it is no time.
 */
export function readTime(bytes: Uint8Array, at: number, offsetMinutes: number): number | null {
  const [second = 0, minute = 0, hour = 0, day = 0, month = 0, year = 0] = bytes.subarray(at, at + 6);
  if ((second | minute | hour | day | month | year) === 0) return null;
  if (year > 99) return Number.NaN;
  return utcOf(2000 + year, month, day, hour, minute, second) - offsetMinutes * 60_000;
}

/** Writes a wall time, ms, as the same six bytes. */
export function writeTime(bytes: Uint8Array, at: number, t: number, offsetMinutes: number): void {
  const local = new Date(t + offsetMinutes * 60_000);
  bytes[at] = local.getUTCSeconds();
  bytes[at + 1] = local.getUTCMinutes();
  bytes[at + 2] = local.getUTCHours();
  bytes[at + 3] = local.getUTCDate();
  bytes[at + 4] = local.getUTCMonth() + 1;
  bytes[at + 5] = local.getUTCFullYear() % 100;
}
