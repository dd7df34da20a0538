import type { WebSocket } from 'ws';
import type { Peer } from './peer.ts';

/** A WebSocket as a {@link Peer}. */
export function webSocketPeer(socket: WebSocket, address: string): Peer {
  let failure = '';
  socket.on('error', (error) => {
    failure = error.message; // 'close' follows
  });
  return {
    address,
    send(text) {
      if (socket.readyState === socket.OPEN) socket.send(text);
    },
    close(reason) {
      // 123 bytes are what a close frame holds.
      if (socket.readyState === socket.OPEN) socket.close(4000, Buffer.from(reason).subarray(0, 120).toString('utf8'));
      // A peer that does not answer the close frame must not keep the connection.
      setImmediate(() => socket.terminate());
    },
    onMessage: (listener) => void socket.on('message', (data) => listener(String(data))),
    onClose: (listener) =>
      void socket.on('close', (code, reason) => listener(failure || reason.toString() || `closed with code ${code}`)),
  };
}
