import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import type { Notice } from '../../contract/features/notices.ts';
import type { PeerHealth } from '../../contract/features/sync.ts';
import type { Taken } from '../../core/ledger/stream.ts';
import type { Clock } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { NewestReject } from '../rejects/rejects.ts';
import type { Self } from './effect.ts';

export interface SyncOptions {
  ledger: Ledger;
  clock: Clock;
  log: Logger;
  /** This station's name; the same as the ledger's. */
  station: string;
  /** Tells this hall from others of its name: `instance` is kept in the data folder, `run` is made at each start. */
  self?: Self;
  /** Streams that are taken of other stations; absent: all but rehearsals. */
  streams?: Taken | undefined;
  /** JSON file that remembers the known peers and what each has acknowledged. */
  peersFile: string;
  /** Present on a hall that takes in others: the token they must show. */
  hub?: { token: string };
  /** Present on a station that joins a hub: `ws://host:port/hub`. */
  dial?: { url: string; token: string };
}

export interface SyncStatus {
  /**
   * single: no peer known and none to dial; online: every known peer is connected; lan: some are; alone: none; refused: none, and
   * the hub is there and does not let this station in.
   */
  link: 'single' | 'online' | 'lan' | 'alone' | 'refused';
  cut: boolean;
  /** Own events that at least one known peer has not acknowledged; with a hub to join and no peer known, all of them. */
  outbox: number;
  peers: PeerHealth[];
}

/** This station's exchange with its peers. Close it before the ledger. */
export interface Sync {
  status(): SyncStatus;
  /** What a person ought to know of the peers: clocks that are off, a hub that refuses us, a name used twice. */
  notices(): Notice[];
  /** Messages from peers that were refused, newest last, at most 100. */
  rejects(): NewestReject[];
  /** How many were refused since the start. */
  readonly rejected: number;
  /** Called soon after status, notices or rejects changed, at most ten times a second. */
  onChange(listener: () => void): () => void;
  /** Takes a WebSocket upgrade of the hall's HTTP server; false when the address is not `/hub`. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Closes every socket between this station and its peers, and refuses new ones until {@link mend}. */
  cut(): void;
  mend(): void;
  /** A station that will not come back: it is no longer waited for. */
  forget(station: string): void;
  close(): Promise<void>;
}
