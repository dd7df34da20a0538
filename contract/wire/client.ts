import { backoffMs } from '../../core/backoff.ts';
import { ContractError, firstIssue } from '../errors.ts';
import { methods, type Result } from '../index.ts';
import { PROTOCOL_VERSION } from '../version.ts';
import { createBulkInlet } from './bulkInlet.ts';
import { createCalls } from './calls.ts';
import { type Carrier, CloseCode, messageSize } from './carrier.ts';
import { HallFrame, readFrame, type Welcome } from './frames.ts';
import type { ConnectionState, HallClient, HallClientOptions, Retry } from './hallClient.ts';
import { ACK_EVERY_BYTES, WIRE_LIMITS } from './limits.ts';
import { createOffset } from './offset.ts';
import { createPings } from './pings.ts';
import { createQueryMirrors } from './queryMirrors.ts';
import { createTopicMirrors } from './topicMirrors.ts';

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
