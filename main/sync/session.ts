import type { Have } from '../../core/ledger/order.ts';
import type { IngestResult } from '../ledger/ledger.ts';
import type { Effect, Moment, PeerIdentity, TwinKind } from './effect.ts';

/** One conversation with one peer, from its hello to the end of the connection. */
export interface Session {
  /** Null before its hello. */
  readonly peer: PeerIdentity | null;
  /** True once it was let in. */
  readonly admitted: boolean;
  /** True once it answered something of ours: it reads what it is sent. */
  readonly proven: boolean;
  /** True once it said more than who it is: it has let us in. */
  readonly engaged: boolean;
  /** Messages that have come. */
  readonly heard: number;
  /** How far the peer holds each chain, as far as it has said; of our own no more than we wrote. */
  readonly acknowledged: Have;
  /** The same, believed or not. */
  readonly claimed: Have;
  /** Chains that the peer refuses to take from us, and why. */
  readonly blocked: ReadonlyMap<string, string>;
  readonly clockOffsetMs: number | null;
  open(now: Moment): Effect[];
  receive(text: string, now: Moment): Effect[];
  /** Lets in a peer that was held. */
  admit(now: Moment): Effect[];
  /** Does not let it in, and tells it why. */
  turnAway(why: TwinKind): Effect[];
  /** Tells the peer that somebody else tried to join under its name. */
  tellTwin(why: TwinKind): Effect[];
  /** Asks for a sign of life. */
  probe(now: Moment): Effect[];
  ingested(batch: number, result: IngestResult): Effect[];
  /** The ledger could not write: the peer is not answered and sends again. */
  ingestFailed(batch: number): void;
  /** There are new durable events. */
  pushed(now: Moment): Effect[];
  /** Called about once a second. */
  beat(now: Moment): Effect[];
}
