import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { chainKey } from '../../core/ledger/stream.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Derive } from './derive.ts';
import type { ForeignCount } from './foreign.ts';
import { positionOf } from './position.ts';
import type { ViewsPlace, ViewsStore } from './viewsStore.ts';

/** How far a rebuild is, in events. */
export interface Progress {
  done: number;
  of: number;
}

interface From {
  ledger: Ledger;
  derive: Derive;
  foreign: ForeignCount;
}

/** A rebuild lets others go on after so many events, and a chain is read in such portions. */
const PORTION = 500;

/** Makes everything from all events, subject by subject: no more than one of them is in memory. */
export function* makeAll(place: ViewsPlace, { ledger, derive, foreign }: From): Generator<Progress, ViewsStore> {
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

/** Adds what the ledger holds beyond these seqs, by chain; of subjects that it is about the state is made anew. */
export function catchUp(
  store: ViewsStore,
  after: ReadonlyMap<string, number>,
  { ledger, derive, foreign }: From,
): void {
  const put = derive.into(store);
  const subjects = new Set<string>();
  store.write(positionOf(ledger), () => {
    for (const [chain, held] of after) {
      for (let from = held + 1; ; from += PORTION) {
        const events = ledger.range(chain, from, PORTION);
        for (const event of events) {
          subjects.add(event.subject);
          put.event(event);
        }
        if (events.length < PORTION) break;
      }
    }
    for (const subject of subjects) {
      const folded = derive.fold(subject, ledger.eventsOf(subject));
      if (folded) put.state(subject, folded);
    }
    put.foreign(foreign.fresh());
  });
  foreign.saved();
}
