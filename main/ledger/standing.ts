import type { ChainHead } from '../../core/ledger/chain.ts';
import { isCheckpointDue } from '../../core/ledger/checkpoint.ts';
import { checkpointText } from '../../core/ledger/seal.ts';
import { chainKey } from '../../core/ledger/stream.ts';
import { type DiskTrouble, diskTroubleOf } from '../files/trouble.ts';
import type { Chains } from './chains.ts';
import type { HeadMark } from './headMark.ts';
import type { LedgerParts } from './ledgerParts.ts';

/** Notes after each commit where everything stands: what a start compares with, and verifies from. */
export interface Standing {
  /** Why `ledger.head` cannot be written; null while it can. */
  readonly markTrouble: DiskTrouble | null;
  note(): void;
}

/**
 * @param stand asked for the digest only when a checkpoint is due
 * @param changed the mark cannot be written, or can again
 */
export function createStanding(
  parts: Pick<LedgerParts, 'store' | 'clock' | 'log' | 'signer' | 'onHead' | 'checkpointDue'>,
  chains: Pick<Chains, 'own' | 'streams'>,
  stand: {
    durable(): ReadonlyMap<string, ChainHead>;
    count(): number;
    heads(): Readonly<Record<string, ChainHead>>;
    digest(): string;
  },
  changed: () => void,
): Standing {
  const { store, clock, log, checkpointDue = isCheckpointDue } = parts;
  let markTrouble: DiskTrouble | null = null;
  let checkpoint = store.checkpoint();

  const writeMark = (): void => {
    if (!parts.onHead) return;
    const durably = stand.durable();
    const mark: HeadMark = { chain: chains.own, heads: {} };
    for (const stream of chains.streams()) {
      const head = durably.get(chainKey({ stream, station: chains.own }));
      if (head) mark.heads[stream] = head;
    }
    let trouble: DiskTrouble | null = null;
    try {
      parts.onHead(mark);
    } catch (error) {
      // The events are durable; only a later loss of the ledger's end would go unnoticed.
      trouble = diskTroubleOf(error);
      if (markTrouble === null) log.error({ err: error }, 'ledger.head could not be written');
    }
    if (trouble?.kind === markTrouble?.kind) return;
    markTrouble = trouble;
    changed();
  };

  /** Now and then, so that a start has little to verify. Without it that only takes longer. */
  const writeCheckpoint = (): void => {
    const events = stand.count();
    const at = clock.now();
    if (!checkpointDue(checkpoint, events, at)) return;
    try {
      const sig = parts.signer.sign(checkpointText({ at, events }, stand.digest()));
      const next = { at, events, heads: stand.heads(), sig };
      store.addCheckpoint(next);
      checkpoint = next;
    } catch (error) {
      log.warn({ err: error }, 'a checkpoint could not be written to ledger.db');
    }
  };

  return {
    get markTrouble() {
      return markTrouble;
    },
    note() {
      writeMark();
      writeCheckpoint();
    },
  };
}
