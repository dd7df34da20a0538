import type { Logger } from 'pino';
import { createDocuments } from '../../core/ledger/documents.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import type { EventFamily } from '../../core/ledger/family.ts';
import type { Folded } from '../../core/ledger/projection.ts';
import { chainKey } from '../../core/ledger/stream.ts';
import type { Clock } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type Changed, createDerive, type Put } from './derive.ts';
import type { StartFolding } from './folding.ts';
import { createForeign, type Foreign } from './foreign.ts';
import type { Kind } from './kind.ts';
import { createMending } from './mending.ts';
import { createPace } from './pace.ts';
import { headsAt, positionOf } from './position.ts';
import type { ReadModel } from './readModel.ts';
import { findWhole, makeWhole, type Progress } from './rebuild.ts';
import { isDamage } from './viewsPlace.ts';
import {
  type AllStates,
  type FoldedOf,
  folded,
  type StateSource,
  type ViewsPlace,
  type ViewsStore,
} from './viewsStore.ts';

/** Why what is derived from the ledger cannot be used as it should; the hall goes on without. */
export interface ViewsFault {
  kind: 'damaged' | 'unwritable';
  cause: unknown;
}

/** What is derived from the ledger and lies on the disk, so that nobody has to fold it again. It may be deleted at any time. */
export interface Views {
  /** Brings it to where the ledger stands; at each `yield` others may go on. Once, before anything else is asked. */
  prepare(): Generator<Progress, void>;
  /** What was put down of a subject; undefined where it has to be folded: nothing is, or nothing can be read. */
  savedOf(subject: string): Folded<unknown> | undefined;
  /** What a hall begins with: of each kind what goes on, and the newest that are over. It is handed out once. */
  beginning(): readonly FoldedOf[];
  /** @throws Error while nothing is there to be read. */
  states(): Promise<AllStates>;
  /** Whether the tables of read models can be read, and say what the ledger says but for the last moments. */
  readable(): boolean;
  /** Hears of events that this version does not understand. */
  passedOver(event: LedgerEvent): void;
  foreign(): Foreign;
  /** The same of one subject. */
  foreignOf(subject: string): Foreign;
  /** From now on puts down what changes: 20 to 200 ms after it is durable, the later the longer that took the last time. */
  follow(source: StateSource): void;
  /** Puts down what is not yet. False while that cannot be. */
  flush(): boolean;
  onChange(listener: (changed: Changed) => void): () => void;
  /** Puts down what is not yet, and closes the file. */
  close(): void;
}

/** With so many events waiting it is not waited any longer. */
const FLUSH_EVENTS = 2000;
/** So many events wait for a disk that refuses; beyond, the ledger alone holds them. */
const MOST_WAITING = 5000;
const AGAIN_MS = 1000;

/** Keeps states and read models, behind the ledger. Whatever the disk does, the hall goes on (V7, V11, V12). */
export function createViews(options: {
  place: ViewsPlace;
  /** Used by a start while the place refuses: for states alone, since nobody else can read it. */
  instead: ViewsPlace;
  ledger: Ledger;
  kinds: readonly Kind<unknown>[];
  /** What this version understands, folded or not. */
  families: readonly EventFamily[];
  models: readonly ReadModel[];
  /** A beginning has so many of each kind that are over. */
  newest: number;
  /** Of the program: another one may fold otherwise. */
  version: string;
  clock: Pick<Clock, 'setTimeout' | 'monotonic'>;
  log: Logger;
  onFault(fault: ViewsFault): void;
  onMended(): void;
  /** Of what is made anew while the hall works. */
  onProgress(progress: Progress): void;
  /** Where everything is made: folds beside it. Left out: this thread does. */
  folding?: StartFolding | undefined;
  /** Lets others have the thread. */
  turn(): Promise<void>;
}): Views {
  const { place, instead, ledger, clock, log, onFault, onMended, onProgress, turn } = options;
  const documents = createDocuments(ledger.eventsOf);
  const aside = () => {
    const foreign = createForeign(options.families, documents);
    return { foreign, derive: createDerive({ ...options, foreign, documents }) };
  };
  const { foreign, derive } = aside();
  const from = { ledger, derive, foreign, aside, log, folding: options.folding };
  const listeners = new Set<(changed: Changed) => void>();
  let open: { store: ViewsStore; put: Put } | null = null;
  /** The open one has tables that others can read. */
  let readable = false;
  let source: StateSource | null = null;
  /** Durable and not put down yet. */
  let events: LedgerEvent[] = [];
  let refused = false;
  let closed = false;
  let beginning: readonly FoldedOf[] = [];

  const use = (store: ViewsStore, of = derive): void => {
    open = { store, put: of.into(store) };
    readable = of === derive;
  };
  const begin = (store: ViewsStore, of = derive): void => {
    const rows = options.kinds.flatMap(({ aggregate: { kind } }) => [
      ...store.open(kind),
      ...store.newestOver(kind, options.newest),
    ]);
    beginning = rows.flatMap((row): readonly FoldedOf[] => {
      const found = folded(row) ?? derive.fold(row.subject, ledger.eventsOf(row.subject));
      return found ? [[row.subject, found]] : [];
    });
    use(store, of);
  };
  const leave = (): void => {
    open?.store.close();
    open = null;
  };
  const unwritable = (cause: unknown): void => {
    if (!refused) onFault({ kind: 'unwritable', cause });
    refused = true;
  };
  const mended = (): void => {
    refused = false;
    mending.done();
    onMended();
  };
  function* prepare(): Generator<Progress, void> {
    try {
      const store = yield* findWhole(place, from);
      if (store) {
        begin(store);
        mended();
        return;
      }
    } catch (cause) {
      if (isDamage(cause)) onFault({ kind: 'damaged', cause });
      else unwritable(cause);
    }
    try {
      begin(yield* makeWhole(place, from));
      mended();
    } catch (cause) {
      unwritable(cause);
      const states = createDerive({ ...options, models: [], foreign, documents });
      begin(yield* makeWhole(instead, { ...from, derive: states, folding: undefined }), states);
      mending.later(true);
    }
  }

  /** States of that moment: those that are not put down are folded of the events of then. */
  function* wholeRows(rows: ReturnType<ViewsStore['states']>, heads: AllStates['heads']): AllStates['rows'] {
    const then = (event: LedgerEvent): boolean => event.seq <= (heads[chainKey(event)]?.seq ?? 0);
    for (const { subject, state } of rows) {
      const again = state === null ? derive.fold(subject, ledger.eventsOf(subject).filter(then)) : undefined;
      yield { subject, state: state ?? JSON.stringify(again?.state) };
    }
  }

  /** Beside what else is done, has the place bring or make it. */
  const mend = async (anew: boolean): Promise<void> => {
    await turn();
    for (const steps of [...(anew ? [] : [findWhole(place, from)]), makeWhole(place, from)]) {
      let step = steps.next();
      for (; !step.done; step = steps.next()) {
        onProgress(step.value);
        await turn();
        if (closed) return void steps.return(undefined as never);
      }
      if (!step.value) continue;
      leave();
      use(step.value);
      events = []; // They are in it.
      mended();
      const all: Changed = new Map(options.models.map(({ name }) => [name, new Set<string>()]));
      for (const listener of [...listeners]) listener(all);
      later(0);
      return;
    }
  };
  const mending = createMending({
    attempt: mend,
    failed(cause, anew) {
      log.error({ err: cause }, 'views.db could not be made; states are folded when they are asked for');
      unwritable(cause);
      return anew || isDamage(cause);
    },
    clock,
  });
  /** Without a file nothing waits: the ledger holds it, and states are folded again. What is in memory only stays there. */
  const letGo = (): void => {
    events = [];
    if (source && ![...source.unsaved()].some(([subject]) => ledger.isUnwritten(subject))) source.saved();
  };
  /** Goes on without the file, and makes it anew. */
  const heal = (cause: unknown): void => {
    if (mending.now() || closed) return;
    onFault({ kind: 'damaged', cause });
    leave();
    mending.start(true);
  };

  const pace = createPace({ clock, due: () => void flush() });
  const later = (ms: number): void => {
    if (!closed) pace.within(ms);
  };

  const flush = (): boolean => {
    pace.cancel();
    if (!open) letGo();
    if (!open || !source) return false;
    const { store, put } = open;
    const states = [...source.unsaved()];
    if (states.length === 0 && events.length === 0) return true;
    if (states.some(([subject]) => ledger.isUnwritten(subject))) {
      later(AGAIN_MS); // What is in memory only stays there.
      return false;
    }
    try {
      pace.time(() =>
        store.write(positionOf(ledger), () => {
          for (const [subject, folded] of states) put.state(subject, folded);
          put.events(events);
          put.foreign(foreign.fresh());
        }),
      );
    } catch (cause) {
      put.takenBack();
      if (isDamage(cause)) heal(cause);
      else {
        unwritable(cause);
        if (events.length <= MOST_WAITING) later(AGAIN_MS);
        else {
          leave();
          letGo();
          mending.later(false);
        }
      }
      return false;
    }
    if (refused && readable) mended();
    foreign.saved();
    source.saved();
    events = [];
    const changed = put.changed();
    for (const listener of [...listeners]) listener(changed);
    return true;
  };

  return {
    prepare,
    savedOf(subject) {
      try {
        const row = open?.store.state(subject);
        return row && folded(row);
      } catch (cause) {
        heal(cause);
        return undefined;
      }
    },
    beginning() {
      const handed = beginning;
      beginning = [];
      return handed;
    },
    async states() {
      while (mending.now()) await mending.now();
      flush(); // Where it cannot: as it is on the disk.
      const heads = open && headsAt(open.store.position());
      if (!open || !heads) throw new Error('what is derived from the ledger cannot be read now');
      return { heads, rows: wholeRows(open.store.states(), heads) };
    },
    readable: () => open !== null && readable,
    passedOver: foreign.add,
    foreign: foreign.seen,
    foreignOf: foreign.of,
    follow(of) {
      source = of;
      ledger.listen({
        committed(more) {
          if (closed) return;
          if (open) for (const event of more) events.push(event); // Else it is brought up from the ledger.
          later(events.length >= FLUSH_EVENTS ? 0 : pace.rest());
        },
        rolledBack(subjects) {
          documents.forget();
          foreign.forget(subjects);
        },
      });
    },
    flush,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      if (closed) return;
      flush();
      closed = true;
      pace.cancel();
      mending.close();
      leave();
    },
  };
}
