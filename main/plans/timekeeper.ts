import { decideAlarm } from '../../core/alarms/alarm.ts';
import { type EventDraft, kindOf } from '../../core/ledger/envelope.ts';
import { own } from '../../core/own.ts';
import { decideRun } from '../../core/plans/decide.ts';
import { nextLate, type ReadySince } from '../../core/plans/lateness.ts';
import type { Shelving } from '../alarms/shelving.ts';
import type { Clock } from '../clock.ts';
import type { Domain } from '../domain/domain.ts';
import type { Deadlines } from '../kernel/deadlines.ts';
import type { Readiness } from './readiness.ts';

/** A station that did not launch a run gives the one that did this long to write that a step is overdue. */
const GRACE_MS = 10_000;
/** What was due and came to nothing, because the disk refuses it, is tried again after so long. */
const AGAIN_MS = 1000;

/** What time brings about in one kind of aggregate. */
interface Timed {
  kind: string;
  /** Monotonic ms; null when nothing is due as things are. */
  due(subject: string): number | null;
  /** Nothing where it is not due yet, or was written meanwhile. */
  decide(subject: string): EventDraft[];
}

/** Writes what only time brings about: steps overdue (P9), alarms whose shelving is over (A7). Answers how to stop it. */
export function startTimekeeper(options: {
  domain: Domain;
  readiness: Pick<Readiness, 'seen'>;
  shelving: Pick<Shelving, 'end'>;
  deadlines: Deadlines;
  clock: Clock;
  /** Chains this station writes or wrote to. */
  ownChains(): readonly string[];
  onError(error: unknown, what: string): void;
}): () => void {
  const { domain, readiness, shelving, deadlines, clock, ownChains, onError } = options;

  const sinceOf = (run: string): ReadySince => {
    const launched = domain.run(run).launched;
    const grace = launched && ownChains().includes(launched.station) ? 0 : GRACE_MS;
    return Object.fromEntries([...readiness.seen(run)].map(([step, at]) => [step, at + grace]));
  };
  const steps: Timed = {
    kind: 'step-overdue',
    due: (run) => nextLate(domain.run(run), sinceOf(run)),
    decide(run) {
      const command = { do: 'check-time', now: clock.monotonic(), since: sinceOf(run), actor: 'hall.timer' } as const;
      return decideRun(domain.run(run), command);
    },
  };
  const shelvings: Timed = {
    kind: 'shelving-over',
    due: (alarm) => shelving.end(alarm)?.due ?? null,
    decide(alarm) {
      const end = shelving.end(alarm);
      if (!end || end.due > clock.monotonic()) return [];
      return decideAlarm(domain.alarm(alarm), { do: 'unshelve', shelving: end.shelving, actor: 'hall.timer' });
    },
  };

  const keep = ({ kind, due, decide }: Timed) => {
    /** What is due still after it was tried is not tried again at once. */
    const tried = (subject: string) => {
      const now = clock.monotonic();
      const next = due(subject);
      line.set(subject, next !== null && next <= now ? now + AGAIN_MS : next);
    };
    const line = deadlines.kind(kind, (subject) => {
      domain
        .execute(() => decide(subject), { keep: true })
        .catch((error: unknown) => onError(error, subject))
        .finally(() => tried(subject));
    });
    return { look: (subject: string) => line.set(subject, due(subject)), close: line.close };
  };
  const lines = { run: keep(steps), alarm: keep(shelvings) };
  const look = (subject: string) => own(lines, kindOf(subject))?.look(subject);

  for (const [run] of domain.running()) look(run);
  for (const [alarm] of domain.queue()) look(alarm);
  const unlisten = domain.onChange((subjects) => subjects.forEach(look));
  return () => {
    unlisten();
    for (const line of Object.values(lines)) line.close();
  };
}
