import { type AddressInfo, createServer, connect as dial, type Server, type Socket } from 'node:net';
import type { Clock } from '../../main/clock.ts';

/** A device, or a gateway of many, dials again after so many ms. */
const AGAIN_MS = 1_000;
/** What the hall does not read is not said: so many bytes wait at most. */
const UNREAD_BYTES = 1024 * 1024;

/** A line to the hall that a device keeps open. */
export interface Line {
  /** Says something, where the line is open and what was said is read. */
  say(bytes: Buffer): void;
  close(): void;
}

/**
 * Dials a port of loopback, again and again until somebody listens, and whenever the line is cut.
 *
 * @param on.open hears of each new line
 * @param on.heard what the hall says, of each line its own reader
 */
export function dialling(
  port: number,
  clock: Clock,
  on: { open?(): void; heard?(): (bytes: Buffer) => void } = {},
): Line {
  let socket: Socket;
  let cancel = () => {};
  let closed = false;

  function connect(): void {
    socket = dial(port, '127.0.0.1');
    const heard = on.heard?.();
    socket.on('data', (bytes) => heard?.(bytes)); // Read also where nobody wants it, or the end would not be heard of.
    socket.once('connect', () => on.open?.());
    socket.on('error', () => undefined); // The close that follows is what counts.
    socket.once('close', () => {
      if (!closed) cancel = clock.setTimeout(connect, AGAIN_MS);
    });
  }

  connect();
  return {
    say(bytes) {
      if (socket.readyState === 'open' && socket.writableLength < UNREAD_BYTES) socket.write(bytes);
    },
    close() {
      closed = true;
      cancel();
      socket.destroy();
    },
  };
}

/** Ports of loopback that nobody listened on a moment ago, each another. */
export async function freePorts(many: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: many }, listening));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function listening(): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
