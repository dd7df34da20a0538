import { join } from 'node:path';
import { alarmSubject } from '../../core/alarms/alarm.ts';
import { openLedgerStore } from '../../native/sqlite/ledgerStore.ts';
import { paintNothing } from '../../scripts/drill/paintNothing.ts';
import { openFeedSource } from './feedSource.ts';
import { startHall } from './hallProcess.ts';
import { startNoteStream } from './noteStream.ts';
import { until } from './until.ts';
import { openWindow } from './window.ts';

/** What came of killing a hall again and again. */
export interface KillReport {
  kills: number;
  acknowledged: number;
  /** Acknowledged and not in the ledger. */
  lost: string[];
  /** In the ledger twice. */
  repeated: string[];
  /** Own events whose numbers do not follow one another. */
  gaps: number;
  /** Times /healthz said anything but ok after a start. */
  unwell: number;
}

/**
 * Kills a hall (SIGKILL) in the middle of decisions that are written as fast as they are answered, and starts it anew, so many times.
 *
 * @param options.random 0 ≤ r < 1: how many decisions pass before each kill.
 * @param options.onRound told after every start that followed a kill.
 */
export async function killRounds(options: {
  dataDir: string;
  rounds: number;
  random: () => number;
  onRound?: (round: number, acknowledged: number, pid: number) => void;
}): Promise<KillReport> {
  const { dataDir, rounds, random } = options;
  paintNothing(dataDir);
  const source = await openFeedSource();
  const start = (port: number) =>
    startHall({ dataDir, port, env: { OPSHALL_CITY_FEED: source.url }, args: ['--drill-after', 'never'] });
  let hall = await start(0);
  const window = await openWindow(hall, 'commander');
  let unwell = 0;
  let stream: ReturnType<typeof startNoteStream> | undefined;
  try {
    await until(() => source.listeners === 1, { what: 'the feed' });
    source.hold('WL-001', 0.6);
    const alarm = alarmSubject('waterlogging', 'WL-001');
    await window.see('alarms', alarm, (view) => view.level === 2);
    const { incident } = await window.call('incidents.open', { alarm });
    stream = startNoteStream(window, incident);
    for (let round = 1; round <= rounds; round++) {
      const enough = stream.acknowledged.length + 2 + Math.floor(random() * 40);
      const { acknowledged } = stream;
      await until(() => acknowledged.length >= enough, { within: 60_000, what: `decisions before kill ${round}` });
      await hall.kill();
      hall = await start(hall.port);
      await until(() => window.client.fresh('runs'), { within: 60_000, what: `the window after kill ${round}` });
      const health = (await (await fetch(`${hall.url}/healthz`)).json()) as { status: string };
      if (health.status !== 'ok') unwell++;
      options.onRound?.(round, acknowledged.length, hall.pid);
    }
  } finally {
    await stream?.stop();
    window.close();
    await hall.stop();
    await source.close();
  }
  return { kills: rounds, acknowledged: stream.acknowledged.length, unwell, ...inLedger(dataDir, stream.acknowledged) };
}

function inLedger(dataDir: string, promised: readonly string[]): Pick<KillReport, 'lost' | 'repeated' | 'gaps'> {
  const store = openLedgerStore(join(dataDir, 'ledger.db'));
  const times = new Map<string, number>();
  const seqs: number[] = [];
  for (const event of store.all()) {
    if (event.station === 'A') seqs.push(event.seq);
    if (event.type !== 'incident.noted') continue;
    const text = String(event.body.text);
    times.set(text, (times.get(text) ?? 0) + 1);
  }
  store.close();
  seqs.sort((a, b) => a - b);
  return {
    lost: promised.filter((text) => !times.has(text)),
    repeated: [...times].filter(([, n]) => n > 1).map(([text]) => text),
    gaps: seqs.filter((seq, i) => seq !== i + 1).length,
  };
}
