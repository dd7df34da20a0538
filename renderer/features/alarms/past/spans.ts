export const SPANS = ['hour', 'day', 'yesterday', 'week', 'date', 'all'] as const;
/** A time that past alarms are looked for in. `date`: a day of the calendar that is named beside it. */
export type Span = (typeof SPANS)[number];

/** Those that nuisances are counted in. */
export const NUISANCE_SPANS = ['day', 'week'] as const satisfies readonly Span[];

export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What begins so long ago is asked for anew this often: each window that asks within it shares an answer. */
const STEP_MS = 600_000;

/** Of what goes back from now: its length. */
const BACK = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS } as const;

/** A time so long ago, up to ten minutes earlier. */
export const ago = (ms: number, now: number): number => Math.floor((now - ms) / STEP_MS) * STEP_MS;

/** Midnight by the window's own clock, so many days on. */
function midnight(at: number, days: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

/**
 * From when and until when a span goes; neither for all time, and for a date that is none yet.
 *
 * @param date `2026-07-14`
 * @param now wall ms
 */
export function limitsOf(span: Span, date: string, now: number): { from?: number; until?: number } {
  switch (span) {
    case 'all':
      return {};
    case 'yesterday':
      return { from: midnight(now, -1), until: midnight(now, 0) };
    case 'date': {
      const day = new Date(`${date}T00:00:00`).getTime();
      return Number.isNaN(day) ? {} : { from: day, until: midnight(day, 1) };
    }
    default:
      return { from: ago(BACK[span], now) };
  }
}
