import type { Logger } from 'pino';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { chainKey } from '../../core/ledger/stream.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Derive, Put } from './derive.ts';
import { foldEach } from './foldEach.ts';
import { type Folding, FoldingFailed, type StartFolding } from './folding.ts';
import type { ForeignCount } from './foreign.ts';
import { beyond, headsAt, positionAt, positionOf } from './position.ts';
import type { ViewsPlace, ViewsStore } from './viewsStore.ts';

/** How far it is, in events. */
export interface Progress {
  done: number;
  of: number;
}

interface From {
  ledger: Ledger;
  derive: Derive;
  foreign: ForeignCount;
  log: Pick<Logger, 'warn'>;
  /** Left out: this thread folds. */
  folding?: StartFolding | undefined;
}

/** A rebuild lets others go on after so many events, and a chain is read in such portions. */
const PORTION = 500;
/** Milliseconds that are waited at a time for the other thread, once there is nothing else to do. */
const WAIT_MS = 2;

/** Puts down every state, folded in this thread. Yields how many events are folded. */
function* foldHere(put: Put, { ledger, derive }: From): Generator<number, void> {
  let told = 0;
  for (const { subject, folded, done } of foldEach(ledger.bySubject(), derive)) {
    if (folded) put.state(subject, folded);
    if (done - told < PORTION) continue;
    told = done;
    yield done;
  }
}

/** Puts down what another thread has folded, a batch at a time, until all of it is there. */
function* takeFolded(put: Put, folding: Folding, foreign: ForeignCount, waits: () => number): Generator<number, void> {
  for (let done = 0; ; yield done) {
    const batch = folding.take(waits());
    if (!batch) continue;
    for (const row of batch.rows) put.row(row);
    done = batch.done;
    if (!batch.foreign) continue;
    foreign.know(batch.foreign);
    return;
  }
}

/** Puts down the rows of every event up to these heads: what is written while this goes on comes afterwards. */
function* logAll(put: Put, { ledger, derive }: From, heads: Record<string, { seq: number }>): Generator<number, void> {
  if (!derive.ofEvents) return;
  let done = 0;
  for (const event of ledger.asAppended()) {
    if (event.seq <= (heads[chainKey(event)]?.seq ?? 0)) put.event(event);
    if (++done % PORTION === 0) yield done;
  }
}

/** Makes everything from all events: states subject by subject, and the rows of events in the order in which they came. */
function* makeAll(place: ViewsPlace, from: From, folding: Folding | null): Generator<Progress, ViewsStore> {
  const { ledger, derive, foreign } = from;
  const position = positionOf(ledger);
  const heads = ledger.heads();
  const making = place.make(derive.stamp, derive.tables, derive.indexes);
  let log: ReturnType<typeof logAll> | null = null;
  let made = false;
  try {
    const put = derive.into(making.views, { noting: false });
    log = logAll(put, from, heads);
    let logged = 0;
    let logging = folding !== null;
    const states = folding ? takeFolded(put, folding, foreign, () => (logging ? 0 : WAIT_MS)) : foldHere(put, from);
    const of = derive.ofEvents ? 2 * ledger.count : ledger.count;
    for (const folded of states) {
      // While another thread folds this one writes the log, and what is folded in between.
      const step = logging ? log.next() : null;
      if (step?.done) logging = false;
      else if (step) logged = step.value;
      yield { done: Math.min(folded + logged, of), of };
    }
    for (const done of log) yield { done: Math.min(ledger.count + done, of), of };
    foreign.again();
    put.foreign(foreign.fresh());
    const store = making.finish(position);
    foreign.saved();
    made = true;
    return store;
  } finally {
    log?.return(); // Given up half-way, it would keep its connection to the ledger.
    if (!made) making.drop();
  }
}

/** Makes everything with a second thread; where that fails without. */
function* makeWithThread(place: ViewsPlace, from: From): Generator<Progress, ViewsStore> {
  const folding = from.folding?.(from.derive.stamp, from.ledger.count) ?? null;
  if (folding) {
    try {
      return yield* makeAll(place, from, folding);
    } catch (cause) {
      if (!(cause instanceof FoldingFailed)) throw cause;
      from.log.warn({ err: cause }, 'views.db is made by one thread alone: the one that was to fold beside it gave up');
    } finally {
      folding.stop();
    }
  }
  return yield* makeAll(place, from, null);
}

/** What lies at the place, brought to where the ledger stands; null when it has to be made anew. */
export function* findWhole(place: ViewsPlace, from: From): Generator<Progress, ViewsStore | null> {
  const store = place.open(from.derive.stamp);
  if (!store) return null;
  let brought = false;
  try {
    from.foreign.know(store.foreign());
    brought = yield* bring(store, from);
  } finally {
    if (!brought) store.close();
  }
  if (!brought) from.log.warn('views.db does not go with the ledger as it is, and is made anew');
  return brought ? store : null;
}

/** Makes everything, and adds what was written meanwhile. */
export function* makeWhole(place: ViewsPlace, from: From): Generator<Progress, ViewsStore> {
  const store = yield* makeWithThread(place, from);
  if (!(yield* bring(store, from))) throw new Error('the ledger is not the one that views were made from');
  return store;
}

/** More than this behind, everything is made anew: that reads each subject once. */
const MOST_BEHIND = 50_000;

/** Brings a store to where the ledger stands. False when it has to be made anew: it is far behind, or of a ledger that this one is not. */
function* bring(store: ViewsStore, from: From): Generator<Progress, boolean> {
  const { ledger } = from;
  for (;;) {
    const after = beyond(store.position(), ledger);
    if (after?.size === 0) return true;
    const heads = ledger.heads();
    let missing = 0;
    for (const [chain, held] of after ?? []) missing += (heads[chain]?.seq ?? 0) - held;
    if (!after || missing > MOST_BEHIND) return false;
    yield* catchUp(store, after, missing, from);
  }
}

/**
 * Adds what the ledger holds beyond these seqs, by chain, a portion at a time; of subjects that it is about the state is made anew. A
 * portion's states are of everything the ledger holds: ended in between, the rest finds the same subjects again.
 */
function* catchUp(
  store: ViewsStore,
  after: ReadonlyMap<string, number>,
  of: number,
  { ledger, derive, foreign }: From,
): Generator<Progress, void> {
  const put = derive.into(store, { noting: false });
  const heads = { ...headsAt(store.position()) };
  let done = 0;
  for (const [chain, held] of after) {
    for (let events = ledger.range(chain, held + 1, PORTION); events.length > 0; ) {
      const last = events.at(-1) as LedgerEvent;
      heads[chain] = { seq: last.seq, hash: last.hash };
      store.write(positionAt(heads), () => {
        for (const event of events) put.event(event);
        for (const subject of new Set(events.map((event) => event.subject))) {
          const folded = derive.fold(subject, ledger.eventsOf(subject));
          if (folded) put.state(subject, folded);
        }
        put.foreign(foreign.fresh());
      });
      foreign.saved();
      done += events.length;
      yield { done: Math.min(done, of), of };
      events = ledger.range(chain, last.seq + 1, PORTION);
    }
  }
}
