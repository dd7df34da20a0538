import type { StationView } from '../../../contract/features/station.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Sync } from '../../sync/sync.ts';

/** The station's strip: who it is, and how it is connected. */
export function stationView(parts: {
  station: string;
  name: StationView['name'];
  simulated: boolean;
  version: string;
  startedAt: number;
  ledger: Ledger;
  sync: Sync;
  drill: StationView['drill'];
  ffmpeg: StationView['ffmpeg'];
  rejects: number;
}): StationView {
  const { ledger, sync, startedAt, ...plain } = parts;
  const { link, cut, outbox } = sync.status();
  const status = ledger.status();
  const { last, running } = status.verification;
  return {
    ...plain,
    startedAt,
    link,
    cut,
    outbox,
    ledger: {
      events: status.events,
      head: status.digest,
      recovery: status.recovery !== null,
      verifiedAt: last?.at ?? null,
      verifying: running && Math.min(1, running.events / Math.max(1, running.of)),
    },
  };
}
