import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '../../clock.ts';

/** The answer may take so long to leave, in ms; afterwards the connection ends without it. */
const ANSWER_MS = 1000;
/** So long, in ms, the other end may take to read the answer and end its side. Ended at once, it might lose the answer. */
const LINGER_MS = 200;

/**
 * Answers on a bare socket and ends it, whatever the other end does: nobody keeps a connection by not hanging up.
 * What still comes is thrown away.
 */
export function refuseSocket(
  clock: Pick<Clock, 'setTimeout'>,
  socket: Duplex,
  { status, message }: { status: number; message: string },
): void {
  const body = `${message}\n`;
  const end = () => void socket.destroy();
  let cancel = clock.setTimeout(end, ANSWER_MS);
  socket.on('error', end);
  socket.on('close', () => cancel());
  socket.on('finish', () => {
    cancel();
    cancel = clock.setTimeout(end, LINGER_MS);
  });
  socket.resume();
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-type: text/plain; charset=utf-8\r\n` +
      `x-content-type-options: nosniff\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
