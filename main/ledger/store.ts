import type { ChainHead } from '../../core/ledger/chain.ts';
import type { Checkpoint } from '../../core/ledger/checkpoint.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import type { Have } from '../../core/ledger/order.ts';
import type { Seal } from '../../core/ledger/seal.ts';
import type { SubjectRange } from '../../core/ledger/subjects.ts';
import type { LedgerCommit } from '../../native/sqlite/ledgerStore.ts';

/**
 * Where a ledger's events lie. The ledger decides what is appended; the store makes it durable.
 * native/sqlite/ledgerStore.ts is the one on disk.
 */
export interface LedgerStore {
  /** The SQLite file that they lie in, for whoever reads many; null for a store that has none. */
  readonly file: string | null;
  /**
   * Appends all of them or none, and answers only when they would survive a power cut.
   *
   * @param more what changes with the same transaction: this file's own chain, seals of these events, keys of stations.
   */
  appendAll(events: readonly LedgerEvent[], more?: LedgerCommit): void;
  /** Events `from`, `from + 1`, … of one chain by its key, at most `limit`. */
  range(chain: string, from: number, limit: number): LedgerEvent[];
  /** The same as JSON, as it goes to other stations; up to the first that is missing. */
  wireTexts(chain: string, from: number, limit: number): string[];
  /** Every event of one subject, in no order that means anything. */
  ofSubject(subject: string): LedgerEvent[];
  /** Every event in merge order, in bounded memory. Appends may go on meanwhile; those are not seen. */
  all(): IterableIterator<LedgerEvent>;
  /** Every event beyond `have`, chain by chain, each by seq, in bounded memory. Appends may go on meanwhile. */
  after(have: Have): IterableIterator<LedgerEvent>;
  /** Every event in the order in which this store took them; otherwise as `all`. */
  asAppended(): IterableIterator<LedgerEvent>;
  /** Every event, or those of some subjects: those of one after another, in no order that means anything, in bounded memory; otherwise as `all`. */
  bySubject(range?: SubjectRange): IterableIterator<LedgerEvent>;
  /** The last event of every chain by its key: as dear as there are chains. */
  heads(): Map<string, ChainHead & { hlc: string }>;
  /** The last seal of a chain from `from` to `to`. */
  sealWithin(chain: string, from: number, to: number): Seal | undefined;
  /** The first seal of a chain from `from` on. */
  sealFrom(chain: string, from: number): Seal | undefined;
  /** The key that each station is bound to by its first seal. */
  keys(): Map<string, string>;
  /** The newest checkpoint. */
  checkpoint(): Checkpoint | null;
  addCheckpoint(checkpoint: Checkpoint): void;
  /** A small value kept beside the events: this file's chain name, its recovery. */
  note(key: string): string | undefined;
  setNote(key: string, value: string | null): void;
  /**
   * Writes so many characters durably and takes them back, to see whether the disk takes anything.
   *
   * @throws what an append would throw.
   */
  tryWrite(chars: number): void;
  close(): void;
}

/** Note that names the chain the file is written under. */
export const CHAIN_NOTE = 'chain';
/** Note of the last time that every event was verified: a {@link Verified}. */
export const VERIFIED_NOTE = 'verified';
/** Note that keeps a {@link Recovery} until a person has acknowledged it. */
export const RECOVERY_NOTE = 'recovery';
