import { createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../../clock.ts';
import type { Address } from './address.ts';
import { ALIVE_MS, type Link, type LinkEars, linkOver, peerOf } from './tcpLink.ts';

/** Hears what becomes of the listening. */
export interface ServerEars {
  /** It listens; `port` is the one that it was given. */
  listening(port: number): void;
  /** It cannot listen, or does no longer. */
  down(error: Error & { code?: string }): void;
  link(link: Link): LinkEars;
  /** One connection more than `mostLinks` was turned away. */
  turnedAway(peer: string): void;
}

export interface TcpLimits {
  readonly mostLinks: number;
  /** Seconds without a byte after which a link is ended: a device that lost its power says no goodbye. */
  readonly idleAfter: number;
}

/** A TCP server for devices that dial the centre. */
export interface TcpServer {
  close(): Promise<void>;
}

export function listenTcp(at: Address, limits: TcpLimits, clock: Clock, ears: ServerEars): TcpServer {
  const sockets = new Set<Socket>();
  const server: Server = createServer({ keepAlive: true, keepAliveInitialDelay: ALIVE_MS }, (socket) => {
    socket.on('error', () => undefined); // 'close' follows.
    if (sockets.size >= limits.mostLinks) {
      const peer = peerOf(socket);
      socket.destroy();
      ears.turnedAway(peer);
      return;
    }
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    linkOver(socket, limits.idleAfter, clock, (link) => ears.link(link));
  });
  server.on('error', (error) => ears.down(error));
  server.listen(at.port, at.host, () => {
    const address = server.address();
    ears.listening(typeof address === 'object' && address !== null ? address.port : at.port);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
