import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Have } from '../../core/ledger/order.ts';
import type { Clock } from '../clock.ts';

const PeersFile = z.object({
  version: z.literal(1),
  peers: z.record(
    z.string(),
    z.object({ acknowledged: z.record(z.string(), z.number().int().nonnegative()), since: z.number() }),
  ),
});

/** What is remembered of a station that was once connected. */
export interface KnownPeer {
  /** How far it holds each of our own chains. */
  acknowledged: Have;
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

export function openKnownPeers(file: string, clock: Clock, log: Logger): KnownPeers {
  const peers = new Map<string, KnownPeer>(Object.entries(read(file, log)));
  let cancel: (() => void) | null = null;

  const writeNow = (): void => {
    cancel?.();
    cancel = null;
    try {
      const fresh = `${file}.fresh`;
      writeFileSync(fresh, JSON.stringify({ version: 1, peers: Object.fromEntries(peers) }, null, 2));
      renameSync(fresh, file);
    } catch (error) {
      log.warn(
        { err: error },
        `${file} could not be written; the peers' acknowledgements are asked for again at the next start`,
      );
    }
  };
  const changed = (): void => {
    cancel ??= clock.setTimeout(writeNow, WRITE_AFTER);
  };

  return {
    entries: () => peers.entries(),
    get: (station) => peers.get(station),
    set(station, peer) {
      peers.set(station, peer);
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

function read(file: string, log: Logger): Record<string, KnownPeer> {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    return {};
  }
  try {
    return PeersFile.parse(JSON.parse(readFileSync(file, 'utf8'))).peers;
  } catch (error) {
    const aside = `${file}.damaged`;
    log.warn({ err: error, file, aside }, 'the list of known peers cannot be read; it was set aside and starts empty');
    renameSync(file, aside);
    return {};
  }
}
