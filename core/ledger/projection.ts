import { kindOf, type LedgerEvent } from './envelope.ts';
import { type EventFamily, readBody } from './family.ts';
import { compareOrder, type OrderKey } from './order.ts';

/** One kind of aggregate: how its state starts and how each event moves it. Pure. */
export interface Aggregate<S> extends EventFamily {
  initialState(subject: string): S;
  evolve(state: S, event: LedgerEvent): S;
  /** What `evolve` makes of them one after another, where that is dear: a state that is long to copy is then copied once. */
  evolveAll?(state: S, events: readonly LedgerEvent[]): S;
}

interface Held<S> {
  state: S;
  last: OrderKey;
}

/** The current state of every aggregate of one kind: events → evolve → state. It can be thrown away and rebuilt. */
export interface Projection<S> {
  kind: string;
  get(subject: string): S | undefined;
  entries(): IterableIterator<[string, S]>;
  /** Takes new events in any order; answers the subjects whose state changed. */
  apply(events: readonly LedgerEvent[]): string[];
  /** Folds these subjects again from what the ledger holds: after a commit that failed, or to check. */
  refold(subjects: Iterable<string>): void;
}

type PassedOver = (event: LedgerEvent) => void;

/** The event as the aggregate takes it; null for one it does not know, or whose body does not fit (L9), and `passedOver` hears of it. */
function readBy(family: EventFamily, event: LedgerEvent, passedOver?: PassedOver) {
  const body = readBody(family, event);
  if (body) return { ...event, body };
  passedOver?.(event);
  return null;
}

/** How one event moves the state of its aggregate; one that it cannot read leaves it as it is. */
export function foldStep<S>(aggregate: Aggregate<S>): (state: S, event: LedgerEvent) => S {
  return (state, event) => {
    const read = readBy(aggregate, event);
    return read ? aggregate.evolve(state, read) : state;
  };
}

/** The same of many, in their order. */
function foldSteps<S>(
  aggregate: Aggregate<S>,
  passedOver?: PassedOver,
): (state: S, events: readonly LedgerEvent[]) => S {
  return (state, events) => {
    const readable = events.flatMap((event) => readBy(aggregate, event, passedOver) ?? []);
    return aggregate.evolveAll ? aggregate.evolveAll(state, readable) : readable.reduce(aggregate.evolve, state);
  };
}

/**
 * @param eventsOf all events of one subject that the ledger holds, in any order, those being applied among them. Asked only when an
 *   event sorts before one that was folded already: then that one aggregate is folded again from its start.
 * @param passedOver hears of events that change nothing because this version does not understand them, each time one is folded
 */
export function createProjection<S>(
  aggregate: Aggregate<S>,
  eventsOf: (subject: string) => Iterable<LedgerEvent>,
  passedOver?: PassedOver,
): Projection<S> {
  const held = new Map<string, Held<S>>();

  const steps = foldSteps(aggregate, passedOver);

  const fold = (subject: string, events: Iterable<LedgerEvent>): Held<S> | undefined => {
    const ordered = [...events].sort(compareOrder);
    const last = ordered.at(-1);
    return last && { state: steps(aggregate.initialState(subject), ordered), last };
  };

  return {
    kind: aggregate.kind,
    get: (subject) => held.get(subject)?.state,
    *entries() {
      for (const [subject, { state }] of held) yield [subject, state];
    },
    apply(events) {
      const bySubject = new Map<string, LedgerEvent[]>();
      for (const event of events) {
        if (kindOf(event.subject) !== aggregate.kind) continue;
        const list = bySubject.get(event.subject);
        if (list) list.push(event);
        else bySubject.set(event.subject, [event]);
      }
      for (const [subject, fresh] of bySubject) {
        fresh.sort(compareOrder);
        const before = held.get(subject);
        const first = fresh[0] as LedgerEvent;
        const late = before !== undefined && compareOrder(first, before.last) <= 0;
        const after = late
          ? fold(subject, eventsOf(subject))
          : {
              state: steps(before?.state ?? aggregate.initialState(subject), fresh),
              last: fresh.at(-1) as LedgerEvent,
            };
        if (after) held.set(subject, after);
      }
      return [...bySubject.keys()];
    },
    refold(subjects) {
      for (const subject of subjects) {
        if (kindOf(subject) !== aggregate.kind) continue;
        const again = fold(subject, eventsOf(subject));
        if (again) held.set(subject, again);
        else held.delete(subject);
      }
    },
  };
}
