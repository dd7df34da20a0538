import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { backoffMs, spreadOf } from '../../core/backoff.ts';
import type { Clock } from '../clock.ts';
import { HUB_PATH } from './hub.ts';
import { MAX_MESSAGE_CHARS } from './messages.ts';
import type { Peer } from './peer.ts';
import { CLOSING, webSocketPeer } from './webSocketPeer.ts';

/** A station's own connection to the hub: made, and made again whenever it is lost. */
export interface Dial {
  /** Dials at once, and goes on dialling. */
  start(): void;
  /** Stops dialling and closes the connection. */
  stop(): void;
  /** The connection proved good: the next loss is dialled again soon. */
  succeeded(): void;
}

/** Spread by the station's name: a hub that comes back is not dialled by all at once. */
const AGAIN = { firstMs: 250, maxMs: 5000 };
const HANDSHAKE = 5000;

/**
 * @param url `ws://host:port/hub`; the path may be left out.
 * @param onRefused the hub answered, and said no.
 */
export function createDial(options: {
  url: string;
  token: string;
  station: string;
  clock: Clock;
  onPeer: (peer: Peer) => void;
  onRefused: (status: number, why: string) => void;
}): Dial {
  const { token, station, clock, onPeer, onRefused } = options;
  const url = new URL(options.url);
  if (url.pathname === '/') url.pathname = HUB_PATH;
  let attempt = 0;
  let wanted = false;
  let socket: WebSocket | null = null;
  let cancelWait = (): void => undefined;

  const connect = (): void => {
    const opened = new WebSocket(url, {
      headers: { authorization: `Bearer ${token}` },
      perMessageDeflate: false,
      maxPayload: MAX_MESSAGE_CHARS * 3,
      handshakeTimeout: HANDSHAKE,
      ...CLOSING,
    });
    socket = opened;
    opened.on('error', () => undefined); // 'close' follows
    opened.on('unexpected-response', (_request, response) => {
      const status = response.statusCode ?? 0;
      // A hub whose cable is held out is there, and may be let in again at any moment.
      if (status === 503) attempt = Math.min(attempt, 2);
      const cancel = clock.setTimeout(() => response.destroy(), HANDSHAKE);
      void sentence(response).then((why) => {
        cancel();
        if (wanted) onRefused(status, why);
        opened.terminate();
      });
    });
    opened.on('open', () => onPeer(webSocketPeer(opened, `hub ${url.href}`)));
    opened.on('close', () => {
      if (socket !== opened) return;
      socket = null;
      if (!wanted) return;
      cancelWait = clock.setTimeout(connect, backoffMs(AGAIN, attempt, spreadOf(station, attempt)));
      attempt++;
    });
  };

  return {
    start() {
      if (wanted) return;
      wanted = true;
      attempt = 0;
      connect();
    },
    stop() {
      wanted = false;
      cancelWait();
      const open = socket;
      socket = null;
      open?.terminate();
    },
    succeeded() {
      attempt = 0;
    },
  };
}

/** The first 300 characters of a refusal's body. */
async function sentence(response: IncomingMessage): Promise<string> {
  let text = '';
  try {
    for await (const chunk of response) {
      text += String(chunk);
      if (text.length >= 300) break;
    }
  } catch {
    // What has come so far will do.
  }
  return text.slice(0, 300).trim();
}
