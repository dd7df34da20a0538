import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { createTopicCollections } from '../../../contract/wire/collection.ts';
import { alarmAggregate, alarmSubject } from '../../../core/alarms/alarm.ts';
import { decideAlarm } from '../../../core/alarms/decide.ts';
import { decideIncident } from '../../../core/incidents/decide.ts';
import { incidentAggregate } from '../../../core/incidents/incident.ts';
import type { EventDraft } from '../../../core/ledger/envelope.ts';
import type { Level } from '../../../core/words.ts';
import { systemClock } from '../../../main/clock.ts';
import { createDomain, type Domain } from '../../../main/domain/domain.ts';
import { showingOf } from '../../../main/kernel/declared.ts';
import { openViews } from '../../../main/kernel/openViews.ts';
import { createLedger } from '../../../main/ledger/createLedger.ts';
import { sha256 } from '../../../main/ledger/sha256.ts';
import { createNoticeBoard } from '../../../main/notices/noticeBoard.ts';
import { openLedgerStore } from '../../../native/sqlite/ledgerStore.ts';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import { DECIDING, DECLARED, finding } from '../../fakes/domainRig.ts';
import { partsFor } from '../../fakes/ledgerStore.ts';
import type { Folders } from './folders.ts';
import { STATION } from './generate.ts';
import { quantile } from './spread.ts';

/** Subjects that the decisions are about, of each kind. */
const SUBJECTS = 40;
const WARM = 20;
/** Decisions on each subject in a round. */
const TURNS = 20;

/** Ms for one event, by what it is about. */
interface Cost {
  alarm: number;
  incident: number;
}

/**
 * `event`: one decided event until it is folded, published and made into text for windows, without the disk. Half of them are about
 * alarms, half about incidents.
 */
export async function event({ full, empty, effort }: Folders): Promise<BenchRow[]> {
  const [large, small] = [await openStation(full), await openStation(empty)];
  const costs: Record<'large' | 'small', Cost[]> = { large: [], small: [] };
  for (const station of [small, large]) await station.decide(WARM);
  for (let round = 0; round < effort.rounds; round++) {
    costs.small.push(await small.decide(TURNS));
    costs.large.push(await large.decide(TURNS));
  }
  large.close();
  small.close();
  const median = (which: 'large' | 'small', of: (cost: Cost) => number) => quantile(costs[which].map(of), 0.5);
  const row = (id: string, what: string, of: (cost: Cost) => number): BenchRow => {
    const [value, floor] = [median('large', of), median('small', of)];
    return { id, what, value, unit: 'ms', ratio: value / floor, against: floor };
  };
  const both = row('event', 'one event decided, folded, published', ({ alarm, incident }) => (alarm + incident) / 2);
  return [
    { ...both, limit: { most: 1.5, of: 'ratio' } },
    row('event-alarm', '  of them about alarms', ({ alarm }) => alarm),
    row('event-incident', '  of them about incidents', ({ incident }) => incident),
  ];
}

/** The hall's ledger, domain and topics as main/hall.ts wires them, over a store that reads from the disk and writes nothing. */
async function openStation(dir: string) {
  const clock = systemClock();
  const log = pino({ level: 'silent' });
  const store = openLedgerStore(join(dir, 'ledger.db'));
  const ledger = createLedger({
    store: { ...store, appendAll() {}, addCheckpoint() {} },
    ...{ station: STATION, chain: STATION, clock, sha256, recovery: null, ...partsFor(STATION) },
    log,
    // Without waiting for the next turn of the event loop, which is no work.
    schedule: queueMicrotask,
    onClosed: () => store.close(),
  });
  // Beside the folder's own: nothing that is decided here comes into its ledger.
  const dataDir = join(dir, 'event');
  mkdirSync(dataDir);
  const views = await openViews({
    ...{ dataDir, ledger, declared: DECLARED, version: 'bench', clock, log, notices: createNoticeBoard() },
  });
  const topics = createTopicCollections({ shown: true });
  const domain = createDomain({ ledger, views, kinds: DECLARED.kinds });
  domain.begin(showingOf(DECIDING, { clock, ledger, topics, domain }).shows);
  const alarms = Array.from({ length: SUBJECTS }, (_, i) => `bench-${i}`);
  const incidents = alarms.map((name) => `incident:${name}`);
  for (const id of incidents) await open(domain, id);
  let turn = 0;

  const timed = async (
    subjects: readonly string[],
    turns: number,
    decide: (subject: string) => readonly EventDraft[],
  ) => {
    const began = performance.now();
    let events = 0;
    for (let i = 0; i < turns; i++) {
      turn++;
      for (const subject of subjects) events += (await domain.execute(() => decide(subject))).length;
    }
    return (performance.now() - began) / events;
  };
  return {
    async decide(turns: number): Promise<Cost> {
      const alarm = await timed(alarms, turns, (sensor) => {
        const state = domain.of(alarmAggregate).get(alarmSubject('waterlogging', sensor));
        if (state.state === 'unacknowledged') return decideAlarm(state, { do: 'acknowledge', actor: 'duty' });
        if (state.state === 'acknowledged')
          return decideAlarm(state, { do: 'clear', value: 0, actor: 'rule.waterlogging' });
        return decideAlarm(state, { do: 'raise', finding: finding(3, sensor), actor: 'rule.waterlogging' });
      });
      const incident = await timed(incidents, turns, (id) =>
        decideIncident(domain.of(incidentAggregate).get(id), {
          ...{ do: 'set-level', level: (2 + (turn % 2)) as Level, reason: '复核', actor: 'commander' },
        }),
      );
      return { alarm, incident };
    },
    close() {
      views.close();
      void ledger.close();
    },
  };
}

const open = (domain: Domain, id: string) =>
  domain.execute(() => {
    const { title, place } = finding(4);
    const command = { do: 'open', type: 'urban-flooding', title, place, level: 4, alarm: null, actor: 'duty' } as const;
    return decideIncident(domain.of(incidentAggregate).get(id), command);
  });
