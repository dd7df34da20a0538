import type { FeedHealth, Notice, StationView } from '../../../contract/features/station.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import {
  damagedNotice,
  forkNotice,
  keyChangedNotice,
  markNotice,
  notRecordingNotice,
  recoveryNotice,
  strangerNotice,
} from '../../notices/notices.ts';
import type { Sync } from '../../sync/sync.ts';

/** The station's strip: who it is, how it is connected, what is wrong. */
export function stationView(parts: {
  station: string;
  profile: StationView['profile'];
  version: string;
  startedAt: number;
  ledger: Ledger;
  sync: Sync;
  feeds: FeedHealth[];
  drill: StationView['drill'];
  ffmpeg: StationView['ffmpeg'];
  rejects: number;
  notices: readonly Notice[];
}): StationView {
  const { ledger, sync, notices, startedAt, ...plain } = parts;
  const { link, cut, outbox, peers } = sync.status();
  const status = ledger.status();
  const { last, running } = status.verification;
  return {
    ...plain,
    startedAt,
    link,
    cut,
    outbox,
    peers,
    ledger: {
      events: status.events,
      head: status.digest,
      recovery: status.recovery !== null,
      verifiedAt: last?.at ?? null,
      verifying: running && Math.min(1, running.events / Math.max(1, running.of)),
    },
    notices: [
      ...(status.notRecording ? [notRecordingNotice(status.notRecording)] : []),
      ...(status.recovery ? [recoveryNotice(status.recovery)] : []),
      ...(last && last.faults.length > 0 ? [damagedNotice(last)] : []),
      ...status.forks.map((fork) => forkNotice(fork, startedAt)),
      ...status.strangers.map((stranger) => strangerNotice(stranger, startedAt)),
      ...(status.keyChanged ? [keyChangedNotice(startedAt)] : []),
      ...(status.markTrouble ? [markNotice(status.markTrouble, startedAt)] : []),
      ...sync.notices(),
      ...notices,
    ],
  };
}
