import type { LedgerEvent } from '../../core/ledger/envelope.ts';

/** Events of a commit group: linked, to be folded, not durable yet. */
export interface Held {
  readonly size: number;
  /** Of this station, and those that peers sent. */
  readonly local: readonly LedgerEvent[];
  readonly peer: readonly LedgerEvent[];
  add(event: LedgerEvent, origin: 'local' | 'peer'): void;
  /** In the order of linking. */
  all(): LedgerEvent[];
  find(id: string): LedgerEvent | undefined;
  ofSubject(subject: string): readonly LedgerEvent[];
  subjects(): string[];
  /** What was not folded yet, once. */
  unfolded(): readonly LedgerEvent[];
  clear(): void;
}

export function createHeld(): Held {
  let fresh: { local: LedgerEvent[]; peer: LedgerEvent[] } = { local: [], peer: [] };
  let byId = new Map<string, LedgerEvent>();
  let bySubject = new Map<string, LedgerEvent[]>();
  let unfolded: LedgerEvent[] = [];

  return {
    get size() {
      return byId.size;
    },
    get local() {
      return fresh.local;
    },
    get peer() {
      return fresh.peer;
    },
    add(event, origin) {
      byId.set(event.id, event);
      fresh[origin].push(event);
      unfolded.push(event);
      const list = bySubject.get(event.subject);
      if (list) list.push(event);
      else bySubject.set(event.subject, [event]);
    },
    all: () => [...byId.values()],
    find: (id) => byId.get(id),
    ofSubject: (subject) => bySubject.get(subject) ?? [],
    subjects: () => [...bySubject.keys()],
    unfolded() {
      const events = unfolded;
      unfolded = [];
      return events;
    },
    clear() {
      fresh = { local: [], peer: [] };
      byId = new Map();
      bySubject = new Map();
    },
  };
}
