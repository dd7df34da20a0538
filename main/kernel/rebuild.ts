import type { Logger } from 'pino';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { chainKey } from '../../core/ledger/stream.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Derive } from './derive.ts';
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
}

/** A rebuild lets others go on after so many events, and a chain is read in such portions. */
const PORTION = 500;

/** Makes everything from all events, subject by subject: no more than one of them is in memory. */
function* makeAll(place: ViewsPlace, { ledger, derive, foreign }: From): Generator<Progress, ViewsStore> {
  const position = positionOf(ledger);
  const heads = ledger.heads();
  const of = ledger.count;
  const making = place.make(derive.stamp, derive.tables, derive.indexes);
  let made = false;
  try {
    const put = derive.into(making.views, { noting: false });
    let done = 0;
    let its: LedgerEvent[] = [];
    const finishSubject = (): void => {
      const subject = its[0]?.subject;
      const folded = subject === undefined ? undefined : derive.fold(subject, its);
      if (subject !== undefined && folded) put.state(subject, folded);
      its = [];
    };
    for (const event of ledger.bySubject()) {
      if (its.length > 0 && its[0]?.subject !== event.subject) finishSubject();
      its.push(event);
      if (++done % PORTION === 0) yield { done, of: derive.ofEvents ? 2 * of : of };
    }
    finishSubject();
    if (derive.ofEvents) {
      done = 0;
      for (const event of ledger.asAppended()) {
        // What is written while this goes on comes afterwards.
        if (event.seq <= (heads[chainKey(event)]?.seq ?? 0)) put.event(event);
        if (++done % PORTION === 0) yield { done: of + done, of: 2 * of };
      }
    }
    foreign.again();
    put.foreign(foreign.fresh());
    const store = making.finish(position);
    foreign.saved();
    made = true;
    return store;
  } finally {
    if (!made) making.drop();
  }
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
  const store = yield* makeAll(place, from);
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
