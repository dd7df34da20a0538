import { ContractError } from '../../contract/errors.ts';
import type { Carrier } from '../../contract/wire/carrier.ts';
import { openWebSocket } from '../../contract/wire/carriers/webSocket.ts';
import { createHallClient } from '../../contract/wire/client.ts';
import type { WireClock } from '../../contract/wire/clock.ts';
import type { HallClient, HelloInfo, Violation } from '../../contract/wire/hallClient.ts';
import { createObservationMirror, type ObservationMirror } from '../../contract/wire/observationMirror.ts';
import { createDirectories, type Directories } from './directories.ts';
import { hands } from './hands.ts';
import { createPortSource } from './port.ts';
import { createTokenStore, type TokenStore } from './token.ts';
import { createTurns, type Turns } from './turns.ts';

/** A window's way to the hall, whatever carries it. */
export interface Bridge extends HallClient, Directories {
  /** How this window reaches the hall. */
  readonly carrier: 'port' | 'socket';
  /** When this window's components hear that something has changed. */
  readonly turns: Turns;
  /** What sensors say. */
  readonly observations: ObservationMirror;
  /** Keeps a token for this tab and connects with it. */
  setToken(token: string): void;
  /** Where `/city/…` is: put before the path. */
  assetBase(): string;
  /** Headers a request below `assetBase()` needs. */
  authHeaders(): Record<string, string>;
}

export interface BridgeOptions {
  /** Who this window is; asked at each connection. */
  hello: HelloInfo | (() => HelloInfo);
  onViolation?: (violation: Violation) => void;
}

/** Connects this page: through the preload's port in the desktop shell (`app://`), by WebSocket in a browser. */
export function createBridge(options: BridgeOptions): Bridge {
  const inShell = window.location.protocol === 'app:';
  const token = inShell ? null : createTokenStore(window);
  const connect = token ? () => connectSocket(token) : connectPort(() => client.reconnect());
  const onViolation =
    options.onViolation ?? ((violation: Violation) => console.error('the hall broke the contract', violation));
  const client = createHallClient({
    hello: options.hello,
    connect,
    clock: pageClock(),
    backoff: { jitter: () => Math.random() },
    onViolation,
  });
  const turns = createTurns({
    now: () => performance.now(),
    setTimeout: (run, ms) => void setTimeout(run, ms),
    queueMicrotask: (run) => queueMicrotask(run),
    working: () => hands.restIn(performance.now()) > 0,
  });
  return {
    ...client,
    ...createDirectories(client),
    // Whoever asked waits for what it did.
    call: (...asked) => client.call(...asked).finally(turns.hurry),
    observations: createObservationMirror(client, onViolation),
    turns,
    carrier: inShell ? 'port' : 'socket',
    setToken(next) {
      token?.set(next.trim());
      client.reconnect();
    },
    assetBase: () => window.location.origin,
    authHeaders() {
      const value = token?.token();
      return value ? { authorization: `Bearer ${value}` } : {};
    },
  };
}

function connectPort(onOffer: () => void): () => Promise<Carrier> {
  const source = createPortSource(window, onOffer);
  return () => source.connect();
}

/** @throws ContractError 'unauthorised' when there is no token, or the hall does not know it */
async function connectSocket(store: TokenStore): Promise<Carrier> {
  const token = store.token();
  if (!token)
    throw new ContractError('unauthorised', 'this page has no token; open it with the address the hall shows');
  const { protocol, host } = window.location;
  const url = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/api`;
  try {
    return await openWebSocket(url, token, (address, protocols) => new WebSocket(address, protocols));
  } catch (cause) {
    // A page is not told why an upgrade failed; a plain request to the same place is.
    const answer = await fetch('/api', { headers: { authorization: `Bearer ${token}` }, cache: 'no-store' });
    if (answer.status === 401) throw new ContractError('unauthorised', 'the hall does not know this token', { cause });
    throw cause;
  }
}

function pageClock(): WireClock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    setTimeout(fn, ms) {
      const timer = setTimeout(fn, ms);
      return () => clearTimeout(timer);
    },
  };
}
