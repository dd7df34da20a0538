import type { Kernel } from './kernel.ts';

/** What monitoring is told, without a token: nothing secret. */
export function healthOf({ station, simulated, version, ledger, feeds, sync }: Kernel): object {
  const { events, digest, recovery, notRecording, verification } = ledger.status();
  return {
    status: notRecording ? 'not-recording' : recovery ? 'recovery' : 'ok',
    station,
    simulated,
    version,
    ledger: {
      ...{ events, head: digest, recovery: recovery !== null },
      recording: notRecording === null,
      unwritten: notRecording?.unwritten ?? 0,
      damaged: (verification.last?.faults.length ?? 0) > 0,
    },
    feeds: feeds
      .health()
      .map(({ id, state, received, rejected, dropped }) => ({ id, state, received, rejected, dropped })),
    peers: sync.status().peers.map(({ station: peer, state, behind }) => ({ station: peer, state, behind })),
  };
}
