import { type Carrier, createInbox } from '../carrier.ts';
import { SUBPROTOCOL } from '../frames.ts';

/** The part of the WebSocket of a page, or of Node, that is used. */
export interface WebSocketLike {
  binaryType: string;
  readonly bufferedAmount: number;
  send(message: string | Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { code: number; reason: string }) => void): void;
}

/**
 * Opens a carrier to a hall's `/api`.
 * @param url `ws://host:port/api`
 * @param token travels as a subprotocol, because a page cannot set a header and an address gets into logs
 * @param make opens the socket; `(url, protocols) => new WebSocket(url, protocols)`
 * @throws Error when it closes before it is open; why, a page is not told
 */
export function openWebSocket(
  url: string,
  token: string,
  make: (url: string, protocols: string[]) => WebSocketLike,
): Promise<Carrier> {
  return new Promise((resolve, reject) => {
    const socket = make(url, [SUBPROTOCOL, `token.${token}`]);
    const inbox = createInbox();
    socket.binaryType = 'arraybuffer';
    // Its close follows and says all there is; a socket of Node throws an error that nobody listens to.
    socket.addEventListener('error', () => undefined);
    socket.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') inbox.deliver(data);
      else if (data instanceof ArrayBuffer) inbox.deliver(new Uint8Array(data));
    });
    socket.addEventListener('close', ({ code, reason }) => {
      inbox.end(code, reason);
      reject(new Error(`the connection to the hall was not accepted (${code})`));
    });
    socket.addEventListener('open', () =>
      resolve({
        send(message) {
          if (!inbox.ended) socket.send(typeof message === 'string' ? message : new Uint8Array(message));
        },
        onMessage: inbox.onMessage,
        onClose: inbox.onClose,
        close(code, reason) {
          if (inbox.ended) return;
          inbox.end(code, reason);
          // A page may close with 1000 or 3000–4999 only.
          socket.close(code === 1000 || code >= 3000 ? code : 4000, reason);
        },
        buffered: () => socket.bufferedAmount,
      }),
    );
  });
}
