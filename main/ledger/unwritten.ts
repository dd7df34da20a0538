import type { ChainHead } from '../../core/ledger/chain.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { chainKey } from '../../core/ledger/stream.ts';

/** More than this is not held: enough for days of alarms, a few tens of MB. */
const MOST = 20_000;

/**
 * What the hall found while the disk refused to take it: events that have their place in the own chain, are folded and shown,
 * and are in memory only. Nothing else is linked to any chain meanwhile, so they are written as they are, first of all.
 */
export interface Unwritten {
  readonly size: number;
  readonly full: boolean;
  /** @param before where a chain stands durably, asked before the first of them on it. */
  add(events: readonly LedgerEvent[], before: ReadonlyMap<string, ChainHead>): void;
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
  /** Where each chain of them stands durably; null for one that has no durable event. */
  let stood = new Map<string, ChainHead | null>();

  return {
    get size() {
      return events.length;
    },
    get full() {
      return events.length >= MOST;
    },
    add(more, before) {
      for (const event of more) {
        const chain = chainKey(event);
        if (!stood.has(chain)) stood.set(chain, before.get(chain) ?? null);
      }
      events.push(...more);
    },
    first: (limit) => events.slice(0, limit),
    written(count) {
      for (const event of events.slice(0, count)) stood.set(chainKey(event), { seq: event.seq, hash: event.hash });
      events = events.slice(count);
      if (events.length === 0) stood = new Map();
    },
    find: (id) => events.find((event) => event.id === id),
    ofSubject: (subject) => events.filter((event) => event.subject === subject),
    holds: (subject) => events.some((event) => event.subject === subject),
    durable(heads) {
      if (events.length === 0) return heads;
      const kept = new Map(heads);
      for (const [chain, head] of stood) {
        if (head) kept.set(chain, head);
        else kept.delete(chain);
      }
      return kept;
    },
  };
}
