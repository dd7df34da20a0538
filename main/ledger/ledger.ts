import type { ChainHead } from '../../core/ledger/chain.ts';
import type { EventDraft, LedgerEvent } from '../../core/ledger/envelope.ts';
import type { Have } from '../../core/ledger/order.ts';
import type { Recovery } from './fault.ts';

/** Why an event from a peer was not taken. */
export type IngestRefusal =
  | 'malformed'
  | 'too-large'
  | 'gap'
  | 'fork'
  | 'broken-link'
  | 'altered'
  | 'misnamed'
  /** The chain is this station's own, and it did not write the event. */
  | 'foreign'
  /** There is no room for another chain. */
  | 'too-many';

export interface IngestResult {
  /** Events that are new here, and durable now. */
  accepted: number;
  /** Events that were here already. */
  repeated: number;
  refused: { id: string; reason: IngestRefusal; message: string }[];
  /** How far each chain is held after it. */
  have: Have;
}

/** A chain of which somebody holds another version. */
export interface Fork {
  chain: string;
  seq: number;
  /** Station that sent the other version. */
  from: string;
}

export interface LedgerStatus {
  chain: string;
  events: number;
  digest: string;
  recovery: Recovery | null;
  forks: readonly Fork[];
}

/** What happens in a ledger, in this order for each event: fold, then either committed or rolledBack. */
export interface LedgerListener {
  /** Sealed, not yet durable: fold it, so that the next decision sees it. Tell nobody. */
  fold?(events: readonly LedgerEvent[]): void;
  /** Durable. Called before the one who asked for it is answered. */
  committed?(events: readonly LedgerEvent[], origin: 'local' | 'peer'): void;
  /** The group could not be written: these subjects have to be folded again from `eventsOf`. */
  rolledBack?(subjects: readonly string[]): void;
  /** `status()` answers something else than before: a recovery acknowledged, a fork found. */
  changed?(): void;
}

/** The events of this station and of every other, each chain verified, all that is here durable. */
export interface Ledger {
  /** The chain this station writes to: its name, or `<station>~2` … after a recovery. */
  readonly chain: string;
  /** Every chain this station has ever written to, as far as the ledger knows. */
  ownChains(): string[];
  /** Number of events held. */
  readonly count: number;
  status(): LedgerStatus;
  /**
   * Decides and writes. Thunks are run one after another, each seeing what those before it decided; what they answer is
   * sealed, folded, and made durable in one transaction for all that are waiting. An empty answer writes nothing.
   *
   * @throws what `decide` throws; {@link LedgerWriteError} when the disk says no: then nothing of the group was written.
   */
  transact(decide: () => readonly EventDraft[]): Promise<LedgerEvent[]>;
  /** Takes events from a peer. Never throws for what a peer sent; rejects with {@link LedgerWriteError} when the disk says no. */
  ingest(events: readonly unknown[], from: string): Promise<IngestResult>;
  /** How far each chain is durably held. */
  have(): Have;
  heads(): Readonly<Record<string, ChainHead>>;
  /** Durable events of one chain from `from` on, at most `limit`. */
  range(station: string, from: number, limit: number): LedgerEvent[];
  /** Every durable event in merge order, in bounded memory. */
  all(): IterableIterator<LedgerEvent>;
  /** Every event of one subject, those folded but not yet durable among them. For projections. */
  eventsOf(subject: string): LedgerEvent[];
  /** Equal on two stations exactly when they hold the same events. */
  digest(): string;
  /** A person has read of the recovery; it is no longer shown. */
  acknowledgeRecovery(): void;
  listen(listener: LedgerListener): () => void;
  /** Writes what waits, then closes the file and lets go of the folder. */
  close(): Promise<void>;
}
