import type { Logger } from 'pino';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { chainKey } from '../../core/ledger/stream.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Derive, Put } from './derive.ts';
import { putEach } from './foldEach.ts';
import { type Folding, FoldingFailed, type StartFolding } from './folding.ts';
import type { ForeignCount } from './foreign.ts';
import { beyond, headsAt, positionAt, positionOf } from './position.ts';
import type { EventRows } from './readModel.ts';
import type { StoreInTheMaking, ViewsPlace, ViewsStore } from './viewsStore.ts';

/** How far it is, in events. */
export interface Progress {
  done: number;
  of: number;
}

interface From {
  ledger: Ledger;
  derive: Derive;
  foreign: ForeignCount;
  /** Another to derive with, that counts for itself what nobody here understands. */
  aside(): { derive: Derive; foreign: ForeignCount };
  log: Pick<Logger, 'warn'>;
  /** Left out: this thread folds. */
  folding?: StartFolding | undefined;
}

/** A rebuild lets others go on after so many events, and a chain is read in such portions. */
const PORTION = 500;
/** Milliseconds that are waited at a time for the other thread, once there is nothing else to do. */
const WAIT_MS = 2;

/** Puts down the rows of every event of the ledger's file, portion by portion, and then what finds them. */
function* logRows(put: Put, { table, after, to }: EventRows): Generator<number, void> {
  const rest: (() => void)[] = [];
  for (let from = after; from < to; from += PORTION) {
    rest.push(put.eventRows({ table, after: from, to: Math.min(from + PORTION, to) }));
    yield (rest.length * PORTION) / 2;
  }
  for (const [i, each] of rest.entries()) {
    each();
    yield ((rest.length + i + 1) * PORTION) / 2;
  }
}

/** The same of a ledger that lies in no file, up to these heads: what is written while this goes on comes afterwards. */
function* logEach(put: Put, { ledger, derive }: From, heads: Record<string, { seq: number }>): Generator<number, void> {
  if (!derive.ofEvents) return;
  let done = 0;
  for (const event of ledger.asAppended()) {
    if (event.seq <= (heads[chainKey(event)]?.seq ?? 0)) put.events([event]);
    if (++done % PORTION === 0) yield done;
  }
}

/** Folds half of what the other thread has left, and again half, so that both are done at the same time. Yields how many events are folded. */
function* foldBehind(making: StoreInTheMaking, folding: Folding, { ledger, aside }: From): Generator<number, void> {
  let folded = 0;
  for (let range = folding.takeOver(); range; range = folding.takeOver()) {
    const { derive, foreign } = aside();
    const put = derive.into(making.behindPart(derive.ofStates.tables), { noting: false, of: 'states' });
    let done = 0;
    for (done of putEach(ledger.bySubject(range), derive, put)) yield folded + done;
    folded += done;
    put.foreign(foreign.fresh());
  }
}

/** Makes everything from all events: states subject by subject, and the rows of events in the order in which they came. */
function* makeAll(place: ViewsPlace, from: From): Generator<Progress, ViewsStore> {
  const { ledger, derive, foreign } = from;
  const position = positionOf(ledger);
  const heads = ledger.heads();
  const [all, made] = [ledger.count, { folded: 0, behind: 0, logged: 0 }];
  const progress = (): Progress => {
    const of = derive.ofEvents ? 2 * all : all;
    return { done: Math.min(made.folded + made.behind + made.logged, of), of };
  };
  const making = place.make(derive.stamp, `${derive.ofStates.tables}\n${derive.ofEvents?.tables ?? ''}`);
  let folding: Folding | null = null;
  let whole = false;
  try {
    const rows = derive.ofEvents && ledger.file !== null ? making.openLedger(ledger.file) : null;
    folding = (making.part !== null && from.folding?.(derive.stamp, all, making.part)) || null;
    const put = derive.into(making.views, { noting: false });
    // While another thread folds this one writes the log, and then helps it; else it does one after the other.
    if (!folding) for (made.folded of putEach(ledger.bySubject(), derive, put)) yield progress();
    for (made.logged of rows ? logRows(put, rows) : logEach(put, from, heads)) {
      if (folding) made.folded = folding.done();
      yield progress();
    }
    if (rows) making.leaveLedger();
    yield* index(making, derive.ofEvents, progress);
    if (folding) {
      for (made.behind of foldBehind(making, folding, from)) {
        made.folded = folding.done();
        yield progress();
      }
      for (; !folding.whole(WAIT_MS); made.folded = folding.done()) yield progress();
      foreign.know(making.takePart());
    }
    yield* index(making, derive.ofStates, progress);
    foreign.again();
    put.foreign(foreign.fresh());
    const store = making.finish(position);
    foreign.saved();
    whole = true;
    return store;
  } finally {
    folding?.stop();
    if (!whole) making.drop();
  }
}

function* index(making: StoreInTheMaking, of: Derive['ofEvents'], progress: () => Progress): Generator<Progress, void> {
  for (const sql of of?.indexes ?? []) {
    making.exec(sql);
    yield progress();
  }
}

/** Makes everything; where a second thread fails of its half, without one. */
function* makeEither(place: ViewsPlace, from: From): Generator<Progress, ViewsStore> {
  try {
    return yield* makeAll(place, from);
  } catch (cause) {
    if (!(cause instanceof FoldingFailed)) throw cause;
    from.log.warn({ err: cause }, 'views.db is made by one thread alone: the one that was to fold beside it gave up');
  }
  return yield* makeAll(place, { ...from, folding: undefined });
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
  const store = yield* makeEither(place, from);
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
        put.events(events);
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
