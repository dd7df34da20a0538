import type { Said } from '../../../config/issue.ts';
import { SAID } from './said.ts';

/** Where what a text says goes to. */
export interface Sink {
  /** @param t wall ms. */
  reading(device: string, item: string, t: number, value: number): void;
  /** @param path the element or group that is refused. */
  fault(path: string, said: Said): void;
}

/** What governs a text from outside it. */
export interface Letter {
  /** The station of the head, until the text names one. */
  readonly station: string;
  /** Wall ms by the station's clock. */
  readonly sentAt: number;
  readonly offsetMinutes: number;
  /** Wall ms by the hall's clock. */
  readonly now: number;
  /** State reports have no class of station behind the station (6.6.4.20). */
  readonly classed: boolean;
}

/** Steps of the twelve values of an hour. */
export const FIVE_MINUTES = 300_000;

/** Times of observation are whole minutes, and clocks are set. */
const AHEAD_MS = 60_000;

/**
 * Hands on the values of a series: the first belongs to the time of observation itself (SL 651-2014 6.6.2.8 d and the note of table 36), each
 * next one a step later. Where that would put a value behind the sending of the report, the time is not that of the first value, and
 * none of them can be placed.
 *
 * @param values null: missing.
 */
export function placeSeries(
  sink: Sink,
  series: { device: string; item: string; t: number; step: number; sentAt: number },
  values: readonly (number | null)[],
): void {
  const { device, item, t, step, sentAt } = series;
  const last = values.findLastIndex((value) => value !== null);
  if (t + last * step > sentAt + AHEAD_MS && last >= 0) {
    sink.fault(item, SAID.ahead);
    return;
  }
  for (const [i, value] of values.entries()) if (value !== null) sink.reading(device, item, t + i * step, value);
}

/** The step of three numbers days, hours, minutes (table C.3) in ms; 0 before the values of an hour; null: no step. */
export function stepOf(days: number, hours: number, minutes: number): number | null {
  if (days > 31 || hours > 23 || minutes > 59) return null;
  return ((days * 24 + hours) * 60 + minutes) * 60_000;
}

/** The values of an hour, unpacked; the one that is all ones is none. */
export function unpackSlots(bytes: Uint8Array, width: 1 | 2, decimals: number): (number | null)[] {
  const values: (number | null)[] = [];
  for (let i = 0; i + width <= bytes.length; i += width) {
    const raw = width === 1 ? (bytes[i] ?? 0) : ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);
    values.push(raw === (width === 1 ? 0xff : 0xffff) ? null : raw / 10 ** decimals);
  }
  return values;
}
