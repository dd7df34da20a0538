import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createRtpFrames } from './rtpFrames.ts';

/** Ports that devices send pictures to. */
export interface MediaPorts {
  /** @returns an even port, or undefined where all are in use */
  take(): number | undefined;
  giveBack(port: number): void;
}

/** @param range both ends belong to it; the port above each is left for RTCP */
export function createMediaPorts([from, to]: readonly [number, number]): MediaPorts {
  const first = from + (from % 2);
  const count = Math.max(0, Math.floor((to - first) / 2) + 1);
  const taken = new Set<number>();
  let next = 0;
  return {
    take() {
      for (let tried = 0; tried < count; tried++) {
        const port = first + 2 * next;
        // Each in turn: what the last sender still sends to its port is nobody's picture.
        next = (next + 1) % count;
        if (taken.has(port)) continue;
        taken.add(port);
        return port;
      }
      return undefined;
    },
    giveBack: (port) => void taken.delete(port),
  };
}

/** A port at which one device's packets come in. */
export interface Media {
  readonly port: number;
  /** Takes packets from these addresses and from no other. */
  from(addresses: readonly string[]): void;
  close(): void;
}

interface MediaEars {
  packet(bytes: Buffer): void;
  /** The device closed its connection. */
  gone(): void;
}

const RECEIVE_BYTES = 2 * 1024 * 1024;
const TRIES = 16;

/**
 * @returns undefined where no port can be had
 * @throws the system's error for an address that is not this PC's
 */
export async function openMedia(
  transport: 'udp' | 'tcp',
  host: string,
  ports: MediaPorts,
  ears: MediaEars,
): Promise<Media | undefined> {
  for (let tried = 0; tried < TRIES; tried++) {
    const port = ports.take();
    if (port === undefined) return undefined;
    try {
      const opened = await (transport === 'tcp' ? openTcp : openUdp)(host, port, ears);
      let closed = false;
      return {
        ...{ port, from: opened.from },
        close() {
          if (closed) return;
          closed = true;
          opened.close();
          ports.giveBack(port);
        },
      };
    } catch (error) {
      ports.giveBack(port);
      if (!isTaken(error)) throw error;
    }
  }
  return undefined;
}

type Opened = Omit<Media, 'port'>;

async function openUdp(host: string, port: number, ears: MediaEars): Promise<Opened> {
  const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4' });
  let allowed: readonly string[] = [];
  socket.on('message', (bytes, { address }) => {
    if (allowed.includes(address)) ears.packet(bytes);
  });
  socket.bind(port, host);
  await once(socket, 'listening');
  socket.on('error', () => undefined);
  socket.setRecvBufferSize(RECEIVE_BYTES);
  return {
    from(addresses) {
      allowed = addresses;
    },
    close: () => void socket.close(),
  };
}

async function openTcp(host: string, port: number, ears: MediaEars): Promise<Opened> {
  let allowed: readonly string[] = [];
  let sender: Socket | undefined;
  const server = createServer((socket) => {
    socket.on('error', () => undefined); // 'close' follows.
    if (sender || !allowed.includes(socket.remoteAddress ?? '')) {
      socket.destroy();
      return;
    }
    sender = socket;
    const frames = createRtpFrames((packet) => ears.packet(packet));
    socket.on('data', (chunk) => frames.push(chunk));
    socket.on('close', () => ears.gone());
  });
  server.listen(port, host);
  await once(server, 'listening');
  server.on('error', () => undefined);
  return {
    from(addresses) {
      allowed = addresses;
    },
    close() {
      server.close();
      sender?.destroy();
    },
  };
}

const isTaken = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE';
