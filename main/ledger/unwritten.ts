import type { ChainHead } from '../../core/ledger/chain.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';

/** More than this is not held: enough for days of alarms, a few tens of MB. */
const MOST = 20_000;

/**
 * What the hall found while the disk refused to take it: events that have their place in the own chain, are folded and shown,
 * and are in memory only. Nothing else is linked to any chain meanwhile, so they are written as they are, first of all.
 */
export interface Unwritten {
  readonly size: number;
  readonly full: boolean;
  /** @param before where the own chain stood durably before the first of them. */
  add(events: readonly LedgerEvent[], before: ChainHead | undefined): void;
  /** The oldest, at most `limit`. */
  first(limit: number): readonly LedgerEvent[];
  /** These first `count` are durable now. */
  written(count: number): void;
  find(id: string): LedgerEvent | undefined;
  ofSubject(subject: string): readonly LedgerEvent[];
  holds(subject: string): boolean;
  /** The heads as they are durably: without what is held here. */
  durable(heads: ReadonlyMap<string, ChainHead>): ReadonlyMap<string, ChainHead>;
}

export function createUnwritten(): Unwritten {
  let events: LedgerEvent[] = [];
  let before: ChainHead | undefined;

  return {
    get size() {
      return events.length;
    },
    get full() {
      return events.length >= MOST;
    },
    add(more, durable) {
      if (events.length === 0) before = durable;
      events.push(...more);
    },
    first: (limit) => events.slice(0, limit),
    written(count) {
      const last = events[count - 1];
      if (last) before = { seq: last.seq, hash: last.hash };
      events = events.slice(count);
    },
    find: (id) => events.find((event) => event.id === id),
    ofSubject: (subject) => events.filter((event) => event.subject === subject),
    holds: (subject) => events.some((event) => event.subject === subject),
    durable(heads) {
      const chain = events[0]?.station;
      if (chain === undefined) return heads;
      const kept = new Map(heads);
      if (before) kept.set(chain, before);
      else kept.delete(chain);
      return kept;
    },
  };
}
