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

const NOTHING: ReadonlyMap<string, number> = new Map();

export function createReadiness(clock: Clock): Readiness {
  const seen = new Map<string, Map<string, number>>();
  return {
    look(run, since) {
      if (!run.plan || run.ended) {
        seen.delete(run.id);
        return;
      }
      const steps = seen.get(run.id) ?? new Map<string, number>();
      for (const [step, { readyAt }] of Object.entries(run.steps)) {
        if (readyAt === null || steps.has(step)) continue;
        const waited = since === 'now' ? 0 : Math.max(0, clock.now() - readyAt);
        steps.set(step, clock.monotonic() - waited);
      }
      seen.set(run.id, steps);
    },
    since(run) {
      const here = clock.now() - clock.monotonic(); // Monotonic time has fractions; a wall time on the wire is whole ms.
      return Object.fromEntries([...(seen.get(run) ?? NOTHING)].map(([step, at]) => [step, Math.round(here + at)]));
    },
    seen: (run) => seen.get(run) ?? NOTHING,
  };
}
