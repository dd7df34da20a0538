import type { Logger } from 'pino';
import type { Sha256 } from '../../core/ledger/chain.ts';
import type { isCheckpointDue } from '../../core/ledger/checkpoint.ts';
import type { EventDraft, Stamp } from '../../core/ledger/envelope.ts';
import type { Signer, VerifySignature } from '../../core/ledger/seal.ts';
import type { Clock } from '../clock.ts';
import type { Recovery } from './fault.ts';
import type { HeadMark } from './headMark.ts';
import type { LedgerStore } from './store.ts';
import type { Verified, Verifier } from './verification.ts';

/** What createLedger needs; `openLedger` puts it together for a data folder. */
export interface LedgerParts {
  store: LedgerStore;
  station: string;
  /** The chain to write to. */
  chain: string;
  clock: Clock;
  log: Logger;
  sha256: Sha256;
  /** Says where a draft belongs; absent: all that is written is of the first version and of the stream `ops`. */
  stamp?: ((draft: EventDraft) => Stamp) | undefined;
  signer: Signer;
  verifySignature: VerifySignature;
  recovery: Recovery | null;
  /** The last time that every event was verified. */
  verified: Verified | null;
  verifier: Verifier;
  /** Runs `flush` soon: callers of the same turn of the event loop share one transaction. */
  schedule?: (flush: () => void) => void;
  /** Ms within which groups that follow closely on each other are sealed together; absent: each is sealed with its commit. */
  sealWithin?: number;
  /** Whether it is time for another checkpoint; absent: as core/ledger has it. */
  checkpointDue?: typeof isCheckpointDue;
  /** Told of where the own chains stand after each commit: their name, and the head in each stream. */
  onHead?(mark: HeadMark): void;
  /** Closes the store and what else belongs to it. */
  onClosed(): void;
}
