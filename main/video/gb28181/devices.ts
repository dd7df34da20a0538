import type { Clock } from '../../clock.ts';
import type { Gb28181Config } from './config.ts';
import { type DeviceEvent, type DeviceState, evolve, isOnline, UNKNOWN } from './deviceState.ts';
import type { Peer } from './sipWire.ts';

/** A device that the hall's file names. */
export interface Device {
  readonly id: string;
  readonly password: string;
  readonly transport: 'udp' | 'tcp';
  state: DeviceState;
  /** The way to it; undefined before it registered. */
  peer: Peer | undefined;
}

/** The devices of the hall's file, and how they stand. */
export interface Devices {
  find(id: string): Device | undefined;
  happened(device: Device, event: DeviceEvent): void;
  isOnline(device: Device): boolean;
  online(): number;
  /** Whether a device that is registered is at an address. */
  isAt(address: string): boolean;
  /** Tells of those that went since the last time. */
  sweep(gone: (device: Device) => void): void;
}

export function createDevices({ devices, media, keepalive }: Gb28181Config, clock: Clock): Devices {
  const byId = new Map(
    devices.map(({ device: id, password, transport = media.transport }): [string, Device] => [
      id,
      { id, password, transport, state: UNKNOWN, peer: undefined },
    ]),
  );
  const there = new Set<Device>();
  const online = ({ state }: Device): boolean => isOnline(state, clock.monotonic(), keepalive * 1000);
  return {
    find: (id) => byId.get(id),
    happened(device, event) {
      device.state = evolve(device.state, event);
      if (online(device)) there.add(device);
    },
    isOnline: online,
    online: () => [...there].filter(online).length,
    isAt: (address) => [...there].some(({ peer }) => peer?.address === address),
    sweep(gone) {
      for (const device of there) {
        if (online(device)) continue;
        there.delete(device);
        gone(device);
      }
    },
  };
}
