import { createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../../clock.ts';

/** Where is listened. */
export interface Address {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
}

/** One connection that came in. */
export interface Link {
  /** Who it is, as a log names it. */
  readonly peer: string;
  /** Where the other side reads nothing of what it is sent the link is ended. */
  send(bytes: Uint8Array): void;
  /** Reads no further until `resume`, as often as it was paused: what is sent meanwhile waits at the other side. */
  pause(): void;
  resume(): void;
  end(): void;
}

/** Hears what comes over one connection. */
export interface LinkEars {
  bytes(bytes: Buffer): void;
  /** It is gone, whoever ended it. */
  gone(): void;
}

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

/** So much of what is answered waits for a device that does not read it. */
const MOST_WAITING = 64 * 1024;
const ALIVE_MS = 60_000;

/** A TCP server for devices that dial the centre. */
export interface TcpServer {
  close(): Promise<void>;
}

export function listenTcp(at: Address, limits: TcpLimits, clock: Clock, ears: ServerEars): TcpServer {
  const sockets = new Set<Socket>();
  const server: Server = createServer({ keepAlive: true, keepAliveInitialDelay: ALIVE_MS }, (socket) => {
    const peer = `${socket.remoteAddress ?? '?'}:${socket.remotePort ?? 0}`;
    socket.on('error', () => undefined); // 'close' follows.
    if (sockets.size >= limits.mostLinks) {
      socket.destroy();
      ears.turnedAway(peer);
      return;
    }
    sockets.add(socket);
    let pauses = 0;
    let heardAt = clock.monotonic();
    let cancelIdle = () => {};
    const watch = (): void => {
      const left = heardAt + limits.idleAfter * 1000 - clock.monotonic();
      // A link that is not read says nothing of itself.
      if (left <= 0 && pauses === 0) socket.destroy();
      else cancelIdle = clock.setTimeout(watch, Math.max(1000, left));
    };
    const heard = ears.link({
      peer,
      send(bytes) {
        if (socket.destroyed) return;
        if (socket.writableLength > MOST_WAITING) socket.destroy();
        else socket.write(bytes);
      },
      pause() {
        if (++pauses === 1) socket.pause();
      },
      resume() {
        heardAt = clock.monotonic();
        if (--pauses === 0) socket.resume();
      },
      end: () => void socket.destroy(),
    });
    watch();
    socket.on('data', (bytes) => {
      heardAt = clock.monotonic();
      heard.bytes(bytes);
    });
    socket.on('close', () => {
      cancelIdle();
      sockets.delete(socket);
      heard.gone();
    });
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
