import type { z } from 'zod';
import type { Principal, Via } from '../../core/people/principal.ts';
import type { Text } from '../../core/words.ts';
import type { Contract } from '../define.ts';
import type { ContractError, WireError } from '../errors.ts';
import type { MethodName, Methods, QueryName, queries, Result, StreamName, TopicName } from '../index.ts';
import type { BulkFrames } from './bulkFrames.ts';
import type { Carrier } from './carrier.ts';
import type { WireClock } from './clock.ts';
import type { TopicCollections } from './collection.ts';
import type { HelloFrame, Welcome } from './frames.ts';
import type { WireLimits } from './limits.ts';
import type { Page } from './page.ts';
import type { RareLog } from './rareLog.ts';
import type { SharedText } from './sharedText.ts';

/** Who calls, in which window: who they are and may do was settled when the window was let in. */
export interface Caller extends Principal {
  /** Which window: `situation`, `wall:north`. */
  readonly client: string;
  readonly lang: HelloFrame['lang'];
}

/** What whoever attaches a carrier knows of its other end, whatever is said there. */
export interface Known {
  readonly seat?: string;
  readonly client?: string;
  /** Left out: a window. */
  readonly via?: Via;
}

/** What a handler is given: the params of its method, parsed. */
export type HandlerParams<M extends MethodName> = z.output<Methods[M]['params']>;

/** One handler for every method of the contract. An answer that is frozen, whole, may be given to many: it is checked and made into text once. */
export type Handlers = {
  [M in MethodName]: (params: HandlerParams<M>, caller: Caller) => Result<M> | Promise<Result<M>>;
};

/** Where a bulk source puts its payloads. */
export interface BulkSink {
  /**
   * Sends a payload, or keeps it as the newest while the window is behind, or drops it.
   * @param key the payload can be used without any before it
   * @returns false when this payload was dropped
   */
  push(payload: Uint8Array, key: boolean): boolean;
  /** Whether any payload would be sent now. */
  room(): boolean;
  /** Counts a payload that was not even made because there is no room. */
  skip(): void;
  /** Payloads dropped so far, replaced ones included. */
  dropped(): number;
  /** Ends the stream from the hall's side, with the reason when it is not an ordinary end. */
  end(error?: ContractError): void;
}

/**
 * Starts a bulk stream for one window and answers how to stop it.
 * Params are as the window sent them: the source parses them and throws ContractError 'bad-request'.
 */
export type BulkSource = (params: unknown, caller: Caller, sink: BulkSink) => (() => void) | Promise<() => void>;
export type BulkSources = { readonly [B in StreamName]: BulkSource };

/** Hears what a query comes to. */
export interface QuerySink {
  page(page: Page): void;
  /** Nothing comes any more, for this reason; what is no ContractError is a fault of the hall's. */
  end(cause: unknown): void;
}

/** Answers the contract's queries, and again when what they read has changed. */
export interface Queries {
  /**
   * @param params as the query's schema read them
   * @returns how to stop; a page that is there already is told before this returns
   */
  open<Q extends QueryName>(query: Q, params: z.output<(typeof queries)[Q]['params']>, sink: QuerySink): () => void;
}

/** The part of a logger the wire uses; pino's fits. */
export interface WireLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface ContractServerOptions {
  /** What is served, joined: whoever serves names the features. */
  contract: Contract;
  handlers: Handlers;
  topics: TopicCollections;
  bulk: BulkSources;
  queries: Queries;
  /** How the hall introduces itself; protocol and clocks are added. */
  welcome: Pick<Welcome, 'station' | 'run' | 'version' | 'simulated' | 'world'>;
  /** Serves another world, for windows that came here and name it; null when it is not open. Left out: there is no other. */
  elsewhere?(world: string): ContractServer | null;
  clock: WireClock;
  log: WireLog;
  /** Who somebody at this seat is, and what they may do: asked once, when the window is let in. */
  admit(seat: string, via: Via): Principal;
  limits?: Partial<WireLimits>;
  /** Somebody asked for what they have no right to. */
  onForbidden?(caller: Caller, what: string, why: string): void;
}

/** A frame that was refused, or what a seat has no right to. */
export interface FrameReject {
  /** How many were refused before it. */
  readonly n: number;
  readonly at: number;
  /** Null before its hello. */
  readonly client: string | null;
  readonly error: WireError;
  /** The error's sentence in both languages, where it is known. */
  readonly text: Text | null;
  /** The first 500 characters of what came. */
  readonly excerpt: string;
}

/** Counts since the hall started. */
export interface WireStats {
  sessions: number;
  requests: number;
  failed: number;
  /** Requests over a limit. */
  limited: number;
  rejected: number;
  /** Of those: what a seat has no right to. */
  forbidden: number;
  /** Deltas not sent to a window that was behind; a snapshot followed. */
  deltasSkipped: number;
  /** Pages of queries and changes on them. */
  pagesSent: number;
  bulkSent: number;
  bulkDropped: number;
}

export interface ContractServer {
  /** Serves the contract to whoever is at the other end. `known` overrides what the window's hello says of it. */
  attach(carrier: Carrier, known?: Known): void;
  stats(): Readonly<WireStats>;
  /** The last of what was refused, newest last, at most 100. */
  rejects(): readonly FrameReject[];
  /** Callers connected at present. */
  callers(): Pick<Caller, 'seat' | 'client' | 'lang'>[];
  /** Ends every session and takes no more. */
  close(): void;
}

/** When the next long call of any window may run, monotonic ms. */
export interface Lane {
  freeAt: number;
}

/** What all sessions share. */
export interface Shared {
  readonly options: ContractServerOptions;
  readonly limits: WireLimits;
  readonly stats: WireStats;
  welcome(): Welcome;
  /** The answer, as JSON. */
  call(method: string, params: unknown, caller: Caller): Promise<SharedText>;
  reject(reject: Omit<FrameReject, 'n'>): void;
  /** @throws ContractError 'not-found', 'forbidden' */
  subscribe(topic: string, session: Session, caller: Caller): void;
  unsubscribe(topic: string, session: Session): void;
  gone(session: Session): void;
  reference(cause: unknown, what: string): ContractError;
  /** For what windows can cause to be logged. */
  readonly rare: RareLog;
  /** Long calls of all windows share one lane, so that they never take the whole of the hall's thread. */
  readonly lane: Lane;
  /** Frames of bulk payloads, those for several windows made once. */
  readonly frames: BulkFrames;
  /** Bytes a window may have unread of what can wait: all of them together then never come near the limit of all. */
  share(): number;
  /** Looks whether all windows together, this one among them, have too much unread. */
  weigh(session: Session): void;
}

/** One attached window, as the server sees it. */
export interface Session {
  /** Null until the window has said hello. */
  caller(): Caller | null;
  /** Sends a delta in its frame, or notes what the window needs once it has read on. */
  delta(topic: TopicName, version: number, frame: SharedText): void;
  /** Bytes that wait for it, not on the wire yet, or not read yet; of a frame that waits for others as well, its part. */
  weight(): number;
  /** Ends it, because it does not read. */
  putOut(): void;
  close(code: number, reason: string): void;
}
