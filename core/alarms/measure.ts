import { z } from 'zod';
import { told } from '../told.ts';
import type { Said } from './said.ts';
import { ENOUGH_DAYS, MOST_USUAL_DAYS, type Usual } from './usual.ts';

/** Minutes over which a change is looked at, at most: a day. */
const LONGEST_MINUTES = 1440;
/** Of the values of that time so many are kept, so that a gauge that speaks ten times a second costs no more than another. */
const KEPT = 240;

/**
 * What of a sensor a rule looks at: its `value`; by how much that has changed in so many minutes; for how many minutes nothing has been
 * heard of it (`silence`); or how far it is from what is `usual` for it at this hour, in spreads.
 */
export const Measure = z
  .union([
    z.enum(['value', 'silence']),
    z.strictObject({ change: z.number().min(1).max(LONGEST_MINUTES) }),
    z.strictObject({
      usual: z
        .number()
        .int()
        .min(ENOUGH_DAYS)
        .max(MOST_USUAL_DAYS)
        .meta(told('与此前多少天同一小时的常值相比', 'Against what is usual at this hour, by so many days before.')),
      spread: z
        .number()
        .positive()
        .meta(told('离散度的下限，用传感器的单位', "Least spread that is taken, in the sensor's unit.")),
    }),
  ])
  .default('value');
export type Measure = z.infer<typeof Measure>;

/**
 * In what a rule's thresholds are written, and the values of its alarms told.
 *
 * @param unit the sensor's
 * @param days of what is usual: how many are known
 */
export function unitOf(measure: Measure, unit: string, days: number | null = null): string {
  if (measure === 'silence') return 'min';
  if (measure === 'value') return unit;
  if ('usual' in measure) return days === null ? 'MAD' : `MAD (${days} d)`;
  return `${unit}/${measure.change === 1 ? '' : measure.change}min`;
}

/** Makes of what one sensor says what a rule looks at. */
export interface Measuring {
  /** Null while that cannot be known yet, or is known without a word of it. */
  heard(said: Said): Said | null;
  /** Of what is usual: on how many days that was known, when it was looked at last; null for everything else. */
  readonly days: number | null;
}

/** @param usual what the sensor usually says, for a rule that is about that */
export function measuring(measure: Measure, usual: Usual | null = null): Measuring {
  if (measure === 'value') return { days: null, heard: (said) => said };
  // Whoever waits for it says how long it has been; a word of it ends that, also one that is no measurement.
  if (measure === 'silence') return { days: null, heard: (said) => ({ t: said.t, value: 0, quality: 'good' }) };
  return 'usual' in measure ? ofUsual(measure, usual) : ofChange(measure);
}

/** How many times the usual spread a value is off what is usual at its hour (A19). */
function ofUsual({ usual: back, spread }: { usual: number; spread: number }, usual: Usual | null): Measuring {
  let days = 0;
  return {
    get days() {
      return days;
    },
    heard({ t, value, quality }) {
      const hour = usual?.at(t, back) ?? null;
      days = hour?.days ?? 0;
      if (hour === null || days < ENOUGH_DAYS) return null;
      return { t, value: (value - hour.median) / Math.max(hour.mad, spread), quality };
    },
  };
}

function ofChange(measure: { change: number }): Measuring {
  const overMs = measure.change * 60_000;
  let kept: { t: number; value: number }[] = [];
  return {
    days: null,
    heard({ t, value, quality }) {
      if (quality === 'bad') return { t, value: 0, quality };
      const last = kept.at(-1);
      if (last && t < last.t) kept = []; // Its clock was set back: what was before is of another time.
      const due = t - overMs;
      const from = kept.findLastIndex((each) => each.t <= due);
      if (from > 0) kept = kept.slice(from);
      const then = from >= 0 ? kept[0] : undefined;
      const newest = kept.at(-1);
      if (!newest || t - newest.t >= overMs / KEPT) kept.push({ t, value });
      return then ? { t, value: value - then.value, quality } : null;
    },
  };
}

/** When a sensor that goes on saying nothing reaches the next threshold of a rule of silence, in minutes of silence; null beyond all. */
export function nextSilence(
  { levels }: { levels: readonly { readonly raise: number }[] },
  minutes: number,
): number | null {
  const next = Math.min(...levels.map(({ raise }) => raise).filter((raise) => raise > minutes));
  return Number.isFinite(next) ? next : null;
}
