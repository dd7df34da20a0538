import type { Clock } from '../clock.ts';
import type { Domain } from '../domain/domain.ts';

/** When this station saw the steps of the running runs become ready. */
export interface Readiness {
  /** By step: this station's own wall time. */
  since(run: string): Readonly<Record<string, number>>;
  stop(): void;
}

/**
 * Follows the runs. A step that becomes ready carries the time of the event that made it so, by the clock of the station that
 * wrote it, which may be off by an hour; how long a step has waited is measured here instead, from when it was seen. Only of steps
 * that were ready before this hall started the event's time is all there is; one that lies in the future counts as now.
 */
export function watchReadiness(domain: Domain, clock: Clock): Readiness {
  /** By run and step: monotonic time, which may lie before the start. */
  const seen = new Map<string, Map<string, number>>();

  const look = (id: string, waited: (readyAt: number) => number): void => {
    const run = domain.run(id);
    if (!run.plan || run.ended) {
      seen.delete(id);
      return;
    }
    const steps = seen.get(id) ?? new Map<string, number>();
    for (const [step, { readyAt }] of Object.entries(run.steps)) {
      if (readyAt !== null && !steps.has(step)) steps.set(step, clock.monotonic() - waited(readyAt));
    }
    seen.set(id, steps);
  };

  for (const [id] of domain.runs()) look(id, (readyAt) => Math.max(0, clock.now() - readyAt));
  const stop = domain.onChange((subjects) => {
    for (const subject of subjects) if (subject.startsWith('run:')) look(subject, () => 0);
  });

  return {
    since(run) {
      const here = clock.now() - clock.monotonic();
      return Object.fromEntries([...(seen.get(run) ?? [])].map(([step, at]) => [step, here + at]));
    },
    stop,
  };
}
