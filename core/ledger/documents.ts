import type { z } from 'zod';
import type { EventDraft, LedgerEvent } from './envelope.ts';
import { chainKey } from './stream.ts';

/**
 * Something large that many events speak of, as an event of its own: `<kind>:<hash>` is its subject, `{ document }` its body. It is written
 * once in each chain that refers to it, before the first event that does: a chain is taken without gaps, so whoever has the one has the
 * other, and a fold needs nothing that may still be on its way.
 */
export interface DocumentKind {
  /** First part of its subjects: `plan`. */
  kind: string;
  /** Type of its event. */
  type: string;
  /** What is folded of it: loose about members it does not know. */
  document: z.ZodType;
}

/** What an event says in place of a document: its hash, and beside it whatever people look for. */
export interface Reference {
  readonly hash: string;
}

export function isReference(value: unknown): value is Reference {
  return typeof value === 'object' && value !== null && 'hash' in value && typeof value.hash === 'string';
}

export function documentSubject({ kind }: DocumentKind, hash: string): string {
  return `${kind}:${hash}`;
}

export function documentDraft(kind: DocumentKind, hash: string, document: unknown, actor: string): EventDraft {
  const body = { document } as EventDraft['body'];
  return { type: kind.type, subject: documentSubject(kind, hash), actor, body };
}

/** Finds what events refer to, and reads each document once. */
export interface Documents {
  /** Null where the event's own chain does not have it before the event, or has something that is no such document. */
  of(kind: DocumentKind, reference: Reference, event: LedgerEvent): unknown;
  /** A commit was taken back: what was found may be gone. */
  forget(): void;
}

/** Documents kept ready: a hall has tens of plans. */
const MOST = 200;

/** @param eventsOf all events of one subject that the ledger holds, in any order; others among them are passed over */
export function createDocuments(eventsOf: (subject: string) => Iterable<LedgerEvent>): Documents {
  const found = new Map<string, { seq: number; document: unknown }>();
  return {
    of(kind, { hash }, event) {
      const subject = documentSubject(kind, hash);
      const chain = chainKey(event);
      const key = `${chain} ${subject}`;
      let it = found.get(key);
      if (it === undefined) {
        for (const each of eventsOf(subject)) {
          if (each.subject !== subject || each.type !== kind.type || chainKey(each) !== chain) continue;
          if (it !== undefined && it.seq < each.seq) continue;
          const read = kind.document.safeParse(each.body.document);
          it = { seq: each.seq, document: read.success ? read.data : null };
        }
        if (it === undefined) return null;
        if (found.size >= MOST) found.clear();
        found.set(key, it);
      }
      return it.seq < event.seq ? it.document : null;
    },
    forget: () => found.clear(),
  };
}
