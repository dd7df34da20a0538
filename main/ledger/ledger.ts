import type { ChainHead } from '../../core/ledger/chain.ts';
import type { EventDraft, LedgerEvent } from '../../core/ledger/envelope.ts';
import type { Have } from '../../core/ledger/order.ts';
import type { Seal } from '../../core/ledger/seal.ts';
import type { SubjectRange } from '../../core/ledger/subjects.ts';
import type { DiskTrouble } from '../files/trouble.ts';
import type { Recovery } from './fault.ts';
import type { VerificationStatus, Verified } from './verification.ts';

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
  /** No seal of its station covers it yet: it waits like a gap. */
  | 'unsealed'
  /** It is sealed by another key than the one its station is bound to. */
  | 'foreign-key'
  /** There is no room for another chain. */
  | 'too-many'
  /** Its stream is not taken here. */
  | 'not-taken';

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
  /** Its key. */
  chain: string;
  seq: number;
  /** Station that sent the other version. */
  from: string;
}

/** Somebody who writes in a station's name without its key. */
export interface Stranger {
  /** Key of the chain. */
  chain: string;
  /** Station that sent it. */
  from: string;
}

/** The disk refuses what the ledger writes. */
export interface NotRecording {
  /** Wall time since when. */
  since: number;
  trouble: DiskTrouble;
  /** What the hall found meanwhile and holds in memory, to be written when the disk takes it again. */
  unwritten: number;
}

export interface LedgerStatus {
  chain: string;
  events: number;
  digest: string;
  recovery: Recovery | null;
  forks: readonly Fork[];
  strangers: readonly Stranger[];
  /** This folder's key is not the one its own chains are bound to: other stations take nothing of what is written now. */
  keyChanged: boolean;
  notRecording: NotRecording | null;
  /** Why the mark that shows a lost end (ledger.head) cannot be written; null while it can. */
  markTrouble: DiskTrouble | null;
  /** When every event was last verified, and how far it is under way. */
  verification: VerificationStatus;
}

/** What happens in a ledger, in this order for each event: fold, then committed, or rolledBack, or kept and later committed. */
export interface LedgerListener {
  /** Sealed, not yet durable: fold it, so that the next decision sees it. Tell nobody before `committed` or `kept`. */
  fold?(events: readonly LedgerEvent[]): void;
  /** Durable. Called before the one who asked for it is answered. */
  committed?(events: readonly LedgerEvent[], origin: 'local' | 'peer'): void;
  /** Own events that were committed without a seal have one now: other stations may be sent them. */
  sealed?(): void;
  /** Folded and in memory only, because the disk refuses it: show it, send it to no other station. It is committed later. */
  kept?(events: readonly LedgerEvent[]): void;
  /** The group could not be written: these subjects have to be folded again from `eventsOf`. */
  rolledBack?(subjects: readonly string[]): void;
  /** `status()` answers something else than before: a recovery acknowledged, a fork found, the disk refuses or takes again. */
  changed?(): void;
}

/** The events of this station and of every other, each chain verified, all that is here durable. */
export interface Ledger {
  /** Name of the chains this station writes to, the same in every stream: its own, or `<station>~2` … after a recovery. */
  readonly chain: string;
  /** Names of every chain this station has ever written to, as far as the ledger knows. */
  ownChains(): string[];
  /** Keys (`ops/<name>`) of those of them that have an event. */
  ownKeys(): string[];
  /** The file that the durable ones lie in, as `events`; null where there is none. */
  readonly file: string | null;
  /** Number of events held. */
  readonly count: number;
  status(): LedgerStatus;
  /**
   * Decides and writes. Thunks are run one after another, each seeing what those before it decided; what they answer is
   * sealed, folded, and made durable in one transaction for all that are waiting. An empty answer writes nothing.
   *
   * @param options keep: for what the hall itself finds. When the disk says no it takes effect in memory all the same, is
   *   decided once more for that, and is written first of all when the disk takes it again (L12a).
   * @throws what `decide` throws; {@link LedgerWriteError} when the disk says no: then nothing of the group was written.
   */
  transact(decide: () => readonly EventDraft[], options?: { keep?: boolean }): Promise<LedgerEvent[]>;
  /**
   * Takes events from a peer, each chain up to the last of them that one of `seals` covers (L19). Never throws for what a peer sent; rejects with
   * {@link LedgerWriteError} when the disk says no.
   */
  ingest(events: readonly unknown[], from: string, seals: readonly Seal[]): Promise<IngestResult>;
  /** How far each chain is durably held, by key. */
  have(): Have;
  /** Last durable event of each chain, by key. */
  heads(): Readonly<Record<string, ChainHead>>;
  /** Durable events of one chain, by its key, from `from` on, at most `limit`. */
  range(chain: string, from: number, limit: number): LedgerEvent[];
  /** The same as JSON, as it goes to other stations; without a gap. */
  wireTexts(chain: string, from: number, limit: number): string[];
  /** The last seal of a chain from `from` to `to`. */
  sealWithin(chain: string, from: number, to: number): Seal | undefined;
  /** The first seal of a chain from `from` on. */
  sealFrom(chain: string, from: number): Seal | undefined;
  /** Every durable event in merge order, in bounded memory. For rebuilding from nothing. */
  all(): IterableIterator<LedgerEvent>;
  /** Every durable event beyond `have`, chain by chain, in bounded memory. For what stands at an earlier position. */
  after(have: Have): IterableIterator<LedgerEvent>;
  /** Every durable event in the order in which this ledger took them, in bounded memory. */
  asAppended(): IterableIterator<LedgerEvent>;
  /** Every durable event, or those of some subjects: those of one after another, in no order that means anything, in bounded memory. */
  bySubject(range?: SubjectRange): IterableIterator<LedgerEvent>;
  /** Every event of one subject, those folded but not yet durable among them. For projections. */
  eventsOf(subject: string): LedgerEvent[];
  /** Those of them that are not in the file yet. */
  inMemoryOf(subject: string): LedgerEvent[];
  /** Equal on two stations exactly when they hold the same events. */
  digest(): string;
  /** Whether any event of the subject is in memory only. */
  isUnwritten(subject: string): boolean;
  /** Writes what is held in memory, or tries to write; `status().notRecording` says how it went. */
  tryDisk(): void;
  /**
   * A person has read of the recovery; it is no longer shown.
   *
   * @throws LedgerWriteError
   */
  acknowledgeRecovery(): void;
  /**
   * Verifies every event beside the work; asked again meanwhile, it is the same. What it finds is shown, and the next start recovers.
   *
   * @throws Error when it could not be done.
   */
  verify(): Promise<Verified>;
  listen(listener: LedgerListener): () => void;
  /** Writes what waits, then closes the file and lets go of the folder. */
  close(): Promise<void>;
}
