import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { z } from 'zod';
import type { EventDraft, LedgerEvent } from '../../core/ledger/envelope.ts';
import { firstVersions } from '../../core/ledger/family.ts';
import { compareOrder } from '../../core/ledger/order.ts';
import { type Aggregate, createProjection } from '../../core/ledger/projection.ts';
import type { Seal } from '../../core/ledger/seal.ts';
import { OPS } from '../../core/ledger/stream.ts';
import { systemClock } from '../../main/clock.ts';
import type { Ledger } from '../../main/ledger/ledger.ts';
import { openLedger } from '../../main/ledger/openLedger.ts';
import { createLink } from '../../main/sync/link.ts';
import { createWireTexts } from '../../main/sync/wireTexts.ts';
import { openDatabase } from '../../native/sqlite/database.ts';
import type { BenchRow } from '../../scripts/bench-report.ts';
import { createFakeNetwork } from '../fakes/network.ts';
import { quantile } from './scale/spread.ts';

export const name = 'ledger: durable appends, verification, merge';

const log = pino({ level: 'silent' });
const clock = systemClock();

const APPENDS = 30_000;
const SINGLES = 500;
const STATIONS = 8;
const EDITS = 1000;
/** So often each figure is measured, what is compared in turn; the middle one is told. */
const ROUNDS = 5;

const counter: Aggregate<{ count: number; last: string }> = {
  kind: 'counter',
  stream: OPS,
  initialState: () => ({ count: 0, last: '' }),
  evolve: (state, event) => ({ count: state.count + 1, last: event.id }),
  events: firstVersions({ counted: z.object({ n: z.number(), text: z.string() }) }),
};

const draft = (n: number): EventDraft => ({
  type: 'counted',
  subject: `counter:${n % 100}`,
  actor: 'duty',
  body: { n, text: '值班员确认告警 level 2 at WL-001' },
});

/** Operations a second. */
async function rate(count: number, work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return count / ((performance.now() - start) / 1000);
}

/** Measures in turn, {@link ROUNDS} times, and answers the middle of each figure. */
async function inTurn<K extends string>(round: (n: number) => Promise<Record<K, number>>): Promise<Record<K, number>> {
  const rounds: Record<K, number>[] = [];
  for (let n = 0; n < ROUNDS; n++) rounds.push(await round(n));
  const middle = (figure: string): [string, number] => [
    figure,
    quantile(
      rounds.map((each) => each[figure as K]),
      0.5,
    ),
  ];
  return Object.fromEntries(Object.keys(rounds[0] ?? {}).map(middle)) as Record<K, number>;
}

const append = (ledger: Ledger, count: number): Promise<unknown> =>
  Promise.all(Array.from({ length: count }, (_, n) => ledger.transact(() => [draft(n)])));

/** The same rows into a plain table with the same durability: what SQLite itself can do here. */
function rawTable(dir: string, events: readonly LedgerEvent[]) {
  const db = openDatabase(join(dir, 'raw.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(
    'CREATE TABLE events (station TEXT, seq INTEGER, hlc TEXT, at INTEGER, type TEXT, subject TEXT, actor TEXT, body TEXT, prev TEXT, hash TEXT, PRIMARY KEY (station, seq)); CREATE INDEX by_subject ON events (subject)',
  );
  const insert = db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const put = (table: string, e: LedgerEvent): void =>
    void insert.run(
      table,
      e.seq,
      e.hlc,
      e.at,
      e.type,
      e.subject,
      JSON.stringify(e.actor),
      JSON.stringify(e.body),
      e.prev,
      e.hash,
    );
  const batch = db.transaction((table: string, from: number, to: number) => {
    for (const event of events.slice(from, to)) put(table, event);
  });
  return {
    singles: (round: number, count: number) => {
      for (const event of events.slice(0, count)) put(`single-${round}`, event);
    },
    batched: (round: number) => {
      for (let from = 0; from < events.length; from += 2000) batch(`batch-${round}`, from, from + 2000);
    },
    close: () => db.close(),
  };
}

async function appends(dir: string): Promise<BenchRow[]> {
  const open = (): Ledger => openLedger({ dir: join(dir, 'a'), station: 'a', clock, log, verifyAll: true });
  const ledger = open();
  await append(ledger, APPENDS);
  const events = ledger.range('ops/a', 1, APPENDS);
  const raw = rawTable(dir, events);
  const { grouped, alone, single, batched } = await inTurn(async (round) => ({
    grouped: await rate(APPENDS, () => append(ledger, APPENDS)),
    batched: await rate(events.length, () => raw.batched(round)),
    alone: await rate(SINGLES, async () => {
      for (let n = 0; n < SINGLES; n++) await ledger.transact(() => [draft(n)]);
    }),
    single: await rate(SINGLES, () => raw.singles(round, SINGLES)),
  }));
  const { count } = ledger;
  raw.close();
  await ledger.close();

  const { verified } = await inTurn(async () => {
    let again: Ledger | undefined;
    const verified = await rate(count, () => {
      again = open();
    });
    await again?.close();
    return { verified };
  });
  return [
    { id: 'sqlite-single', what: 'SQLite, one row a commit, FULL', value: single, unit: 'rows/s' },
    { id: 'sqlite-batched', what: 'SQLite, 2,000 rows a commit, FULL', value: batched, unit: 'rows/s' },
    {
      id: 'append-alone',
      what: 'ledger, callers one after another (against one row a commit)',
      value: alone,
      unit: 'events/s',
      ratio: alone / single,
      against: single,
    },
    {
      id: 'append-against-singles',
      what: 'ledger, callers at once (against one row a commit)',
      value: grouped,
      unit: 'events/s',
      ratio: grouped / single,
      against: single,
    },
    {
      id: 'append',
      what: 'ledger, callers at once (against 2,000 rows a commit)',
      value: grouped,
      unit: 'events/s',
      ratio: grouped / batched,
      against: batched,
    },
    {
      id: 'verify',
      what: 'start: every hash of every chain',
      value: verified,
      unit: 'events/s',
      ratio: verified / batched,
      against: batched,
    },
  ];
}

/** Eight stations that each wrote 1,000 events while apart, at the same time: their events interleave in the merge order. */
async function apart(open: (station: string) => Ledger): Promise<Ledger[]> {
  const stations = Array.from({ length: STATIONS }, (_, i) => open(`s${i}`));
  for (let round = 0; round < EDITS / 100; round++) for (const station of stations) await append(station, 100);
  return stations;
}

async function merge(dir: string): Promise<BenchRow[]> {
  const total = STATIONS * EDITS;
  const { merged, folded, everywhere } = await inTurn(async (round) => {
    const open = (station: string): Ledger => openLedger({ dir: join(dir, `${round}`, station), station, clock, log });
    const stations = await apart(open);

    const hub = open('hub');
    const view = createProjection(counter, (subject) => hub.eventsOf(subject));
    hub.listen({ fold: (events) => void view.apply(events) });
    const batches = stations.flatMap((ledger, i) => [1, 501].map((from) => ledger.range(`ops/s${i}`, from, 500)));
    const texts = batches.map((events) => {
      const { station, seq } = events.at(-1) as LedgerEvent;
      const seal = stations[Number(station.slice(1))]?.sealFrom(`ops/${station}`, seq);
      return JSON.stringify({ events, seals: [seal] });
    });
    const send = (text: string) => {
      const { events, seals } = JSON.parse(text) as { events: LedgerEvent[]; seals: Seal[] };
      return hub.ingest(events, 'a station', seals);
    };
    const merged = await rate(total, () => Promise.all(texts.map(send)));
    await hub.close();

    const all = batches.flat();
    const folded = await rate(total, () => {
      createProjection(counter, () => []).apply([...all].sort(compareOrder));
    });
    const everywhere = await rate(total * STATIONS, () => joined([open('middle'), ...stations]));
    for (const ledger of stations) await ledger.close();
    return { merged, folded, everywhere };
  });
  return [
    { id: 'fold', what: 'fold of 8 × 1,000 events in memory, nothing else', value: folded, unit: 'events/s' },
    {
      id: 'merge',
      what: 'merge of 8 × 1,000 offline events: parsed, verified, durable, folded',
      value: merged,
      unit: 'events/s',
      ratio: merged / folded,
      against: folded,
    },
    {
      id: 'merge-everywhere',
      what: 'eight stations and a hub, all in one process, until each holds all (64,000 transfers)',
      value: everywhere,
      unit: 'events/s',
      ratio: everywhere / folded,
      against: folded,
    },
  ];
}

/** Joins every ledger to the first through real sessions, until all hold the same. Closes the first. */
async function joined([hub, ...stations]: [Ledger, ...Ledger[]]): Promise<void> {
  const network = createFakeNetwork({ ...clock, setTimeout: soon }, () => 1, { lose: 0, repeat: 0, delay: 0 });
  const common = { clock, log, onNews: () => undefined, onReject: () => undefined, onEnd: () => undefined };
  // As a hall has it: all links of a ledger share what they are sent, and what comes in goes on as it is.
  const shared = createWireTexts(hub);
  hub.listen({ committed: shared.committed });
  const links = stations.flatMap((ledger) => {
    const [mine, theirs] = network.pair(hub.chain, ledger.chain);
    return [
      createLink({ ...common, peer: mine, station: hub.chain, ledger: hub, texts: shared }),
      createLink({ ...common, peer: theirs, station: ledger.chain, ledger, texts: createWireTexts(ledger) }),
    ];
  });
  for (const link of links) link.start();
  const whole = STATIONS * EDITS;
  while ([hub, ...stations].some((ledger) => ledger.count < whole)) await new Promise(setImmediate);
  for (const link of links) link.close('done');
  await hub.close();
}

function soon(fn: () => void): () => void {
  setImmediate(fn);
  return () => undefined;
}

export async function run(): Promise<readonly BenchRow[]> {
  const dir = mkdtempSync(join(tmpdir(), 'opshall-bench-'));
  try {
    return [...(await appends(dir)), ...(await merge(dir))];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
