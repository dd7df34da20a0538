import type { WebSocket } from 'ws';
import { type Carrier, createInbox } from '../../../contract/wire/carrier.ts';

/** Carries messages over a WebSocket that the server has accepted. @param onError hears of faults on the socket */
export function carrySocket(socket: WebSocket, onError: (error: Error) => void): Carrier {
  const inbox = createInbox();
  socket.on('message', (data, isBinary) => {
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data);
    inbox.deliver(isBinary ? bytes : bytes.toString('utf8'));
  });
  socket.on('error', onError);
  socket.on('close', (code, reason) => inbox.end(code, reason.toString('utf8')));
  return {
    send(message) {
      if (socket.readyState === socket.OPEN) socket.send(message);
    },
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close(code, reason) {
      if (inbox.ended) return;
      inbox.end(code, reason);
      socket.close(code, reason.slice(0, 100));
    },
    buffered: () => socket.bufferedAmount,
  };
}
