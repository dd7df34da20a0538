import { createHmac } from 'node:crypto';
import type { z } from 'zod';
import { createAisSession } from '../codecs/ais/session.ts';
import { withoutPasswords as withoutCot } from '../codecs/cot/discreet.ts';
import { createCotSession } from '../codecs/cot/session.ts';
import { createGb26875Session } from '../codecs/gb26875/session.ts';
import { withoutPasswords as withoutHj212 } from '../codecs/hj212/excerpt.ts';
import { withPasswords as hj212Passwords } from '../codecs/hj212/restored.ts';
import { createHj212Session } from '../codecs/hj212/session.ts';
import { withoutTokens } from '../codecs/jt808/discreet.ts';
import { createJt808Session } from '../codecs/jt808/session.ts';
import { withPasswords as sl651Passwords, withoutPasswords as withoutSl651 } from '../codecs/sl651/discreet.ts';
import { createSl651Session } from '../codecs/sl651/session.ts';
import {
  type AisConfig,
  type CotConfig,
  type Gb26875Config,
  type Hj212Config,
  type Jt808Config,
  type Sl651Config,
  withoutZeros,
} from './config.ts';
import type { DeviceProtocol } from './feed.ts';

/** The passwords that a configuration wants, by the device's number in its one form. */
function passwords(
  devices: z.infer<typeof Hj212Config>['devices'],
  canonical: (device: string) => string,
): (device: string) => string | undefined {
  const known = new Map(devices.map(({ device, password }) => [canonical(device), password]));
  return (device) => known.get(canonical(device));
}

export function hj212({ zone, devices }: z.infer<typeof Hj212Config>): DeviceProtocol {
  const canonical = (device: string) => device;
  const passwordOf = passwords(devices, canonical);
  const open = () => createHj212Session({ offsetMinutes: zone, passwordOf });
  return {
    canonical,
    open,
    openAgain: open,
    discreet: withoutHj212,
    restored: (bytes) => hj212Passwords(bytes, passwordOf),
  };
}

export function sl651({ zone, devices }: z.infer<typeof Sl651Config>): DeviceProtocol {
  const canonical = withoutZeros;
  const passwordOf = passwords(devices, canonical);
  const open = () => createSl651Session({ offsetMinutes: zone, passwordOf });
  return {
    ...{ canonical, open, openAgain: open },
    discreet: (bytes) => withoutHj212(withoutSl651(bytes)),
    restored: (bytes) => sl651Passwords(bytes, passwordOf),
  };
}

export function gb26875({ zone, devices }: z.infer<typeof Gb26875Config>): DeviceProtocol {
  const canonical = withoutZeros;
  const items = new Map(devices.map(({ device, readings }) => [canonical(device), new Set(Object.keys(readings))]));
  const itemsOf = (device: string) => items.get(canonical(device));
  const open = () => createGb26875Session({ offsetMinutes: zone, itemsOf });
  return { canonical, open, openAgain: open, discreet: withoutHj212, restored: (bytes) => bytes };
}

/** @param stranger hears of ships that are not named: of most nothing is wanted, and nothing is refused */
export function ais(
  { devices }: z.infer<typeof AisConfig>,
  stranger: (device: string, item?: string) => void,
): DeviceProtocol {
  const known = new Set(devices.map(({ device }) => device));
  const isWanted = (mmsi: string): boolean => {
    if (!known.has(mmsi)) stranger(mmsi);
    return known.has(mmsi);
  };
  const open = () => createAisSession({ isWanted });
  return { canonical: String, open, openAgain: open, discreet: withoutHj212, restored: (bytes) => bytes };
}

/** @param stranger hears of clients that are not named, with their callsigns: a server tells of everybody, and nothing is refused */
export function cot(
  { listen, devices }: z.infer<typeof CotConfig>,
  stranger: (device: string, callsign?: string) => void,
): DeviceProtocol {
  const known = new Set(devices.map(({ device }) => device));
  const isWanted = (uid: string, callsign: string): boolean => {
    if (!known.has(uid)) stranger(uid, callsign === '' ? undefined : callsign);
    return known.has(uid);
  };
  const open = () => createCotSession({ datagrams: listen?.over === 'udp', isWanted });
  return {
    ...{ canonical: String, open, openAgain: open, restored: (bytes) => bytes },
    discreet: (bytes) => withoutHj212(withoutCot(bytes)),
  };
}

/** What a terminal is given when it registers, and shows from then on. @param phone without zeros in front */
export function terminalToken(feed: string, secret: string, phone: string): string {
  return createHmac('sha256', `jt808 ${feed} ${secret}`).update(phone).digest('hex').slice(0, 20);
}

/**
 * @param secret what the tokens are derived from: a terminal keeps its own over a restart of the hall
 * @param stranger hears of a terminal that wants to register and is not named
 */
export function jt808(
  { id, zone, devices }: z.infer<typeof Jt808Config>,
  secret: () => string,
  stranger: (device: string) => void,
): DeviceProtocol {
  const canonical = withoutZeros;
  const known = new Set(devices.map(({ device }) => canonical(device)));
  const own = secret();
  const tokenOf = (phone: string): string | null => {
    if (known.has(canonical(phone))) return terminalToken(id, own, canonical(phone));
    stranger(phone);
    return null;
  };
  const session = (trusting: boolean) => createJt808Session({ offsetMinutes: zone, tokenOf, trusting });
  return {
    ...{ canonical, open: () => session(false), openAgain: () => session(true) },
    discreet: (bytes) => withoutHj212(withoutTokens(bytes)),
    restored: (bytes) => bytes,
  };
}
