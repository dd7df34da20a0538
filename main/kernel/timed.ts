import { type EventDraft, kindOf } from '../../core/ledger/envelope.ts';
import type { Clock } from '../clock.ts';
import type { Domain } from '../domain/domain.ts';
import type { Deadlines } from './deadlines.ts';

/** What was due and came to nothing, because the disk refuses it, is tried again after so long. */
const AGAIN_MS = 1000;

/** What time brings about in one kind of aggregate. */
export interface Timed {
  /** Names its deadlines. */
  readonly name: string;
  /** Of the subjects it looks at. */
  readonly kind: string;
  /** Those that may be due when the hall starts. */
  begin(): Iterable<string>;
  /** Monotonic ms; null when nothing is due as things are. */
  due(subject: string): number | null;
  /** Nothing where it is not due yet, or was written meanwhile. */
  decide(subject: string): EventDraft[];
}

/** Writes what only time brings about. Answers how to stop it. */
export function keepTime(
  timed: Timed,
  on: {
    domain: Pick<Domain, 'execute' | 'onChange'>;
    deadlines: Deadlines;
    clock: Pick<Clock, 'monotonic'>;
    onError(error: unknown, what: string): void;
  },
): () => void {
  const { domain, deadlines, clock, onError } = on;
  const { kind, due } = timed;
  /** What is due still after it was tried is not tried again at once. */
  const tried = (subject: string) => {
    const now = clock.monotonic();
    const next = due(subject);
    line.set(subject, next !== null && next <= now ? now + AGAIN_MS : next);
  };
  const line = deadlines.kind(timed.name, (subject) => {
    domain
      .execute(() => timed.decide(subject), { keep: true })
      .catch((error: unknown) => onError(error, subject))
      .finally(() => tried(subject));
  });
  const look = (subject: string) => {
    if (kindOf(subject) === kind) line.set(subject, due(subject));
  };
  for (const subject of timed.begin()) look(subject);
  const unlisten = domain.onChange((subjects) => subjects.forEach(look));
  return () => {
    unlisten();
    line.close();
  };
}
