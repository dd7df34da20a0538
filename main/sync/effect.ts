import type { Seal } from '../../core/ledger/seal.ts';
import type { Taken } from '../../core/ledger/stream.ts';
import type { Text } from '../../core/words.ts';

/** Both clocks at one moment, in ms. */
export interface Moment {
  wall: number;
  mono: number;
}

/** What a session wants done. It does nothing by itself: it has no clock, no socket and no disk. */
export type Effect =
  | { do: 'send'; text: string }
  /** Hand these to the ledger, and its answer to `ingested`. */
  | { do: 'ingest'; batch: number; events: readonly unknown[]; seals: readonly Seal[] }
  /** Something that came was not taken: count and keep it. `loud` is false once there are too many to speak of each. */
  | { do: 'reject'; path: string; message: Text; excerpt: string; loud: boolean }
  /** The peer turned somebody away who used our name. */
  | { do: 'twin'; why: TwinKind }
  | { do: 'close'; why: CloseReason; message: string };

/** same-name: another station of the name; copy: one with a copied data folder; self: this very hall. */
export type TwinKind = 'same-name' | 'copy';
export type CloseReason = TwinKind | 'self' | 'protocol' | 'silent' | 'overrun' | 'refused';

/** Who is at the other end. `instance` and `run` are null for a version that does not say them. */
export interface PeerIdentity {
  station: string;
  chain: string;
  instance: string | null;
  run: string | null;
  /** Streams it takes of others. */
  takes: Taken;
}

/** Tells this hall from others of its name, in its hello. */
export interface Self {
  instance: string;
  run: string;
}
