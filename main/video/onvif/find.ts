import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { type FoundDevice, MOST_ANSWER_BYTES, matchesIn, PROBE_GROUP, probeMessage } from './discovery.ts';
import { XmlError } from './xml.ts';

interface FindOptions {
  /** IPv4 address of this machine in the network that is asked. */
  readonly address: string;
  readonly forMs: number;
  /** With so many found it is over. */
  readonly most: number;
  /** Where the probe goes; left out: to all devices of the network. */
  readonly to?: { readonly host: string; readonly port: number };
}

/** What a network answered. */
export interface Found {
  /** By address, each once. */
  readonly devices: readonly FoundDevice[];
  /** Answers that could not be read. */
  readonly unread: number;
}

/**
 * Asks the network that an address of this machine is in for devices that speak ONVIF (WS-Discovery): one probe, sent twice, as datagrams get lost.
 * @throws Error of the system where the address is none of this machine's
 */
export function findDevices({ address, forMs, most, to = PROBE_GROUP }: FindOptions): Promise<Found> {
  const id = randomUUID();
  const devices = new Map<string, FoundDevice>();
  let unread = 0;
  const socket = createSocket('udp4');
  return new Promise((resolve, reject) => {
    const timers: NodeJS.Timeout[] = [];
    let ended = false;
    const end = (then: () => void) => {
      if (ended) return;
      ended = true;
      for (const timer of timers) clearTimeout(timer);
      socket.close();
      then();
    };
    const over = () =>
      end(() => resolve({ devices: [...devices.values()].sort((a, b) => (a.address < b.address ? -1 : 1)), unread }));
    const fail = (error: Error) => end(() => reject(error));
    socket.on('error', fail);
    socket.on('message', (bytes, { address: from }) => {
      try {
        const found = bytes.length > MOST_ANSWER_BYTES ? [] : matchesIn(bytes, id, from);
        for (const device of found) if (devices.size < most) devices.set(device.address, device);
      } catch (error) {
        if (!(error instanceof XmlError)) throw error;
        unread++;
      }
      if (devices.size >= most) over();
    });
    socket.bind(0, address, () => {
      try {
        socket.setMulticastInterface(address);
      } catch (error) {
        fail(error as Error);
        return;
      }
      const send = () => socket.send(probeMessage(id), to.port, to.host, (error) => error && fail(error));
      send();
      timers.push(setTimeout(send, forMs / 4), setTimeout(over, forMs));
    });
  });
}
