import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import type { Clock } from '../../clock.ts';
import type { Address } from './address.ts';
import type { LinkEars } from './tcpLink.ts';
import type { ServerEars, TcpLimits, TcpServer } from './tcpServer.ts';

/** Who was quiet for so long is forgotten, s: the next time it may come by another port. */
const MOST_IDLE_S = 300;

/** An address of a group (RFC 5771, RFC 4291 2.7): whoever sends to it is heard by all that joined. */
const GROUP = /^(?:2(?:2[4-9]|3\d)\.|ff)/i;

/** A device that sends datagrams, and what is kept of it. */
interface Peer {
  readonly ears: LinkEars;
  heardAt: number;
}

/**
 * A UDP server for devices that send datagrams to the centre. Each address and port is a link of its own, and none is turned away, as anybody
 * can pretend to be anybody: the one that was quiet for longest makes room. What comes while a link is paused is dropped, as nobody can make
 * a device wait: it was not answered, and comes again.
 *
 * The address of a group is joined on every network of this PC, beside other programs that have.
 */
export function listenUdp(at: Address, limits: TcpLimits, clock: Clock, ears: ServerEars): TcpServer {
  const isGroup = GROUP.test(at.host);
  const socket = createSocket({ type: at.host.includes(':') ? 'udp6' : 'udp4', reuseAddr: isGroup });
  /** The one that was quiet for longest is the first. */
  const peers = new Map<string, Peer & { paused(): boolean }>();
  const idleMs = Math.min(limits.idleAfter, MOST_IDLE_S) * 1000;
  let cancelSweep = () => {};
  let closed = false;

  const forget = (name: string): void => {
    const peer = peers.get(name);
    peers.delete(name);
    peer?.ears.gone();
  };
  const open = (name: string, { address, port }: RemoteInfo) => {
    let pauses = 0;
    const heard = ears.link({
      peer: name,
      send(bytes) {
        // A device that is gone is no fault of the hall's.
        if (!closed) socket.send(bytes, port, address, () => undefined);
      },
      pause: () => void pauses++,
      resume: () => void pauses--,
      end: () => forget(name),
    });
    return { ears: heard, heardAt: 0, paused: () => pauses > 0 };
  };
  const sweep = (): void => {
    for (const [name, { heardAt }] of peers) if (clock.monotonic() - heardAt >= idleMs) forget(name);
    cancelSweep = clock.setTimeout(sweep, idleMs);
  };

  socket.on('message', (bytes, from) => {
    const name = `${from.address}:${from.port}`;
    const peer = peers.get(name) ?? open(name, from);
    peer.heardAt = clock.monotonic();
    peers.delete(name);
    peers.set(name, peer);
    const [oldest] = peers.keys();
    if (peers.size > limits.mostLinks && oldest !== undefined) forget(oldest);
    if (!peer.paused()) peer.ears.bytes(bytes);
  });
  const down = (error: Error): void => {
    if (closed) return;
    void close();
    ears.down(error);
  };
  socket.on('error', down);
  socket.bind({ port: at.port, ...(isGroup ? {} : { address: at.host }) }, () => {
    const fault = isGroup ? joinFault(socket, at.host) : null;
    if (fault === null) ears.listening(socket.address().port);
    else down(fault);
  });
  sweep();

  const close = (): Promise<void> => {
    cancelSweep();
    if (closed) return Promise.resolve();
    closed = true;
    for (const name of [...peers.keys()]) forget(name);
    return new Promise((resolve) => void socket.close(() => resolve()));
  };
  return { close };
}

/** Joins a group on every network there is. @returns why on none */
function joinFault(socket: Socket, group: string): Error | null {
  const family = group.includes(':') ? 'IPv6' : 'IPv4';
  let fault: Error | null = new Error('no network');
  let joined = false;
  for (const [name, addresses = []] of Object.entries(networkInterfaces())) {
    const own = addresses.find((each) => each.family === family);
    if (own === undefined) continue;
    try {
      socket.addMembership(group, family === 'IPv6' ? `::%${name}` : own.address);
      joined = true;
    } catch (error) {
      fault = error as Error;
    }
  }
  return joined ? null : fault;
}
