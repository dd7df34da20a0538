import type { Logger } from 'pino';
import type { ChainHead } from '../../core/ledger/chain.ts';
import { createDocuments } from '../../core/ledger/documents.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import type { EventFamily } from '../../core/ledger/family.ts';
import type { Folded } from '../../core/ledger/projection.ts';
import { troubleOf } from '../../native/sqlite/database.ts';
import { DamagedViews } from '../../native/sqlite/views.ts';
import type { Clock } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type Changed, createDerive, type Put } from './derive.ts';
import { createForeign, type Foreign } from './foreign.ts';
import type { Kind } from './kind.ts';
import { beyond, headsAt, positionOf } from './position.ts';
import type { ReadModel } from './readModel.ts';
import { catchUp, makeAll, type Progress } from './rebuild.ts';
import type { StateRow, ViewsPlace, ViewsStore } from './viewsStore.ts';

/** Why what is derived from the ledger cannot be used as it should; the hall goes on without. */
export interface ViewsFault {
  kind: 'damaged' | 'unwritable';
  cause: unknown;
}

/** A state, by its subject. */
export type FoldedOf = readonly [subject: string, folded: Folded<unknown>];

/** Where changed states come from: what is folded and not put down yet. */
export interface StateSource {
  unsaved(): Iterable<FoldedOf>;
  saved(): void;
}

/** All states of one moment. */
export interface AllStates {
  /** Where the ledger stood then. */
  heads: Readonly<Record<string, ChainHead>>;
  /** In the order of the subjects; `state` is JSON. Has to be read to its end, or ended. */
  rows: IterableIterator<{ subject: string; state: string }>;
}

/** What is derived from the ledger and lies on the disk, so that nobody has to fold it again. It may be deleted at any time. */
export interface Views {
  /** Brings it to where the ledger stands; at each `yield` others may go on. Once, before anything else is asked. */
  prepare(): Generator<Progress, void>;
  /** What was put down of a subject; undefined where nothing is, and where nothing can be read. */
  savedOf(subject: string): Folded<unknown> | undefined;
  /** What a hall begins with: of each kind what goes on, and the newest that are over. It is handed out once. */
  beginning(): readonly FoldedOf[];
  /** @throws Error while nothing is there to be read. */
  states(): Promise<AllStates>;
  /** Hears of events that this version does not understand. */
  passedOver(event: LedgerEvent): void;
  foreign(): Foreign;
  /** The same of one subject. */
  foreignOf(subject: string): Foreign;
  /** From now on puts down what changes: 20 ms after it is durable, and what changes on and on each 200 ms. */
  follow(source: StateSource): void;
  /** Puts down what is not yet. False while that cannot be. */
  flush(): boolean;
  onChange(listener: (changed: Changed) => void): () => void;
  /** Puts down what is not yet, and closes the file. */
  close(): void;
}

const FLUSH_MS = 200;
/** What changes when nothing was put down just before is not kept waiting that long: lists follow it. */
const QUIET_MS = 20;
/** With so many events waiting it is not waited any longer. */
const FLUSH_EVENTS = 2000;
const AGAIN_MS = 1000;
/** More than this behind, everything is made anew: that reads each subject once. */
const MOST_BEHIND = 50_000;

/** Keeps states and read models, behind the ledger. Whatever the disk does, the hall goes on: then states are folded when asked for. */
export function createViews(options: {
  place: ViewsPlace;
  /** Used while the place refuses. */
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
  /** Lets others have the thread. */
  turn(): Promise<void>;
}): Views {
  const { place, instead, ledger, clock, log, onFault, onMended, onProgress, turn } = options;
  const documents = createDocuments(ledger.eventsOf);
  const foreign = createForeign(options.families, documents);
  const derive = createDerive({ ...options, foreign, documents });
  const from = { ledger, derive, foreign };
  const listeners = new Set<(changed: Changed) => void>();
  let open: { store: ViewsStore; put: Put } | null = null;
  let source: StateSource | null = null;
  /** Durable and not put down yet. */
  let events: LedgerEvent[] = [];
  let timer: { cancel(): void; ms: number } | null = null;
  let flushedAt = Number.NEGATIVE_INFINITY;
  let refused = false;
  let healing: Promise<void> | null = null;
  let closed = false;

  let beginning: readonly FoldedOf[] = [];

  const use = (store: ViewsStore): void => {
    beginning = options.kinds.flatMap(({ aggregate: { kind } }) =>
      [...store.open(kind), ...store.newestOver(kind, options.newest)].map(folded),
    );
    open = { store, put: derive.into(store) };
  };
  /** False when it has to be made anew. */
  const brought = (store: ViewsStore): boolean => {
    const after = beyond(store.position(), ledger);
    if (!after) return false;
    const heads = ledger.heads();
    let missing = 0;
    for (const [chain, held] of after) missing += (heads[chain]?.seq ?? 0) - held;
    if (missing > MOST_BEHIND) return false;
    if (missing > 0) catchUp(store, after, from);
    return true;
  };

  /** Makes everything anew: on the disk or, where that refuses, in memory. */
  function* rebuild(): Generator<Progress, void> {
    let made: ViewsStore;
    let refuses = false;
    try {
      made = yield* makeAll(place, from);
    } catch (cause) {
      refuses = true;
      onFault({ kind: 'unwritable', cause });
      made = yield* makeAll(instead, from);
    }
    // What was written meanwhile.
    if (!brought(made)) throw new Error('the ledger is not the one that views were made from');
    use(made);
    if (!refuses) onMended();
  }

  const found = (): boolean => {
    let store: ViewsStore | null = null;
    try {
      store = place.open(derive.stamp);
      if (!store) return false;
      foreign.know(store.foreign());
      if (brought(store)) {
        use(store);
        return true;
      }
      log.warn('views.db does not go with the ledger as it is, and is made anew');
    } catch (cause) {
      onFault({ kind: 'damaged', cause });
    }
    store?.close();
    return false;
  };

  /** Goes on without the file, and makes it anew beside what else is done. */
  const heal = (cause: unknown): void => {
    if (healing || closed) return;
    onFault({ kind: 'damaged', cause });
    open?.store.close();
    open = null;
    healing = (async () => {
      try {
        await turn();
        for (const progress of rebuild()) {
          onProgress(progress);
          await turn();
          if (closed) return;
        }
        events = []; // They are in it.
        later(0);
      } catch (error) {
        log.error({ err: error }, 'views.db could not be made anew; states are folded when they are asked for');
      } finally {
        healing = null;
      }
    })();
  };

  const later = (ms: number): void => {
    if (closed || (timer && timer.ms <= ms)) return;
    timer?.cancel();
    const cancel = clock.setTimeout(() => {
      timer = null;
      flush();
    }, ms);
    timer = { cancel, ms };
  };

  const flush = (): boolean => {
    timer?.cancel();
    timer = null;
    if (!open || !source) return false;
    const { store, put } = open;
    const states = [...source.unsaved()];
    if (states.length === 0 && events.length === 0) return true;
    flushedAt = clock.monotonic();
    if (states.some(([subject]) => ledger.isUnwritten(subject))) {
      later(AGAIN_MS); // What is in memory only stays there.
      return false;
    }
    try {
      store.write(positionOf(ledger), () => {
        for (const [subject, folded] of states) put.state(subject, folded);
        for (const event of events) put.event(event);
        put.foreign(foreign.fresh());
      });
    } catch (cause) {
      put.changed();
      if (isDamage(cause)) heal(cause);
      else {
        if (!refused) onFault({ kind: 'unwritable', cause });
        refused = true;
        later(AGAIN_MS);
      }
      return false;
    }
    if (refused) onMended();
    refused = false;
    foreign.saved();
    source.saved();
    events = [];
    const changed = put.changed();
    for (const listener of [...listeners]) listener(changed);
    return true;
  };

  return {
    *prepare() {
      if (!found()) yield* rebuild();
    },
    savedOf(subject) {
      try {
        const row = open?.store.state(subject);
        return row && folded(row)[1];
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
      while (healing) await healing;
      flush(); // Where it cannot: as it is on the disk.
      const heads = open && headsAt(open.store.position());
      if (!open || !heads) throw new Error('what is derived from the ledger cannot be read now');
      return { heads, rows: open.store.states() };
    },
    passedOver: foreign.add,
    foreign: foreign.seen,
    foreignOf: foreign.of,
    follow(of) {
      source = of;
      ledger.listen({
        committed(more) {
          if (closed) return;
          for (const event of more) events.push(event);
          const pace = Math.max(QUIET_MS, flushedAt + FLUSH_MS - clock.monotonic());
          later(events.length >= FLUSH_EVENTS ? 0 : pace);
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
      timer?.cancel();
      open?.store.close();
      open = null;
    },
  };
}

function isDamage(cause: unknown): boolean {
  const trouble = troubleOf(cause);
  return trouble === 'unreadable' || trouble === 'not-a-database' || cause instanceof DamagedViews;
}

function folded({ subject, hlc, stream, station, seq, state }: StateRow): FoldedOf {
  return [subject, { state: JSON.parse(state), last: { hlc, stream, station, seq } }];
}
