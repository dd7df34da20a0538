import type { WebSocket } from 'ws';
import type { Peer } from './peer.ts';

/** Bytes that may wait for a peer to read them: more than the four batches an honest one leaves unanswered ever are. */
const MOST_UNREAD = 16 * 1024 * 1024;

/** How long the other end may take to answer a close frame, in ms: for the options of both ends' WebSockets. */
export const CLOSING = { closeTimeout: 1000 };

/** A WebSocket as a {@link Peer}. */
export function webSocketPeer(socket: WebSocket, address: string): Peer {
  let failure = '';
  socket.on('error', (error) => {
    failure = error.message; // 'close' follows
  });
  return {
    address,
    send(text) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > MOST_UNREAD) {
        failure = `it does not read what it is sent: ${socket.bufferedAmount} bytes wait`;
        socket.terminate();
        return;
      }
      socket.send(text);
    },
    close(reason) {
      // 123 bytes are what a close frame holds. What was sent before it arrives; a peer that does not answer it is cut off soon.
      if (socket.readyState === socket.OPEN) socket.close(4000, Buffer.from(reason).subarray(0, 120).toString('utf8'));
      else socket.terminate();
    },
    onMessage: (listener) => void socket.on('message', (data) => listener(String(data))),
    onClose: (listener) =>
      void socket.on('close', (code, reason) => listener(failure || reason.toString() || `closed with code ${code}`)),
  };
}
