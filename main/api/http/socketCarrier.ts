import type { WebSocket } from 'ws';
import { type Carrier, CloseCode, createInbox } from '../../../contract/wire/carrier.ts';
import { createRate } from '../../../contract/wire/rate.ts';
import { wholeText } from '../../../contract/wire/sharedText.ts';
import type { Clock } from '../../clock.ts';

/** WebSocket pings (not the wire's own) a second that are answered; a client that sends more is put out. */
const PINGS_PER_SECOND = 20;
/** So long, in ms, a client may take to answer the close frame. */
const CLOSE_MS = 2000;
/** With more bytes than these still to be sent nobody waits for the close frame to arrive. */
const HOPELESS_BYTES = 256 * 1024;
/** Shorter texts cost less made anew than in fragments. */
const SHORT_CHARS = 4096;

/** Carries messages over a WebSocket that the server has accepted. @param onError hears of faults on the socket */
export function carrySocket(socket: WebSocket, clock: Clock, onError: (error: Error) => void): Carrier {
  const inbox = createInbox();
  const pings = createRate(clock, PINGS_PER_SECOND);
  let cancel: (() => void) | null = null;

  /** Ends the connection for good, though the other end neither reads nor answers. */
  function close(code: number, reason: string): void {
    inbox.end(code, reason);
    if (socket.bufferedAmount > HOPELESS_BYTES) {
      socket.terminate();
      return;
    }
    socket.close(code, Buffer.from(reason).subarray(0, 120).toString('utf8'));
    cancel ??= clock.setTimeout(() => socket.terminate(), CLOSE_MS);
  }

  socket.on('message', (data, isBinary) => {
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data);
    inbox.deliver(isBinary ? bytes : bytes.toString('utf8'));
  });
  socket.on('ping', (data) => {
    if (inbox.ended) return;
    if (pings.take()) socket.pong(data);
    else close(CloseCode.badFrames, `more than ${PINGS_PER_SECOND} pings a second`);
  });
  socket.on('pong', () => {
    if (!inbox.ended && !pings.take()) close(CloseCode.badFrames, `more than ${PINGS_PER_SECOND} pongs a second`);
  });
  socket.on('error', onError);
  socket.on('close', (code, reason) => {
    cancel?.();
    inbox.end(code, reason.toString('utf8'));
  });
  return {
    send(message) {
      if (socket.readyState === socket.OPEN) socket.send(message);
    },
    sendShared(message) {
      if (socket.readyState !== socket.OPEN) return;
      if (message.shared.text.length < SHORT_CHARS) {
        socket.send(wholeText(message));
        return;
      }
      // Fragments of one message (RFC 6455 §5.4): the bytes in the middle are those of every window.
      const { head, shared, tail } = message;
      if (head) socket.send(head, { fin: false });
      socket.send(shared.bytes, { binary: false, fin: !tail });
      if (tail) socket.send(tail);
    },
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close(code, reason) {
      if (!inbox.ended) close(code, reason);
    },
    buffered: () => socket.bufferedAmount,
  };
}
