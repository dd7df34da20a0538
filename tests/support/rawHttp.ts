import { connect, type Socket } from 'node:net';
import { until } from './until.ts';

/** A client that is no browser: it sends exactly what it is told, and reads only when it is told to. */
export interface RawClient {
  readonly socket: Socket;
  /** All that has come, as text. */
  said(): string;
  closed(): boolean;
  /** Waits for the first line of the answer, and gives its status. */
  status(): Promise<number>;
}

/** Connects to a port of loopback, sends a text and never hangs up by itself. @param read whether what comes is read */
export function rawClient(port: number, text: string, { read = true, from = '127.0.0.1' } = {}): RawClient {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from, allowHalfOpen: true });
  let said = '';
  let closed = false;
  if (read)
    socket.on('data', (chunk) => {
      said += chunk.toString('latin1');
    });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    closed = true;
  });
  socket.write(text);
  return {
    socket,
    said: () => said,
    closed: () => closed,
    async status() {
      await until(() => said.includes('\r\n'), { what: 'an answer' });
      return Number(/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1]);
    },
  };
}

/** A request as text. */
export function requestText(path: string, headers: readonly string[] = [], method = 'GET'): string {
  return [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', ...headers, '', ''].join('\r\n');
}

/** Headers of a WebSocket's upgrade. */
export const UPGRADE = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
] as const;
