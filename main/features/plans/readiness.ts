import type { PlanRun } from '../../../core/plans/run.ts';
import type { Clock } from '../../clock.ts';

/**
 * When this station saw the steps of the running runs become ready. A step carries the time of the event that made it ready, by
 * the clock of the station that wrote it, which may be off by an hour; how long it has waited is measured here instead. What calls
 * a step late and what windows count down to both ask here, so that they agree.
 */
export interface Readiness {
  /**
   * Looks which steps of a run are ready. What was not seen before counts from now; at the start of a hall (`its-event`) the event's
   * time is all there is, and one that lies in the future counts as now. A run that ended is forgotten.
   */
  look(run: PlanRun, since: 'now' | 'its-event'): void;
  /** By step: this station's own wall time, for windows. */
  since(run: string): Readonly<Record<string, number>>;
  /** By step: monotonic time, which may lie before the start. */
  seen(run: string): ReadonlyMap<string, number>;
}

/** When it was seen, and for the how-manieth time it is ready: opened again, it is another wait (P14). */
interface Seen {
  readonly at: number;
  readonly waits: number;
}

const NOTHING: ReadonlyMap<string, Seen> = new Map();

export function createReadiness(clock: Clock): Readiness {
  const seen = new Map<string, Map<string, Seen>>();
  return {
    look(run, since) {
      if (!run.plan || run.ended) {
        seen.delete(run.id);
        return;
      }
      const steps = seen.get(run.id) ?? new Map<string, Seen>();
      for (const [step, { readyAt, waits }] of Object.entries(run.steps)) {
        if (readyAt === null) steps.delete(step);
        if (readyAt === null || steps.get(step)?.waits === waits) continue;
        const waited = since === 'now' ? 0 : Math.max(0, clock.now() - readyAt);
        steps.set(step, { at: clock.monotonic() - waited, waits });
      }
      seen.set(run.id, steps);
    },
    since(run) {
      const here = clock.now() - clock.monotonic(); // Monotonic time has fractions; a wall time on the wire is whole ms.
      return Object.fromEntries([...(seen.get(run) ?? NOTHING)].map(([step, { at }]) => [step, Math.round(here + at)]));
    },
    seen: (run) => new Map([...(seen.get(run) ?? NOTHING)].map(([step, { at }]) => [step, at])),
  };
}
