import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isStationName } from './ledger/chainName.ts';

/** What the hall was asked for on its command line. */
export interface HallArguments {
  port: number;
  data: string;
  profile: 'drill' | 'empty';
  lang: 'zh-CN' | 'en';
  listen: string;
  station: string;
  /** `ws://host:port/hub` of the hall to join. */
  hub: string | undefined;
  /** Seconds after which the drill begins by itself; undefined: when asked. */
  drillAfter: number | undefined;
  /** The drill script to play; undefined: the flood. */
  drill: string | undefined;
}

/** An option the hall cannot work with, said in a sentence. */
export class BadOption extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'BadOption';
  }
}

const LOOPBACK = '127.0.0.1';
const DEFAULT_PORT = 18787;
const DEFAULT_DRILL_AFTER = 20;

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new BadOption(`--${name} is ${allowed.join(' or ')}, not "${value}".`);
  return found;
}

function wholeNumber(name: string, value: string, high: number): number {
  if (!/^\d{1,9}$/.test(value) || Number(value) > high)
    throw new BadOption(`--${name} is a whole number from 0 to ${high}, not "${value}".`);
  return Number(value);
}

/**
 * Reads the hall's options. Without `--data` each profile has a folder of its own in the user's home, so that a rehearsal never
 * mixes with the real ledger.
 *
 * @throws BadOption
 */
export function readHallArguments(argv: readonly string[]): HallArguments {
  let values: Record<string, string | undefined>;
  try {
    values = parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        profile: { type: 'string' },
        lang: { type: 'string' },
        listen: { type: 'string' },
        station: { type: 'string' },
        hub: { type: 'string' },
        'drill-after': { type: 'string' },
        drill: { type: 'string' },
      },
    }).values as Record<string, string | undefined>;
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error));
  }
  const profile = oneOf('profile', values.profile ?? 'drill', ['drill', 'empty']);
  const station = values.station ?? 'A';
  if (!/^[\w-]{1,40}$/.test(station) || !isStationName(station))
    throw new BadOption(`--station is up to 40 letters, digits, - and _, and not __proto__; not "${station}".`);
  const hub = values.hub;
  if (hub !== undefined && !/^wss?:\/\//.test(hub))
    throw new BadOption(`--hub is an address like ws://host:port/hub, not "${hub}".`);
  const after = values['drill-after'] ?? String(DEFAULT_DRILL_AFTER);
  return {
    port: wholeNumber('port', values.port ?? String(DEFAULT_PORT), 65535),
    data: resolve(values.data ?? join(homedir(), '.opshall', profile)),
    profile,
    lang: oneOf('lang', values.lang ?? 'zh-CN', ['zh-CN', 'en']),
    listen: values.listen ?? LOOPBACK,
    station,
    hub,
    drillAfter: after === 'never' ? undefined : wholeNumber('drill-after', after, 86_400),
    drill: values.drill === undefined ? undefined : resolve(values.drill),
  };
}
