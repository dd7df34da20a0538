import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests of one connection that wait for the answer before theirs. */
const MAX_WAITING = 64;
/** Bytes of a request's body that are read and thrown away. */
const MAX_BODY_BYTES = 64 * 1024;

/** Answers the requests of each connection one after another, so that one connection costs one answer at a time. */
export interface Turns {
  /** Runs `answer` once those before it on the same connection have been read by the other end; ends a connection that sends too much. */
  take(request: IncomingMessage, response: ServerResponse, answer: () => void): void;
  /** Whether an answer is on its way over a connection. */
  busy(socket: Socket): boolean;
}

/** @returns turns for any number of connections */
export function createTurns(): Turns {
  const queues = new WeakMap<Socket, (() => void)[]>();
  return {
    take(request, response, answer) {
      const { socket } = request;
      // A call's body is read when it is its turn, and limited there.
      if (request.method !== 'POST') limitBody(request);
      const start = () => {
        response.once('close', () => {
          const next = queues.get(socket)?.shift();
          if (next) next();
          else queues.delete(socket);
        });
        answer();
      };
      const queue = queues.get(socket);
      if (!queue) {
        queues.set(socket, []);
        start();
      } else if (queue.length < MAX_WAITING) queue.push(start);
      else socket.destroy();
    },
    busy: (socket) => queues.has(socket),
  };
}

/** What is no call takes no body: what comes is passed over, and a flood ends the connection. */
function limitBody(request: IncomingMessage): void {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) request.socket.destroy();
  });
}
