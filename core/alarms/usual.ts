/** Days that are looked back at most. */
export const MOST_USUAL_DAYS = 28;
/** With fewer days of an hour nothing is said of it. */
export const ENOUGH_DAYS = 3;

/** How many days back a rule looks; 0 for one that is about something else. */
export function usualDaysOf(measure: string | { readonly usual?: number } | { readonly change: number }): number {
  return typeof measure === 'object' && 'usual' in measure ? (measure.usual ?? 0) : 0;
}

const SLOT_MS = 600_000;
const DAY_MS = 86_400_000;
const HOUR_SLOTS = 6;
const DAY_SLOTS = 144;

/** What a sensor usually says at an hour of the day. */
export interface UsualHour {
  readonly median: number;
  /** Median of how far the values are from that: half of them lie within. */
  readonly mad: number;
  /** On how many days something was heard in this hour. */
  readonly days: number;
}

/** What one sensor says by the hour of the day, learned from one value in ten minutes. */
export interface Usual {
  /** Takes a value; the first of ten minutes is kept. @returns whether it was */
  learn(t: number, value: number): boolean;
  /** Of this hour on as many days before the one of `t`, which is not among them: what rises today is not usual for it. */
  at(t: number, days: number): UsualHour | null;
}

/** @param offset ms that the hall's clocks on the wall are ahead of UTC at a time: hours are theirs. @param days that are remembered */
export function createUsual(offset: (t: number) => number, days: number): Usual {
  /** A ring of days, today's among them, each with a value in ten minutes. */
  const ring = new Float64Array((days + 1) * DAY_SLOTS).fill(Number.NaN);
  /** Which day, since 1970, each of the ring is of. */
  const dayOf = new Int32Array(days + 1).fill(-1);
  /** By how many days back: of which hour it was looked up last, and what it is. */
  const known = new Map<number, { of: number; hour: UsualHour | null }>();

  const placeOf = (t: number) => {
    const local = t + offset(t);
    const day = Math.floor(local / DAY_MS);
    return {
      day,
      slot: Math.floor((local - day * DAY_MS) / SLOT_MS),
      row: ((day % (days + 1)) + days + 1) % (days + 1),
    };
  };

  const look = (day: number, hour: number, back: number): UsualHour | null => {
    const values: number[] = [];
    let heard = 0;
    for (let row = 0; row <= days; row++) {
      const of = dayOf[row] as number;
      if (of >= day || of < day - back) continue;
      const from = row * DAY_SLOTS + hour * HOUR_SLOTS;
      const said = ring.subarray(from, from + HOUR_SLOTS).filter((value) => !Number.isNaN(value));
      if (said.length > 0) heard++;
      values.push(...said);
    }
    if (values.length === 0) return null;
    const median = medianOf(values);
    return { median, mad: medianOf(values.map((value) => Math.abs(value - median))), days: heard };
  };

  return {
    learn(t, value) {
      const { day, slot, row } = placeOf(t);
      if (day < 0 || day < (dayOf[row] as number)) return false;
      if (dayOf[row] !== day) {
        ring.fill(Number.NaN, row * DAY_SLOTS, (row + 1) * DAY_SLOTS);
        dayOf[row] = day;
      }
      const at = row * DAY_SLOTS + slot;
      if (!Number.isNaN(ring[at] as number)) return false;
      ring[at] = value;
      // What is learned of today changes nothing of what was looked up for today.
      for (const [back, { of }] of known) if (day < Math.floor(of / 24)) known.delete(back);
      return true;
    },
    at(t, back) {
      const { day, slot } = placeOf(t);
      const hour = Math.floor(slot / HOUR_SLOTS);
      const of = day * 24 + hour;
      const before = known.get(back);
      if (before?.of === of) return before.hour;
      const found = look(day, hour, back);
      known.set(back, { of, hour: found });
      return found;
    },
  };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
