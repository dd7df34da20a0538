import { z } from 'zod';
import type { Said } from './said.ts';

/** Minutes over which a change is looked at, at most: a day. */
const LONGEST_MINUTES = 1440;
/** Of the values of that time so many are kept, so that a gauge that speaks ten times a second costs no more than another. */
const KEPT = 240;

/**
 * What of a sensor a rule looks at: its `value`; by how much that has changed in so many minutes; or for how many minutes nothing has been
 * heard of it (`silence`).
 */
export const Measure = z
  .union([z.enum(['value', 'silence']), z.strictObject({ change: z.number().min(1).max(LONGEST_MINUTES) })])
  .default('value');
export type Measure = z.infer<typeof Measure>;

/** In what a rule's thresholds are written, and the values of its alarms told. @param unit the sensor's; of a unit's position metres */
export function unitOf(measure: Measure, unit: string): string {
  if (measure === 'silence') return 'min';
  return measure === 'value' ? unit : `${unit}/${measure.change === 1 ? '' : measure.change}min`;
}

/** Makes of what one sensor says what a rule looks at. */
export interface Measuring {
  /** Null while that cannot be known yet, or is known without a word of it. */
  heard(said: Said): Said | null;
}

export function measuring(measure: Measure): Measuring {
  if (measure === 'value') return { heard: (said) => said };
  // Whoever waits for it says how long it has been; a word of it ends that, also one that is no measurement.
  if (measure === 'silence') return { heard: (said) => ({ t: said.t, value: 0, quality: 'good' }) };
  const overMs = measure.change * 60_000;
  let kept: { t: number; value: number }[] = [];
  return {
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
