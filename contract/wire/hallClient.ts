import type { Backoff } from '../../core/backoff.ts';
import type { WireError } from '../errors.ts';
import type { MethodName, Params, QueryName, QueryParams, Result, StreamName, TopicItem, TopicName } from '../index.ts';
import type { BulkEnd } from './bulkInlet.ts';
import type { Carrier } from './carrier.ts';
import type { WireClock } from './clock.ts';
import type { HelloFrame, Welcome } from './frames.ts';
import type { QueryState } from './queryMirrors.ts';
import type { TopicListener, Violation } from './topicMirrors.ts';

/** How the window stands with the hall. */
export interface ConnectionState {
  /**
   * connecting: never been open yet; lost: was open, being tried again by itself; refused: the hall said no, and only
   * `reconnect()` tries again.
   */
  readonly state: 'connecting' | 'open' | 'lost' | 'refused';
  /** Since when, by this window's wall clock (ms since 1970). */
  readonly since: number;
  /** Number of the attempt that is under way or comes next, from 1; 0 while open. */
  readonly attempt: number;
  readonly error?: WireError;
}

export type { BulkEnd, QueryState, TopicListener, Violation };

/** A window's one connection to the hall. Screens hold on to it for good: it comes back by itself when it is lost. */
export interface HallClient {
  /**
   * Calls a method. Before the first connection a call waits; while the connection is lost it fails at once.
   * @param options `timeoutMs` 10,000 unless told
   * @throws ContractError: what the hall answered, or 'timeout' and 'disconnected' (outcome not known), 'not-sent', 'bad-response'
   */
  call<M extends MethodName>(
    method: M,
    params: Params<M>,
    options?: { timeoutMs?: number; signal?: AbortSignal },
  ): Promise<Result<M>>;
  /**
   * Follows a topic. The listener hears at once what is known, then every change. While the connection is lost the last
   * items stay. @returns how to stop
   */
  subscribe<T extends TopicName>(topic: T, onChange: TopicListener<T>): () => void;
  /** What is known of a topic now; empty before its first snapshot. The same object until it changes. */
  items<T extends TopicName>(topic: T): ReadonlyMap<string, TopicItem<T>>;
  /** Whether the items of a topic are the hall's present ones: false before the first snapshot and while lost. */
  fresh(topic: TopicName): boolean;
  /**
   * Follows a page of a query. The listener hears at once what is known of it, then every change; many that ask the same are one query at the
   * hall. Asked again by itself on a new connection, and when the hall could not answer for the moment. @returns how to stop
   */
  query<Q extends QueryName>(name: Q, params: QueryParams<Q>, onState: (state: QueryState<Q>) => void): () => void;
  /** What is known of a page now; nothing of one that nobody follows. The same object until it changes. */
  known<Q extends QueryName>(name: Q, params: QueryParams<Q>): QueryState<Q>;
  /**
   * Opens a bulk stream, again after each reconnect. The payload is a view that is the listener's to keep.
   * @param onEnd the hall ended the stream, with the reason if there is one
   * @returns how to stop
   */
  bulk(
    stream: StreamName,
    params: unknown,
    onPayload: (payload: Uint8Array, key: boolean) => void,
    onEnd?: BulkEnd,
  ): () => void;
  connection(): ConnectionState;
  onConnection(listener: (state: ConnectionState) => void): () => void;
  /** The hall as it introduced itself last; null before the first time. */
  welcome(): Welcome | null;
  /** How old what the hall said last is, ms: 0 while the window keeps up, and while it is not connected. */
  behindMs(): number;
  /** The hall's wall clock minus this window's, ms: `Date.now() + clockOffset()` is the hall's wall time. */
  clockOffset(): number;
  /** The hall's monotonic clock minus this window's (`performance.now()`), ms. */
  monotonicOffset(): number;
  /** Tries now instead of after the backoff, and after a refusal. */
  reconnect(): void;
  close(): void;
}

/** When a lost hall is tried again; `jitter()` in 0…1 spreads windows that lost the same one. */
export interface Retry extends Backoff {
  jitter(): number;
}

export interface HallClientOptions {
  /**
   * Opens a carrier. Rejecting with ContractError 'unauthorised', 'protocol-mismatch' or 'refused' means refused; anything else is
   * tried again.
   */
  connect: () => Promise<Carrier>;
  /** Who this window is; a function is asked at each connection. */
  hello: HelloInfo | (() => HelloInfo);
  clock: WireClock;
  backoff?: Partial<Retry>;
  /** Hears of items that break their topic's schema; they are left out. */
  onViolation?: (violation: Violation) => void;
  /** Milliseconds between pings, and until a ping without an answer means the connection is dead. */
  pingMs?: number;
  /** Milliseconds a connection may take until the hall's welcome. */
  connectMs?: number;
  /** Milliseconds a topic is followed on after its last listener has gone, so that a change of view does not ask anew. */
  lingerMs?: number;
}

export type HelloInfo = Pick<HelloFrame, 'seat' | 'lang' | 'client'> & Partial<Pick<HelloFrame, 'world'>>;
