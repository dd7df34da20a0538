import { setImmediate as nextTurn } from 'node:timers/promises';
import { pino } from 'pino';
import { z } from 'zod';
import { alarmAggregate, decideAlarm } from '../../core/alarms/alarm.ts';
import { decideIncident, incidentAggregate } from '../../core/incidents/incident.ts';
import { documentSubject } from '../../core/ledger/documents.ts';
import type { EventDraft, LedgerEvent } from '../../core/ledger/envelope.ts';
import { firstVersions, stamper } from '../../core/ledger/family.ts';
import type { Have } from '../../core/ledger/order.ts';
import { type Aggregate, createProjection, type Projection } from '../../core/ledger/projection.ts';
import { OPS } from '../../core/ledger/stream.ts';
import { refusedDraft } from '../../core/people/audit.ts';
import { decideRun } from '../../core/plans/decide.ts';
import { PLAN_DOCUMENT, planDraft, planHash } from '../../core/plans/document.ts';
import { runAggregate } from '../../core/plans/evolve.ts';
import { PlanTemplate } from '../../core/plans/template.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Clock } from '../../main/clock.ts';
import { FAMILIES } from '../../main/domain/families.ts';
import { createLedger } from '../../main/ledger/createLedger.ts';
import type { Ledger } from '../../main/ledger/ledger.ts';
import { sha256 } from '../../main/ledger/sha256.ts';
import { createLink, type Link } from '../../main/sync/link.ts';
import { createWireTexts } from '../../main/sync/wireTexts.ts';
import type { FakeClock } from '../fakes/clock.ts';
import { createMemoryLedgerStore, type MemoryLedgerStore, partsFor } from '../fakes/ledgerStore.ts';
import type { FakeNetwork } from '../fakes/network.ts';

const log = pino({ level: 'silent' });

/** Remembers every event in the order of the fold: any difference in order between two stations shows. */
const tallyAggregate: Aggregate<string[]> = {
  kind: 'tally',
  stream: OPS,
  initialState: () => [],
  evolve: (ids, event) => [...ids, event.id],
  events: firstVersions({ 'tally.counted': z.object({ n: z.number() }) }),
};

const text = (en: string) => ({ zh: en, en });

const PLAN = PlanTemplate.parse({
  plan: 'flood',
  version: 1,
  status: 'approved',
  name: text('flood'),
  fits: { incidents: ['flood'], level: 4 },
  lanes: [{ id: 'fire', department: 'fire', title: text('fire') }],
  steps: [
    { id: 'go', lane: 'fire', title: text('go') },
    {
      id: 'how',
      lane: 'fire',
      title: text('how'),
      kind: 'decision',
      options: [
        { id: 'pump', title: text('pump') },
        { id: 'wait', title: text('wait') },
      ],
    },
    { id: 'pump', lane: 'fire', title: text('pump'), needs: ['go'], when: { step: 'how', option: 'pump' } },
  ],
});
const HASH = planHash(PLAN, sha256);
const IN_COMMAND = { incident: 'incident:1', actor: 'commander' };
const PLACE = { lon: 1, lat: 2, name: text('here') };

/** What a person or rule at a simulated station tries to do; most are refused in most states, as in life. */
export type Deed = (station: SimStation, n: number) => readonly EventDraft[];

type Projections = {
  tally: Projection<string[]>;
  alarm: Projection<ReturnType<typeof alarmAggregate.initialState>>;
  incident: Projection<ReturnType<typeof incidentAggregate.initialState>>;
  run: Projection<ReturnType<typeof runAggregate.initialState>>;
};

const alarm = (station: SimStation) =>
  station.views.alarm.get('alarm:level:1') ?? alarmAggregate.initialState('alarm:level:1');
const incident = (station: SimStation) =>
  station.views.incident.get('incident:1') ?? incidentAggregate.initialState('incident:1');
const run = (station: SimStation) => station.views.run.get('run:1') ?? runAggregate.initialState('run:1');
const finding = (level: 1 | 2 | 3 | 4) => ({
  rule: 'level',
  title: text('water'),
  level,
  source: { kind: 'sensor', id: '1' },
  value: level,
  unit: 'm',
  place: PLACE,
});
const level = (n: number) => ((n % 4) + 1) as 1 | 2 | 3 | 4;

export const DEEDS: readonly Deed[] = [
  (_, n) => [{ type: 'tally.counted', subject: `tally:${n % 3}`, actor: 'duty', body: { n } }],
  (s, n) => decideAlarm(alarm(s), { do: 'raise', finding: finding(level(n)), actor: 'rule' }),
  (s) => decideAlarm(alarm(s), { do: 'acknowledge', actor: 'duty' }),
  (s, n) => decideAlarm(alarm(s), { do: 'clear', value: n, actor: 'rule' }),
  (s, n) => decideAlarm(alarm(s), { do: 'link', incident: `incident:${n % 2}`, actor: 'duty' }),
  (s, n) =>
    decideIncident(incident(s), {
      do: 'open',
      type: 'flood',
      title: text('flood'),
      place: PLACE,
      level: level(n),
      alarm: null,
      actor: 'duty',
    }),
  (s, n) => decideIncident(incident(s), { do: 'set-level', level: level(n), reason: 'worse', actor: 'commander' }),
  (s, n) => decideIncident(incident(s), { do: 'note', text: `note ${n}`, actor: 'duty' }),
  (s) => {
    const launched = decideRun(run(s), { do: 'launch', plan: PLAN, hash: HASH, ...IN_COMMAND });
    const held = s.ledger.eventsOf(documentSubject(PLAN_DOCUMENT, HASH));
    const isHeld = held.some(({ station }) => station === s.ledger.chain);
    return launched.length === 0 || isHeld ? launched : [planDraft(PLAN, HASH, 'commander'), ...launched];
  },
  (s) => decideRun(run(s), { do: 'acknowledge', step: 'go', actor: 'fire' }),
  (s) => decideRun(run(s), { do: 'finish', step: 'go', note: null, actor: 'fire' }),
  (s) => decideRun(run(s), { do: 'skip', step: 'go', reason: 'no road', actor: 'commander' }),
  (s, n) => decideRun(run(s), { do: 'decide', step: 'how', option: n % 2 ? 'pump' : 'wait', actor: 'commander' }),
  (s, n) => decideAlarm(alarm(s), { do: 'shelve', minutes: n + 1, reason: 'works', actor: 'duty' }),
  (s) => decideAlarm(alarm(s), { do: 'unshelve', actor: 'duty' }),
  (s, n) => {
    const terms = { direction: 'high' as const, at: n, for: 0 };
    return decideAlarm(alarm(s), { do: 'hold', terms, station: s.name, actor: 'rule' });
  },
  // Another stream: a chain of its own, in one order with the rest.
  (s, n) => [
    refusedDraft('wall', { client: s.name, via: 'window', what: `ask.${n}`, why: 'no right', count: n + 1, since: n }),
  ],
  // A stretch of work at once: fills more than one batch when it repeats.
  (_, n) =>
    Array.from({ length: 40 }, (__, i) => ({
      type: 'tally.counted',
      subject: `tally:${i % 5}`,
      actor: 'rule',
      body: { n },
    })),
];

export class SimStation {
  readonly name: string;
  readonly store: MemoryLedgerStore = createMemoryLedgerStore();
  readonly clock: Clock;
  /** Events whose writer was told that they are recorded: id → hash. */
  readonly acknowledged = new Map<string, string>();
  /** How far the writer held each chain when it decided: event id → have. */
  readonly knew = new Map<string, Have>();
  failedWrites = 0;
  alive = false;
  ledger!: Ledger;
  views!: Projections;

  constructor(name: string, clock: FakeClock, skew: number) {
    this.name = name;
    this.clock = { ...clock, now: () => clock.now() + skew };
    this.start();
  }

  start(): void {
    // A process that was killed runs nothing any more, whatever it had planned.
    const era = { over: false };
    this.era = era;
    this.ledger = createLedger({
      store: this.store,
      station: this.name,
      chain: this.store.note('chain') ?? this.name,
      clock: this.clock,
      log,
      sha256,
      stamp: stamper([...FAMILIES, tallyAggregate]),
      recovery: null,
      ...partsFor(this.name),
      schedule: (flush) =>
        queueMicrotask(() => {
          if (!era.over) flush();
        }),
      onClosed: () => undefined,
    });
    this.views = viewsOf(this.ledger);
    const all = Object.values(this.views);
    const held = [...this.ledger.all()];
    for (const view of all) view.apply(held);
    this.ledger.listen({
      fold(events) {
        for (const view of all) view.apply(events);
      },
      rolledBack(subjects) {
        for (const view of all) view.refold(subjects);
      },
    });
    this.alive = true;
  }

  private era = { over: false };

  kill(): void {
    this.era.over = true;
    this.alive = false;
  }

  /** Asks for a deed; when it is answered, what was written counts as acknowledged. */
  act(deed: Deed, n: number): void {
    if (!this.alive) return;
    let knew: Have = {};
    const decide = (): readonly EventDraft[] => {
      knew = this.ledger.have();
      return deed(this, n);
    };
    this.ledger.transact(decide).then(
      (events) => {
        for (const event of events) {
          this.acknowledged.set(event.id, event.hash);
          this.knew.set(event.id, knew);
        }
      },
      (error: unknown) => {
        if (!(error instanceof Refusal)) this.failedWrites++;
      },
    );
  }
}

function viewsOf(ledger: Ledger): Projections {
  const eventsOf = (subject: string): LedgerEvent[] => ledger.eventsOf(subject);
  return {
    tally: createProjection(tallyAggregate, eventsOf),
    alarm: createProjection(alarmAggregate, eventsOf),
    incident: createProjection(incidentAggregate, eventsOf),
    run: createProjection(runAggregate, eventsOf),
  };
}

/** Every aggregate's state, as text: equal on two stations only when byte for byte equal. */
export function stateOf(views: Projections): string {
  const lines = Object.values(views).flatMap((view) =>
    [...view.entries()].map(([subject, state]) => `${subject} ${JSON.stringify(state)}`),
  );
  return lines.sort().join('\n');
}

/** The state folded from nothing, in one go. */
export function rebuiltStateOf(ledger: Ledger): string {
  const views = viewsOf(ledger);
  const all = [...ledger.all()];
  for (const view of Object.values(views)) view.apply(all);
  return stateOf(views);
}

/** Stations and the cables between them. A cable that is in is dialled again within a second of its loss. */
export class Simulation {
  readonly stations: SimStation[];
  private readonly clock: FakeClock;
  private readonly network: FakeNetwork;
  private readonly cables: { ends: [number, number]; cut: boolean; links: [Link, Link] | null }[];

  constructor(stations: SimStation[], cables: readonly [number, number][], clock: FakeClock, network: FakeNetwork) {
    this.stations = stations;
    this.clock = clock;
    this.network = network;
    this.cables = cables.map((ends) => ({ ends, cut: false, links: null }));
  }

  async advance(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 1000) {
      this.dial();
      await this.clock.advance(Math.min(1000, left));
    }
  }

  cut(cable: number, cut: boolean): void {
    const found = this.cables[cable % this.cables.length];
    if (!found) return;
    found.cut = cut;
    if (cut) this.part(found);
  }

  cutAll(cut: boolean): void {
    for (let cable = 0; cable < this.cables.length; cable++) this.cut(cable, cut);
  }

  async restart(station: number): Promise<void> {
    const found = this.stations[station % this.stations.length] as SimStation;
    const index = this.stations.indexOf(found);
    found.kill();
    for (const cable of this.cables) if (cable.ends.includes(index)) this.part(cable);
    await nextTurn();
    found.start();
  }

  heal(): void {
    for (const cable of this.cables) cable.cut = false;
    this.network.mood = { lose: 0, repeat: 0, delay: 5 };
  }

  private part(cable: { links: [Link, Link] | null }): void {
    for (const link of cable.links ?? []) link.close('cut');
    cable.links = null;
  }

  private dial(): void {
    for (const cable of this.cables) {
      if (cable.cut || cable.links) continue;
      const [a, b] = cable.ends.map((i) => this.stations[i] as SimStation) as [SimStation, SimStation];
      const peers = this.network.pair(a.name, b.name);
      const links = [a, b].map((station, i) =>
        createLink({
          peer: peers[i] as (typeof peers)[0],
          station: station.name,
          ledger: station.ledger,
          texts: createWireTexts(station.ledger),
          clock: station.clock,
          log,
          onNews: () => undefined,
          onReject: () => undefined,
          onEnd: () => {
            cable.links = null;
          },
        }),
      ) as [Link, Link];
      cable.links = links;
      for (const link of links) link.start();
    }
  }
}
