import { connect } from 'node:net';
import type { Clock } from '../../clock.ts';
import type { Address } from './address.ts';

/** What an error of the system says of itself. */
export type DialError = { code?: string | undefined; message: string };

/** Hears what becomes of a connection that the hall makes. */
export interface DialEars {
  open(): void;
  bytes(bytes: Buffer): void;
  /** It could not be made, or the other side ended it: once, and never after {@link Dialled.end}. Null where it ended in peace. */
  gone(error: DialError | null): void;
}

/** One connection that the hall makes. */
export interface Dialled {
  send(bytes: Uint8Array): void;
  /** Ends it at once; nothing more is heard of it. */
  end(): void;
}

export type Dial = (to: Address, clock: Clock, withinMs: number, ears: DialEars) => Dialled;

const ALIVE_MS = 60_000;

/** Connects over TCP. @param withinMs after which a connection that is not made is given up */
export const dialTcp: Dial = (to, clock, withinMs, ears) => {
  const socket = connect({ ...to, noDelay: true, keepAlive: true, keepAliveInitialDelay: ALIVE_MS });
  let over = false;
  let error: DialError | null = null;
  const cancelPatience = clock.setTimeout(() => {
    error = { code: 'ETIMEDOUT', message: `no connection within ${withinMs} ms` };
    socket.destroy();
  }, withinMs);
  socket.on('connect', () => {
    cancelPatience();
    if (!over) ears.open();
  });
  socket.on('data', (bytes) => {
    if (!over) ears.bytes(bytes);
  });
  socket.on('error', (cause) => {
    error ??= cause;
  });
  // The other side says no more, and a request would go unheard.
  socket.on('end', () => socket.destroy());
  socket.on('close', () => {
    cancelPatience();
    if (over) return;
    over = true;
    ears.gone(error);
  });
  return {
    send: (bytes) => void socket.write(bytes),
    end() {
      over = true;
      cancelPatience();
      socket.destroy();
    },
  };
};
