import { decideAlarm } from '../../core/alarms/alarm.ts';
import { decideRun } from '../../core/plans/decide.ts';
import type { Shelving } from '../alarms/shelving.ts';
import { type Clock, every } from '../clock.ts';
import type { Domain } from '../domain/domain.ts';
import type { Readiness } from './readiness.ts';

/** A station that did not launch a run gives the one that did this long to write that a step is overdue. */
const GRACE_MS = 10_000;

/** Writes what only time brings about: steps overdue (P9), alarms whose shelving is over (A7). Answers how to stop it. */
export function startTimekeeper(options: {
  domain: Domain;
  readiness: Pick<Readiness, 'since'>;
  shelving: Pick<Shelving, 'over'>;
  clock: Clock;
  /** Chains this station writes or wrote to. */
  ownChains(): readonly string[];
  onError(error: unknown, what: string): void;
}): () => void {
  const { domain, readiness, shelving, clock, ownChains, onError } = options;

  const write = (what: string, decide: Parameters<Domain['execute']>[0]) => {
    if (decide().length === 0) return; // Nothing due: not worth a place in the writer's queue.
    domain.execute(decide, { keep: true }).catch((error: unknown) => onError(error, what));
  };

  return every(clock, 1000, () => {
    const now = clock.now();
    const own = ownChains();
    for (const [id, run] of domain.runs()) {
      if (!run.plan || run.ended) continue;
      const mine = run.launched !== null && own.includes(run.launched.station);
      const seen = mine ? now : now - GRACE_MS;
      const since = readiness.since(id);
      write(id, () => decideRun(domain.run(id), { do: 'check-time', now: seen, since, actor: 'hall.timer' }));
    }
    for (const { alarm, shelving: over } of shelving.over()) {
      write(alarm, () => decideAlarm(domain.alarm(alarm), { do: 'unshelve', shelving: over, actor: 'hall.timer' }));
    }
  });
}
