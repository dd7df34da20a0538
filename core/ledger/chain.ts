import { z } from 'zod';
import { canonicalJson, type EventDraft, type Json, type LedgerEvent } from './envelope.ts';
import { isHlc } from './hlc.ts';

/** SHA-256 of a text's UTF-8 bytes, in lower-case hex. Given from outside: core/ has no Node. */
export type Sha256 = (text: string) => string;

export const GENESIS = '0'.repeat(64);

/** Where a chain stands: what the next event must continue. */
export interface ChainHead {
  seq: number;
  hash: string;
}

export const EMPTY_CHAIN: ChainHead = { seq: 0, hash: GENESIS };

/** Largest event taken from outside, in characters of its JSON. A plan run's launch carries its whole plan: a few thousand. */
export const MAX_EVENT_CHARS = 256 * 1024;

const JsonValue: z.ZodType<Json> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(JsonValue), z.record(z.string(), JsonValue)]),
);

/** An event as it comes from a peer, a bundle or a file. */
export const EventSchema = z.object({
  id: z.string().max(250),
  station: z.string().min(1).max(100),
  seq: z.number().int().positive(),
  hlc: z.string().refine(isHlc, 'a hybrid logical time'),
  at: z.number().int().nonnegative(),
  type: z.string().min(1).max(100),
  subject: z.string().min(1).max(250),
  actor: z.string().min(1).max(100),
  body: z.record(z.string(), JsonValue),
  prev: z.string().length(64),
  hash: z.string().length(64),
});

function contentOf(event: Omit<LedgerEvent, 'hash'>): string {
  const { id, station, seq, hlc, at, type, subject, actor, body, prev } = event;
  return canonicalJson({ id, station, seq, hlc, at, type, subject, actor, body, prev });
}

/** Gives a draft its place in a chain. */
export function seal(
  draft: EventDraft,
  place: { station: string; head: ChainHead; hlc: string; at: number },
  sha256: Sha256,
): LedgerEvent {
  const seq = place.head.seq + 1;
  const unsealed = {
    id: `${place.station}-${seq}`,
    station: place.station,
    seq,
    hlc: place.hlc,
    at: place.at,
    type: draft.type,
    subject: draft.subject,
    actor: draft.actor,
    body: draft.body,
    prev: place.head.hash,
  };
  return { ...unsealed, hash: sha256(contentOf(unsealed)) };
}

/** Why an event does not continue its chain. */
export type ChainFault =
  | { fault: 'gap'; expected: number }
  | { fault: 'repeat' }
  | { fault: 'broken-link' }
  | { fault: 'altered' }
  | { fault: 'misnamed' };

/** Null when `event` is the next of the chain that stands at `head`, unaltered. */
export function checkNext(head: ChainHead, event: LedgerEvent, sha256: Sha256): ChainFault | null {
  if (event.seq <= head.seq) return { fault: 'repeat' };
  if (event.seq > head.seq + 1) return { fault: 'gap', expected: head.seq + 1 };
  if (event.id !== `${event.station}-${event.seq}`) return { fault: 'misnamed' };
  if (event.prev !== head.hash) return { fault: 'broken-link' };
  const { hash, ...content } = event;
  return sha256(contentOf(content)) === hash ? null : { fault: 'altered' };
}

/**
 * One figure for a whole ledger: equal on two stations exactly when they hold the same events, because each head's hash
 * covers its whole chain.
 */
export function ledgerDigest(heads: Readonly<Record<string, ChainHead>>, sha256: Sha256): string {
  return sha256(canonicalJson(heads));
}
