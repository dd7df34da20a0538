/** How much of everything a big ledger holds. */
export interface LedgerSizes {
  readonly events: number;
  readonly points: number;
  readonly incidents: number;
  readonly runs: number;
  /** Incidents that are not closed. */
  readonly openIncidents: number;
  /** Plan runs that have not ended, each of an open incident. */
  readonly openRuns: number;
  /** Alarms that are up. */
  readonly up: number;
}

/**
 * Of a million events: 80,000 subjects, of which 20,000 are alarm points, and 6,000 open incidents. These three leave 92 % of the
 * subjects over and done with, not 95 %: the number of open ones is kept, because it is what costs.
 */
export function sizesOf(events: number): LedgerSizes {
  const share = (ofAMillion: number) => Math.max(1, Math.round((ofAMillion * events) / 1_000_000));
  return {
    events,
    points: share(20_000),
    incidents: share(55_000),
    runs: share(5_000),
    openIncidents: share(6_000),
    openRuns: share(300),
    up: share(400),
  };
}

/** What is beside the ledger, and how long is looked. */
export interface Effort {
  readonly gauges: number;
  readonly units: number;
  /** Values a gauge has a past of before anything is measured; a window is shown 120 of them. */
  readonly past: number;
  /** Windows that look on, and those of a crowd. */
  readonly windows: number;
  readonly crowd: number;
  /** Rounds of what is repeated a few times, and of what is repeated often. */
  readonly rounds: number;
  readonly times: number;
  /** Readings of each sensor that many rules are asked about. */
  readonly readings: number;
  /** Ms until things are at rest, and for which they are then measured. */
  readonly settle: number;
  readonly measure: number;
  /** Seconds that the crowd stays. */
  readonly stay: number;
}

/** Below this many events a run is a trial: it shows that everything runs, and its figures say nothing. */
export const TRIAL_BELOW = 10_000;

export function effortOf(events: number): Effort {
  return events < TRIAL_BELOW
    ? {
        ...{ gauges: 1000, units: 1000, past: 2, windows: 2, crowd: 5 },
        ...{ rounds: 1, times: 2, readings: 3, settle: 1500, measure: 1000, stay: 1 },
      }
    : {
        ...{ gauges: 10_000, units: 50_000, past: 120, windows: 10, crowd: 200 },
        ...{ rounds: 3, times: 30, readings: 300, settle: 3000, measure: 8000, stay: 20 },
      };
}
