import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import type { Clock } from '../../clock.ts';
import type { Address } from '../../feeds/transports/address.ts';
import { listenTcp } from '../../feeds/transports/tcpServer.ts';
import { createSipStream } from './sipStream.ts';

/** Who sent a message, and the way back. */
export interface Peer {
  readonly transport: 'udp' | 'tcp';
  readonly address: string;
  readonly port: number;
  send(bytes: Buffer): void;
}

/** Hears what comes in, and what becomes of the listening. */
export interface WireEars {
  /** By UDP and TCP; `port` is the one that it was given. */
  listening(port: number): void;
  /** It cannot listen, or does no longer. */
  down(error: Error & { code?: string }): void;
  /**
   * One datagram, or one message of a connection.
   * @returns ms for which nothing more is read of this sender; 0: go on
   */
  message(bytes: Buffer, peer: Peer): number;
  /** What comes over a connection is no SIP, and it is ended. */
  broken(error: unknown, bytes: Buffer, peer: Peer): void;
  turnedAway(peer: string): void;
}

const MOST_LINKS = 2_000;
/** Devices say something every minute. */
const IDLE_SECONDS = 600;
const RECEIVE_BYTES = 1024 * 1024;

/** Listens for SIP by UDP and TCP on one port. */
export function listenSip(at: Address, clock: Clock, ears: WireEars): { close(): Promise<void> } {
  const udp = createSocket({ type: at.host.includes(':') ? 'udp6' : 'udp4' });
  let open = 2;
  let closed = false;
  const half = (port: number): void => {
    if (--open === 0) ears.listening(port);
  };
  udp.on('error', (error) => ears.down(error));
  udp.on(
    'message',
    (bytes, from) =>
      void ears.message(
        bytes,
        udpPeer(udp, from, () => closed),
      ),
  );
  udp.bind(at.port, at.host, () => {
    udp.setRecvBufferSize(RECEIVE_BYTES);
    half(udp.address().port);
  });
  const tcp = listenTcp(at, { mostLinks: MOST_LINKS, idleAfter: IDLE_SECONDS }, clock, {
    listening: half,
    down: (error) => ears.down(error),
    turnedAway: (peer) => ears.turnedAway(peer),
    link(link) {
      const stream = createSipStream();
      const cut = link.peer.lastIndexOf(':');
      const peer: Peer = {
        transport: 'tcp',
        address: link.peer.slice(0, cut),
        port: Number(link.peer.slice(cut + 1)),
        send: (bytes) => link.send(bytes),
      };
      return {
        bytes(bytes) {
          try {
            let wait = 0;
            for (const message of stream.push(bytes)) wait = Math.max(wait, ears.message(message, peer));
            if (wait === 0) return;
            link.pause();
            clock.setTimeout(() => link.resume(), wait);
          } catch (error) {
            link.end();
            ears.broken(error, bytes, peer);
          }
        },
        gone() {},
      };
    },
  });
  return {
    async close() {
      if (closed) return;
      closed = true;
      udp.close();
      await tcp.close();
    },
  };
}

function udpPeer(socket: Socket, { address, port }: RemoteInfo, isClosed: () => boolean): Peer {
  return {
    ...{ transport: 'udp', address, port },
    send(bytes) {
      // Whether it arrives nobody knows; an address that cannot be sent to is as one that does not answer.
      if (!isClosed()) socket.send(bytes, port, address, () => undefined);
    },
  };
}
