import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { refuseSocket } from '../api/http/refuseSocket.ts';
import type { Clock } from '../clock.ts';
import { sameSecret } from '../files/sameSecret.ts';
import { MAX_MESSAGE_CHARS } from './messages.ts';
import type { Peer } from './peer.ts';
import { CLOSING, webSocketPeer } from './webSocketPeer.ts';

/** The hall's side of other stations' connections. */
export interface Hub {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close(): void;
}

/** Where stations join, on the hall's HTTP server. */
export const HUB_PATH = '/hub';

/** UTF-8 needs at most three bytes for each UTF-16 unit. */
const MAX_PAYLOAD = MAX_MESSAGE_CHARS * 3;

/**
 * @param token what a station has to show; undefined when this hall takes in none.
 * @param isOpen false while the cable is held out.
 */
export function createHub(options: {
  token: string | undefined;
  clock: Clock;
  isOpen: () => boolean;
  onPeer: (peer: Peer) => void;
}): Hub {
  const { token, clock, isOpen, onPeer } = options;
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_PAYLOAD,
    ...CLOSING,
  });

  const verdict = (request: IncomingMessage): [status: number, message: string] | null => {
    if (request.headers.origin !== undefined) return [403, 'web pages may not join as a station'];
    if (token === undefined) return [403, 'this hall has no token set, so no station can join it'];
    if (!carries(request.headers.authorization, token)) return [401, 'the token is missing or wrong'];
    if (!isOpen()) return [503, 'the link between the stations is cut on purpose'];
    return null;
  };

  return {
    handleUpgrade(request, socket, head) {
      if (pathOf(request.url) !== HUB_PATH) return false;
      const refused = verdict(request);
      if (refused) {
        const [status, message] = refused;
        refuseSocket(clock, socket, { status, message });
        return true;
      }
      const address = `from ${request.socket.remoteAddress ?? 'somewhere'}`;
      server.handleUpgrade(request, socket, head, (webSocket) => onPeer(webSocketPeer(webSocket, address)));
      return true;
    },
    close: () => server.close(),
  };
}

function pathOf(url: string | undefined): string {
  return (url ?? '').split('?', 1)[0] ?? '';
}

function carries(header: string | undefined, token: string): boolean {
  return sameSecret(/^Bearer (.+)$/.exec(header ?? '')?.[1] ?? '', token);
}
