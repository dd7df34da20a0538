import { actorNamed } from './actor.ts';
import { canonicalJson } from './canonical.ts';
import type { EventDraft, LedgerEvent, Stamp } from './envelope.ts';
import { eventId } from './stream.ts';
import { keepTexts, textsOf, textsWithinLimits } from './texts.ts';

/** SHA-256 of a text's UTF-8 bytes, in lower-case hex. Given from outside: core/ has no Node. */
export type Sha256 = (text: string) => string;

export const GENESIS = '0'.repeat(64);

/** Where a chain stands: what the next event must continue. */
export interface ChainHead {
  seq: number;
  hash: string;
}

export const EMPTY_CHAIN: ChainHead = { seq: 0, hash: GENESIS };

/**
 * Gives a draft its place in a chain. Its body is read from the text that is hashed: folded here in the very form in which every other
 * station will read it, and apart from what the decider holds.
 *
 * @throws UncarriedValue for a draft that no station would take.
 */
export function seal(
  draft: EventDraft,
  place: Stamp & { station: string; head: ChainHead; hlc: string; at: number },
  sha256: Sha256,
): LedgerEvent {
  const seq = place.head.seq + 1;
  const { stream, station } = place;
  const event: LedgerEvent = {
    id: eventId({ stream, station, seq }),
    stream,
    station,
    seq,
    hlc: place.hlc,
    at: place.at,
    type: draft.type,
    v: place.v,
    subject: draft.subject,
    actor: actorNamed(draft.actor),
    body: draft.body,
    prev: place.head.hash,
    hash: '',
  };
  const { texts } = textsWithinLimits(event);
  event.body = JSON.parse(texts.body);
  event.hash = sha256(texts.content);
  keepTexts(event, texts);
  return event;
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
  if (event.id !== eventId(event)) return { fault: 'misnamed' };
  if (event.prev !== head.hash) return { fault: 'broken-link' };
  return sha256(textsOf(event).content) === event.hash ? null : { fault: 'altered' };
}

/**
 * One figure for a whole ledger: equal on two stations exactly when they hold the same events, because each head's hash
 * covers its whole chain.
 */
export function ledgerDigest(heads: Readonly<Record<string, ChainHead>>, sha256: Sha256): string {
  return sha256(canonicalJson(heads));
}
