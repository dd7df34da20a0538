import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** All connections at one time. */
export const MAX_CONNECTIONS = 256;
/** Of these, those that windows and stations cannot take: for pages being loaded, and monitoring. */
const KEPT_FREE = 32;

/** Who is connected: strangers, and those who have shown a token. */
export interface Connections {
  /** How many there are. */
  count(): number;
  /** Keeps a connection for as long as it lasts. @returns false when too many are kept already */
  keep(socket: Duplex): boolean;
  /** Why connections were ended, for the log: the address whose connection it was. */
  onCrowd(listener: (from: string) => void): void;
}

/**
 * Lets everybody in, however many come: when the hall is full the oldest connection of a stranger is ended, of the address
 * that has most. So whoever opens all of them takes them from himself, and never from one that has shown a token.
 */
export function watchConnections(server: Server): Connections {
  const strangers = new Map<Duplex, string>();
  const kept = new Set<Duplex>();
  const listeners: ((from: string) => void)[] = [];
  // The system's own end of it: sockets that were ended but are not gone yet.
  server.maxConnections = MAX_CONNECTIONS + KEPT_FREE;

  function makeRoom(): void {
    const counts = new Map<string, number>();
    for (const from of strangers.values()) counts.set(from, (counts.get(from) ?? 0) + 1);
    const most = Math.max(...counts.values());
    for (const [socket, from] of strangers) {
      if (counts.get(from) !== most) continue;
      strangers.delete(socket);
      socket.destroy();
      for (const listener of listeners) listener(from);
      return;
    }
  }

  server.on('connection', (socket: Socket) => {
    strangers.set(socket, socket.remoteAddress ?? 'somewhere');
    socket.once('close', () => {
      strangers.delete(socket);
      kept.delete(socket);
    });
    if (strangers.size + kept.size > MAX_CONNECTIONS) makeRoom();
  });

  return {
    count: () => strangers.size + kept.size,
    keep(socket) {
      if (kept.has(socket)) return true;
      if (kept.size >= MAX_CONNECTIONS - KEPT_FREE || !strangers.delete(socket)) return false;
      kept.add(socket);
      return true;
    },
    onCrowd: (listener) => void listeners.push(listener),
  };
}
