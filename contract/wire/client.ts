import { type Backoff, backoffMs } from '../../core/backoff.ts';
import { ContractError, firstIssue, type WireError } from '../errors.ts';
import type { QueryName, QueryParams, StreamName, TopicItem, TopicName } from '../index.ts';
import { type MethodName, methods, type Params, type Result } from '../index.ts';
import { PROTOCOL_VERSION } from '../version.ts';
import { type BulkEnd, createBulkInlet } from './bulkInlet.ts';
import { createCalls } from './calls.ts';
import { type Carrier, CloseCode, messageSize } from './carrier.ts';
import type { WireClock } from './clock.ts';
import { HallFrame, type HelloFrame, readFrame, type Welcome } from './frames.ts';
import { ACK_EVERY_BYTES, WIRE_LIMITS } from './limits.ts';
import { createOffset } from './offset.ts';
import { createPings } from './pings.ts';
import { createQueryMirrors, type QueryState } from './queryMirrors.ts';
import { createTopicMirrors, type TopicListener, type Violation } from './topicMirrors.ts';

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
interface Retry extends Backoff {
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

/** Codes of a hall that does not let this window in: trying again by itself would change nothing. */
const REFUSALS: ReadonlySet<string> = new Set(['unauthorised', 'protocol-mismatch', 'refused', 'no-world']);
const CALL_TIMEOUT_MS = 10_000;
/** Milliseconds a query stays open after its last listener has gone: who types a search leaves one behind with every key. */
const QUERY_LINGER_MS = 250;

/** Opens a client; it starts connecting at once. */
export function createHallClient(options: HallClientOptions): HallClient {
  const { clock, pingMs = 5000, connectMs = 10_000 } = options;
  const backoff: Retry = { firstMs: 250, maxMs: 10_000, jitter: () => 0.5, ...options.backoff };
  const listeners = new Set<(state: ConnectionState) => void>();
  const offset = createOffset(clock);
  let carrier: Carrier | null = null;
  let welcome: Welcome | null = null;
  let everOpen = false;
  let closed = false;
  let attempt = 1;
  /** Counts connections, so that what an earlier one still brings is known for late. */
  let generation = 0;
  let received = 0;
  let acked = 0;
  let cancelTimer: () => void = () => {};
  let state: ConnectionState = { state: 'connecting', since: clock.now(), attempt };

  const isOpen = () => state.state === 'open';
  const send = (frame: object) => {
    if (isOpen()) carrier?.send(JSON.stringify(frame));
  };
  const calls = createCalls({ clock, send });
  const mirrors = createTopicMirrors({
    send,
    clock,
    lingerMs: options.lingerMs ?? 2000,
    onViolation: (violation) => options.onViolation?.(violation),
  });
  const queries = createQueryMirrors({
    send,
    clock,
    lingerMs: Math.min(options.lingerMs ?? QUERY_LINGER_MS, QUERY_LINGER_MS),
    onViolation: (violation) => options.onViolation?.(violation),
  });
  const inlet = createBulkInlet({ send });
  const pings = createPings({
    clock,
    pingMs,
    ping: (at) => send({ t: 'ping', at }),
    silent: () => lose(generation, new ContractError('disconnected', 'the hall has fallen silent')),
  });

  function become(next: Pick<ConnectionState, 'state' | 'error'>): void {
    const since = next.state === state.state ? state.since : clock.now();
    state = { ...next, since, attempt };
    for (const listener of [...listeners]) listener(state);
  }

  function connect(): void {
    const mine = ++generation;
    cancelTimer();
    cancelTimer = clock.setTimeout(
      () => lose(mine, new ContractError('timeout', 'the hall did not answer in time')),
      connectMs,
    );
    options.connect().then(
      (opened) => {
        if (mine !== generation || closed) opened.close(CloseCode.normal, 'not needed any more');
        else greet(opened, mine);
      },
      (cause: unknown) => {
        const error =
          cause instanceof ContractError
            ? cause
            : new ContractError('disconnected', 'the hall cannot be reached', { cause });
        lose(mine, error);
      },
    );
  }

  function greet(opened: Carrier, mine: number): void {
    carrier = opened;
    received = 0;
    acked = 0;
    opened.onClose((code, reason) => {
      lose(mine, new ContractError('disconnected', `the connection ended (${code}${reason ? `, ${reason}` : ''})`));
    });
    opened.onMessage((message) => {
      if (mine === generation) onMessage(message, mine);
    });
    const hello = typeof options.hello === 'function' ? options.hello() : options.hello;
    opened.send(JSON.stringify({ t: 'hello', protocol: PROTOCOL_VERSION, ...hello }));
  }

  /** The connection is gone, or never came: drops it and arranges the next try unless the hall refused. */
  function lose(mine: number, error: ContractError): void {
    if (mine !== generation || closed) return;
    generation++;
    cancelTimer();
    pings.stop();
    const gone = carrier;
    carrier = null;
    gone?.close(CloseCode.normal, 'given up');
    mirrors.lost();
    queries.lost();
    const refused = REFUSALS.has(error.code);
    attempt++;
    become({ state: refused ? 'refused' : everOpen ? 'lost' : 'connecting', error: error.toWire() });
    calls.lost(refused ? error : everOpen ? null : undefined);
    if (refused) return;
    cancelTimer = clock.setTimeout(connect, backoffMs(backoff, attempt - 1, backoff.jitter()));
  }

  function opened(frame: Welcome): void {
    welcome = frame;
    everOpen = true;
    attempt = 0;
    offset.reset(frame);
    cancelTimer();
    become({ state: 'open' });
    mirrors.opened(frame.run);
    queries.opened();
    inlet.opened();
    calls.opened();
    pings.start();
  }

  function onMessage(message: string | Uint8Array, mine: number): void {
    received += messageSize(message);
    pings.heard();
    try {
      if (typeof message === 'string') {
        handle(readFrame(message, HallFrame, { bytes: WIRE_LIMITS.hallTextBytes, depth: WIRE_LIMITS.depth }), mine);
      } else inlet.deliver(message);
    } catch (cause) {
      if (!(cause instanceof ContractError)) throw cause;
      options.onViolation?.({ topic: null, key: null, error: cause.toWire() });
    } finally {
      if (mine === generation && received - acked >= ACK_EVERY_BYTES) {
        acked = received;
        send({ t: 'ack', n: received });
      }
    }
  }

  function handle(frame: HallFrame, mine: number): void {
    switch (frame.t) {
      case 'welcome': {
        const { t: _, ...rest } = frame;
        if (rest.protocol === PROTOCOL_VERSION) opened(rest);
        else {
          const says = `the hall speaks protocol ${rest.protocol}, this window ${PROTOCOL_VERSION}; reload this window`;
          lose(mine, new ContractError('protocol-mismatch', says));
        }
        break;
      }
      case 'res':
        calls.answer(frame.id, frame.ok ? { r: frame.r } : { e: frame.e });
        break;
      case 'snap':
        mirrors.snapshot(frame);
        break;
      case 'delta':
        mirrors.delta(frame);
        break;
      case 'resume':
        mirrors.resume(frame);
        break;
      case 'rows':
        queries.rows(frame);
        break;
      case 'patch':
        queries.patch(frame);
        break;
      case 'unrows':
        queries.ended(frame);
        break;
      case 'end':
        inlet.ended(frame.id, frame.e);
        break;
      case 'pong':
        // One that came late says when it was answered, and nothing of the clocks.
        if (pings.answered(frame.at)) offset.measure(frame);
        break;
      case 'err':
        if (REFUSALS.has(frame.e.code)) lose(mine, new ContractError(frame.e.code, frame.e.message));
        else options.onViolation?.({ topic: null, key: null, error: frame.e });
        break;
    }
  }

  connect();

  return {
    async call(method, params, { timeoutMs = CALL_TIMEOUT_MS, signal } = {}) {
      signal?.throwIfAborted();
      const answer = await calls.make(method, params, timeoutMs, signal);
      const read = methods[method].result.safeParse(answer);
      if (read.success) return read.data as Result<typeof method>;
      const { field, message } = firstIssue(read.error);
      throw new ContractError('bad-response', `${method}: answer broken at ${field || 'its root'}: ${message}`, {
        field,
      });
    },
    subscribe: mirrors.subscribe,
    items: mirrors.items,
    fresh: mirrors.fresh,
    query: queries.query,
    known: queries.known,
    bulk: inlet.open,
    connection: () => state,
    onConnection(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    welcome: () => welcome,
    behindMs: pings.behindMs,
    clockOffset: () => offset.wall(),
    monotonicOffset: () => offset.monotonic(),
    reconnect() {
      if (closed || isOpen()) return;
      carrier?.close(CloseCode.normal, 'connecting anew');
      carrier = null;
      if (state.state === 'refused') become({ state: everOpen ? 'lost' : 'connecting' });
      if (!everOpen) calls.waiting();
      connect();
    },
    close() {
      if (closed) return;
      closed = true;
      generation++;
      cancelTimer();
      pings.stop();
      mirrors.close();
      queries.close();
      calls.lost(null);
      carrier?.close(CloseCode.goingAway, 'the window is closing');
      carrier = null;
      become({ state: 'lost', error: new ContractError('disconnected', 'this window closed the connection').toWire() });
    },
  };
}
