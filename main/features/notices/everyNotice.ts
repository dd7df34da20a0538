import type { Notice } from '../../../contract/features/notices.ts';
import type { LedgerStatus } from '../../ledger/ledger.ts';
import {
  damagedNotice,
  forkNotice,
  keyChangedNotice,
  markNotice,
  notRecordingNotice,
  recoveryNotice,
  strangerNotice,
} from '../../notices/ledger.ts';

/** Every notice there is, each id once: first those of the ledger itself, then those of the links, then what everybody else has found. */
export function everyNotice({
  ledger,
  links,
  board,
  startedAt,
}: {
  ledger: LedgerStatus;
  links: readonly Notice[];
  board: readonly Notice[];
  startedAt: number;
}): readonly Notice[] {
  const { last } = ledger.verification;
  const all = [
    ...(ledger.notRecording ? [notRecordingNotice(ledger.notRecording)] : []),
    ...(ledger.recovery ? [recoveryNotice(ledger.recovery)] : []),
    ...(last && last.faults.length > 0 ? [damagedNotice(last)] : []),
    ...ledger.forks.map((fork) => forkNotice(fork, startedAt)),
    ...ledger.strangers.map((stranger) => strangerNotice(stranger, startedAt)),
    ...(ledger.keyChanged ? [keyChangedNotice(startedAt)] : []),
    ...(ledger.markTrouble ? [markNotice(ledger.markTrouble, startedAt)] : []),
    ...links,
    ...board,
  ];
  return [...new Map(all.map((notice) => [notice.id, notice])).values()];
}
