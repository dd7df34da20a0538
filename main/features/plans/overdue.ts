import { decideRun } from '../../../core/plans/decide.ts';
import { runAggregate } from '../../../core/plans/evolve.ts';
import { nextLate, type ReadySince } from '../../../core/plans/lateness.ts';
import type { Clock } from '../../clock.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Timed } from '../../kernel/timed.ts';
import type { Readiness } from './readiness.ts';

/** A station that did not launch a run gives the one that did this long to write that a step is overdue. */
const GRACE_MS = 10_000;

/** Steps that nobody acknowledged or finished in time are overdue (P9). */
export function stepsOverdue(options: {
  domain: Pick<Domain, 'of'>;
  readiness: Pick<Readiness, 'seen'>;
  clock: Pick<Clock, 'monotonic'>;
  /** Chains this station writes or wrote to. */
  ownChains(): readonly string[];
}): Timed {
  const { readiness, clock, ownChains } = options;
  const runs = options.domain.of(runAggregate);
  const sinceOf = (run: string): ReadySince => {
    const { launched } = runs.get(run);
    const grace = launched && ownChains().includes(launched.station) ? 0 : GRACE_MS;
    return Object.fromEntries([...readiness.seen(run)].map(([step, at]) => [step, at + grace]));
  };
  return {
    name: 'step-overdue',
    kind: runAggregate.kind,
    *begin() {
      for (const [run] of runs.staying()) yield run;
    },
    due: (run) => nextLate(runs.get(run), sinceOf(run)),
    decide(run) {
      const command = { do: 'check-time', now: clock.monotonic(), since: sinceOf(run), actor: 'hall.timer' } as const;
      return decideRun(runs.get(run), command);
    },
  };
}
