import { createDocuments, type Documents } from './documents.ts';
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

/** A state, and where in the merge order the last event stands that it is made of. */
export interface Folded<S> {
  readonly state: S;
  readonly last: OrderKey;
}

/**
 * The state of every aggregate of one kind: events → evolve → state. In memory are those that are in use, those that go on, and those
 * that nobody has put down yet; any other is read or folded when it is asked for.
 */
export interface Projection<S> {
  readonly kind: string;
  get(subject: string): S | undefined;
  /** What stays in memory: that which goes on, or all where nothing is put down. */
  entries(): IterableIterator<[string, S]>;
  /** Takes new events in any order; answers the subjects whose state changed. */
  apply(events: readonly LedgerEvent[]): string[];
  /** Folds these subjects again from what the ledger holds: after a commit that failed, or to check. */
  refold(subjects: Iterable<string>): void;
  /** Takes what was put down as the subject's state, in place of what is in memory. */
  restore(subject: string, folded: Folded<S>): void;
  /** What changed since it was put down; nothing of it leaves memory. */
  unsaved(): ReadonlyMap<string, Folded<S>>;
  /** All of it is put down. */
  saved(): void;
}

/** How a projection does without most of its states in memory. */
export interface PutDown<S> {
  /** What was put down of a subject, byte for byte what a fold of the same events gives; undefined where nothing is. */
  savedOf(subject: string): Folded<S> | undefined;
  /** Whether it stays in memory, however long nobody asks for it. */
  pins(state: S): boolean;
  /** So many that nobody needs stay in memory, and up to twice as many. */
  idle?: number;
}

const IDLE = 10_000;

type PassedOver = (event: LedgerEvent) => void;

/** The event as the aggregate takes it; null for one it does not know, or whose body does not fit (L9), and `passedOver` hears of it. */
function readBy(family: EventFamily, event: LedgerEvent, passedOver?: PassedOver, documents?: Documents) {
  const body = readBody(family, event, documents);
  if (body) return { ...event, body };
  passedOver?.(event);
  return null;
}

/** How one event moves the state of its aggregate; one that it cannot read leaves it as it is. */
export function foldStep<S>(aggregate: Aggregate<S>, documents?: Documents): (state: S, event: LedgerEvent) => S {
  return (state, event) => {
    const read = readBy(aggregate, event, undefined, documents);
    return read ? aggregate.evolve(state, read) : state;
  };
}

/** The same of many, in their order. */
function foldSteps<S>(
  aggregate: Aggregate<S>,
  passedOver?: PassedOver,
  documents?: Documents,
): (state: S, events: readonly LedgerEvent[]) => S {
  return (state, events) => {
    const readable = events.flatMap((event) => readBy(aggregate, event, passedOver, documents) ?? []);
    return aggregate.evolveAll ? aggregate.evolveAll(state, readable) : readable.reduce(aggregate.evolve, state);
  };
}

/** Folds all events of a subject, which may come in any order; undefined where there are none. */
export function foldSubject<S>(
  aggregate: Aggregate<S>,
  passedOver?: PassedOver,
  documents?: Documents,
): (subject: string, events: Iterable<LedgerEvent>) => Folded<S> | undefined {
  const steps = foldSteps(aggregate, passedOver, documents);
  return (subject, events) => {
    const ordered = [...events].sort(compareOrder);
    const last = ordered.at(-1);
    return last && { state: steps(aggregate.initialState(subject), ordered), last: keyOf(last) };
  };
}

/** Only the key: an event would be held in memory as long as the state it led to. */
function keyOf({ hlc, stream, station, seq }: OrderKey): OrderKey {
  return { hlc, stream, station, seq };
}

/** Known to have no events: asked for again and again, it costs no look at the disk. */
const ABSENT = null;

/**
 * @param eventsOf all events of one subject that the ledger holds, in any order, those being applied among them. Asked when an event
 *   sorts before one that was folded already, for a subject that is neither in memory nor put down, and for documents that events refer to.
 * @param putDown without it everything stays in memory, and what was never applied does not exist
 * @param passedOver hears of events that change nothing because this version does not understand them, each time one is folded
 */
export function createProjection<S>(
  aggregate: Aggregate<S>,
  eventsOf: (subject: string) => Iterable<LedgerEvent>,
  putDown?: PutDown<S>,
  passedOver?: PassedOver,
): Projection<S> {
  const idle = putDown?.idle ?? IDLE;
  const documents = createDocuments(eventsOf);
  const fold = foldSubject(aggregate, passedOver, documents);
  const steps = foldSteps(aggregate, passedOver, documents);
  const pinned = new Map<string, Folded<S>>();
  let unsaved = new Map<string, Folded<S>>();
  /** In use since `older` was full, and before: what is in neither was not used for long. */
  let recent = new Map<string, Folded<S> | typeof ABSENT>();
  let older: typeof recent = new Map();

  const use = (subject: string, folded: Folded<S> | typeof ABSENT): void => {
    if (recent.size >= idle) [older, recent] = [recent, new Map()];
    recent.set(subject, folded);
  };
  const inMemory = (subject: string): Folded<S> | typeof ABSENT | undefined => {
    const found = pinned.get(subject) ?? unsaved.get(subject) ?? recent.get(subject);
    if (found !== undefined) return found;
    const old = older.get(subject);
    if (old !== undefined) use(subject, old);
    return old;
  };
  const hold = (subject: string, folded: Folded<S>): void => {
    if (putDown?.pins(folded.state) ?? true) pinned.set(subject, folded);
    else {
      pinned.delete(subject);
      use(subject, folded);
    }
  };
  const change = (subject: string, folded: Folded<S> | undefined): void => {
    if (folded) {
      if (putDown) unsaved.set(subject, folded);
      hold(subject, folded);
      return;
    }
    pinned.delete(subject);
    unsaved.delete(subject);
    use(subject, ABSENT);
  };
  const find = (subject: string): Folded<S> | typeof ABSENT => {
    const known = inMemory(subject);
    // A subject of another kind has a state, and not one of these.
    if (known !== undefined || !putDown || kindOf(subject) !== aggregate.kind) return known ?? ABSENT;
    const found = putDown.savedOf(subject) ?? fold(subject, eventsOf(subject));
    if (found) hold(subject, found);
    else use(subject, ABSENT);
    return found ?? ABSENT;
  };

  /** Its state after these, in merge order; they are among `eventsOf` already. */
  const after = (subject: string, fresh: readonly [LedgerEvent, ...LedgerEvent[]]): Folded<S> | undefined => {
    let before = inMemory(subject);
    if (before === undefined) before = putDown ? putDown.savedOf(subject) : ABSENT;
    if (before === undefined || (before !== ABSENT && compareOrder(fresh[0], before.last) <= 0))
      return fold(subject, eventsOf(subject));
    const state = steps(before === ABSENT ? aggregate.initialState(subject) : before.state, fresh);
    return { state, last: keyOf(fresh.at(-1) as LedgerEvent) };
  };

  return {
    kind: aggregate.kind,
    get: (subject) => find(subject)?.state,
    *entries() {
      for (const [subject, { state }] of pinned) yield [subject, state];
    },
    apply(events) {
      const bySubject = new Map<string, [LedgerEvent, ...LedgerEvent[]]>();
      for (const event of events) {
        if (kindOf(event.subject) !== aggregate.kind) continue;
        const list = bySubject.get(event.subject);
        if (list) list.push(event);
        else bySubject.set(event.subject, [event]);
      }
      for (const [subject, fresh] of bySubject) change(subject, after(subject, fresh.sort(compareOrder)));
      return [...bySubject.keys()];
    },
    refold(subjects) {
      documents.forget();
      for (const subject of subjects)
        if (kindOf(subject) === aggregate.kind) change(subject, fold(subject, eventsOf(subject)));
    },
    restore: hold,
    unsaved: () => unsaved,
    saved() {
      unsaved = new Map();
    },
  };
}
