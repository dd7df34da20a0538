import type { Socket } from 'node:net';
import type { Clock } from '../../clock.ts';

/** One connection with a device. */
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

/** So much of what is answered waits for a device that does not read it. */
const MOST_WAITING = 64 * 1024;
/** An idle connection is probed so often, ms. */
export const ALIVE_MS = 60_000;

/**
 * The link over a connection that is made, whoever dialled. Its errors are the caller's to hear.
 *
 * @param idleAfter seconds without a byte after which it is ended: a device that lost its power says no goodbye
 */
export function linkOver(socket: Socket, idleAfter: number, clock: Clock, open: (link: Link) => LinkEars): void {
  let pauses = 0;
  let heardAt = clock.monotonic();
  let cancelIdle = () => {};
  const watch = (): void => {
    const left = heardAt + idleAfter * 1000 - clock.monotonic();
    // A link that is not read says nothing of itself.
    if (left <= 0 && pauses === 0) socket.destroy();
    else cancelIdle = clock.setTimeout(watch, Math.max(1000, left));
  };
  const heard = open({
    peer: peerOf(socket),
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
  // Before whoever made the connection hears of it.
  socket.prependOnceListener('close', () => {
    cancelIdle();
    heard.gone();
  });
}

/** Who is at the other side, as a log names it. */
export function peerOf({ remoteAddress = '?', remotePort = 0 }: Socket): string {
  return `${remoteAddress}:${remotePort}`;
}
