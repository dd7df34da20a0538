import type { Documents } from '../../core/ledger/documents.ts';
import { kindOf, type LedgerEvent } from '../../core/ledger/envelope.ts';
import { type EventFamily, readBody } from '../../core/ledger/family.ts';
import type { ForeignRow } from './viewsStore.ts';

/** Events that this version of the program does not understand, and that therefore change nothing here. */
export interface Foreign {
  /** At most {@link MOST}. */
  readonly count: number;
  readonly types: readonly string[];
}

/** Beyond this they are not counted on: it takes no more to know that this station is behind. */
const MOST = 10_000;
const MOST_TYPES = 20;

function told(events: Iterable<{ type: string }>): Foreign {
  const types = [...events].map(({ type }) => type);
  return { count: types.length, types: [...new Set(types)].slice(0, MOST_TYPES) };
}

/** Counts each event once, however often it is folded again, and knows which of them are not put down yet. */
export interface ForeignCount {
  add(event: LedgerEvent): void;
  seen(): Foreign;
  /** The same of one subject. */
  of(subject: string): Foreign;
  /** What was put down of it before. */
  know(rows: readonly ForeignRow[]): void;
  /** Those of these subjects were never written. */
  forget(subjects: readonly string[]): void;
  /** Not put down yet. */
  fresh(): ForeignRow[];
  /** Those are put down now. */
  saved(): void;
  /** Every one has to be put down again. */
  again(): void;
}

/** @param families what this version understands; of some it folds nothing, and they are not foreign */
export function createForeign(families: readonly EventFamily[], documents: Documents): ForeignCount {
  const understood = (event: LedgerEvent) =>
    families.some((family) => family.kind === kindOf(event.subject) && readBody(family, event, documents) !== null);
  const known = new Map<string, { type: string; subject: string }>();
  let fresh = new Set<string>();
  return {
    add(event) {
      const { id, type, subject } = event;
      if (known.has(id) || known.size >= MOST || understood(event)) return;
      known.set(id, { type, subject });
      fresh.add(id);
    },
    seen: () => told(known.values()),
    of: (subject) => told([...known.values()].filter((event) => event.subject === subject)),
    know(rows) {
      for (const { id, type, subject } of rows) known.set(id, { type, subject });
    },
    forget(subjects) {
      for (const id of fresh) {
        if (!subjects.includes(known.get(id)?.subject ?? '')) continue;
        known.delete(id);
        fresh.delete(id);
      }
    },
    fresh: () =>
      [...fresh].flatMap((id) => {
        const event = known.get(id);
        return event ? { id, ...event } : [];
      }),
    saved() {
      fresh = new Set();
    },
    again() {
      fresh = new Set(known.keys());
    },
  };
}
