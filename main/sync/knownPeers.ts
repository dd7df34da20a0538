import { readFileSync, renameSync, statSync } from 'node:fs';
import type { Logger } from 'pino';
import { z } from 'zod';
import { type Have, haveOf } from '../../core/ledger/order.ts';
import { splitKey, type Taken, takesStream } from '../../core/ledger/stream.ts';
import type { Clock } from '../clock.ts';
import { writeWhole } from '../files/writeWhole.ts';
import { isChainKey, isStationName } from '../ledger/chainName.ts';

const PeersFile = z.object({
  version: z.literal(3),
  peers: z.record(
    z.string(),
    z.object({
      acknowledged: z.record(z.string(), z.number().int().nonnegative()),
      takes: z.array(z.string()),
      since: z.number(),
    }),
  ),
});

/** What is remembered of a station that was once connected. */
export interface KnownPeer {
  /** How far it holds each of our own chains. */
  acknowledged: Have;
  /** Streams it takes of others. */
  takes: Taken;
  /** Wall time since when it has been connected, or away. */
  since: number;
}

/**
 * The stations this one has been connected to, and what each has acknowledged: so that after a restart the outbox still counts
 * what they lack. Losing the file loses nothing: they say it again in their hello.
 */
export interface KnownPeers {
  entries(): IterableIterator<[string, KnownPeer]>;
  get(station: string): KnownPeer | undefined;
  set(station: string, peer: KnownPeer): void;
  forget(station: string): void;
  /** Writes what has changed. */
  close(): void;
}

const WRITE_AFTER = 1000;
/** After a write that failed, in ms. */
const AGAIN_AFTER = 60_000;
/** Stations remembered: many times what a city has, and more than can be connected at a time. */
export const MOST_PEERS = 256;
/** Bytes of the file that are read: many times what that many stations need. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * @param held how far each of our own chains is held: nobody can have acknowledged more.
 * @param isHere whether a station is connected: then it is not forgotten.
 */
export function openKnownPeers(
  file: string,
  clock: Clock,
  log: Logger,
  held: () => Have = () => haveOf([]),
  isHere: (station: string) => boolean = () => false,
): KnownPeers {
  const peers = new Map<string, KnownPeer>(read(file, log));
  let cancel: (() => void) | null = null;
  let failing = false;

  const lacks = ({ acknowledged, takes }: KnownPeer): boolean =>
    Object.entries(acknowledged).some(
      ([chain, seq]) => takesStream(takes, splitKey(chain).stream) && seq < (held()[chain] ?? 0),
    );

  /** Makes room: those that hold all of ours first, then the one that has been away the longest. */
  const forgetOne = (): void => {
    const away = [...peers].filter(([station]) => !isHere(station)).sort(([, a], [, b]) => a.since - b.since);
    const [station] = away.find(([, peer]) => !lacks(peer)) ?? away[0] ?? [];
    if (station === undefined) return;
    peers.delete(station);
    log.warn({ station }, `more than ${MOST_PEERS} stations have been connected; this one is no longer waited for`);
  };
  const bound = (): void => {
    while (peers.size > MOST_PEERS) {
      const before = peers.size;
      forgetOne();
      if (peers.size === before) return;
    }
  };

  const writeNow = (): void => {
    cancel?.();
    cancel = null;
    try {
      writeWhole(file, JSON.stringify({ version: 3, peers: Object.fromEntries(peers) }, null, 2));
      failing = false;
    } catch (error) {
      if (!failing)
        log.warn(
          { err: error },
          `${file} could not be written; the peers' acknowledgements are asked for again at the next start`,
        );
      failing = true;
    }
  };
  const changed = (): void => {
    cancel ??= clock.setTimeout(writeNow, failing ? AGAIN_AFTER : WRITE_AFTER);
  };

  bound();
  return {
    entries: () => peers.entries(),
    get: (station) => peers.get(station),
    set(station, peer) {
      peers.set(station, peer);
      bound();
      changed();
    },
    forget(station) {
      if (peers.delete(station)) changed();
    },
    close() {
      if (cancel) writeNow();
    },
  };
}

/** Whatever is wrong with the file, the hall starts: it is set aside where that can be done, and passed over where not. */
function read(file: string, log: Logger): [string, KnownPeer][] {
  try {
    const found = statSync(file);
    const { size } = found;
    if (!found.isFile()) throw new TypeError('it is not a file');
    if (size > MOST_BYTES) throw new RangeError(`${size} bytes; at most ${MOST_BYTES} are read`);
    const { peers } = PeersFile.parse(JSON.parse(readFileSync(file, 'utf8')));
    return Object.entries(peers)
      .filter(([station]) => isStationName(station))
      .map(([station, { acknowledged, ...rest }]) => [
        station,
        { acknowledged: haveOf(Object.entries(acknowledged).filter(([chain]) => isChainKey(chain))), ...rest },
      ]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    const aside = `${file}.damaged`;
    log.warn({ err: error, file, aside }, 'the list of known peers cannot be read; it is set aside and starts empty');
    try {
      renameSync(file, aside);
    } catch (cause) {
      log.warn({ err: cause, file }, 'the list of known peers could not be set aside either');
    }
    return [];
  }
}
