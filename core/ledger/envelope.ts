import { type Actor, nameOfActor } from './actor.ts';
import type { Stream } from './stream.ts';

/** Anything JSON can carry. Event bodies are plain JSON so that a ledger written today can be read by any later version. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** What a decider hands over: an event that has no place in the ledger yet. */
export interface EventDraft {
  /** Dotted name: `alarm.raised`. */
  type: string;
  /** The aggregate it belongs to: `alarm:level-2:WL-001`. The part before the first colon names the aggregate's kind. */
  subject: string;
  /** Who decided, by name; see {@link actorNamed}. */
  actor: string;
  body: { readonly [key: string]: Json | undefined };
}

/** What the ledger itself says of a draft: where it belongs and in which form its body is. */
export interface Stamp {
  /** What it is about; see core/ledger/stream.ts. */
  stream: Stream;
  /** Version of its type's body, from 1; an older one is brought up to date where it is read. */
  v: number;
}

/** One line of the ledger. Once it is linked it is never changed. */
export interface LedgerEvent extends Omit<EventDraft, 'actor'>, Stamp {
  /** `<stream>/<station>-<seq>`; see {@link eventId}. */
  id: string;
  actor: Actor;
  /** The chain it was written to. A station that recovered from a damaged file goes on under a new chain name (docs/adr/0004). */
  station: string;
  /** 1, 2, 3 … without gaps in its chain. */
  seq: number;
  /** Hybrid logical time; text order is time order. */
  hlc: string;
  /** The writer's wall clock, ms since 1970: for people. Order never depends on it. */
  at: number;
  /** Hash of the chain's event before this one; 64 zeros for the first. */
  prev: string;
  /** SHA-256 over the canonical JSON of everything above, in hex. See core/ledger/texts.ts. */
  hash: string;
}

/** Kind of aggregate a subject names: `alarm` of `alarm:level-2:WL-001`. */
export function kindOf(subject: string): string {
  const colon = subject.indexOf(':');
  return colon < 0 ? subject : subject.slice(0, colon);
}

/** Who decided, as views show it. */
export interface Decision {
  station: string;
  actor: string;
  at: number;
  event: string;
}

export function decisionOf(event: LedgerEvent): Decision {
  return { station: event.station, actor: nameOfActor(event.actor), at: event.at, event: event.id };
}
