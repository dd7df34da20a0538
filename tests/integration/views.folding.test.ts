import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { type ChainHead, EMPTY_CHAIN, seal } from '../../core/ledger/chain.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { HLC_ZERO, tick } from '../../core/ledger/hlc.ts';
import type { SubjectRange } from '../../core/ledger/subjects.ts';
import { FEATURES } from '../../main/features/index.ts';
import { declaredBy } from '../../main/kernel/declared.ts';
import { FoldingFailed, foldingIn, type StartFolding } from '../../main/kernel/folding.ts';
import { createViews } from '../../main/kernel/views.ts';
import { viewsFile } from '../../main/kernel/viewsPlace.ts';
import { createLedger } from '../../main/ledger/createLedger.ts';
import { sha256 } from '../../main/ledger/sha256.ts';
import { openDatabase } from '../../native/sqlite/database.ts';
import { openLedgerStore } from '../../native/sqlite/ledgerStore.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createDomainRig, type DomainRig, TEST_PLAN } from '../fakes/domainRig.ts';
import { OPS_1 } from '../fakes/fold.ts';
import { partsFor } from '../fakes/ledgerStore.ts';
import { seededRandom } from '../support/random.ts';
import { createScratch } from '../support/scratch.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const VERSION = '1';
const CASES = 120;

/** What two stations decide while they are apart: some of it differently. */
async function apart(rig: DomainRig, incident: string, run: string, random: () => number): Promise<void> {
  await rig.call('incidents.setLevel', { incident, level: random() < 0.5 ? 1 : 3, reason: '积水加深' });
  await rig.call('runs.finish', { run, step: 'look', note: `泵站 ${rig.station}` });
  if (random() < 0.4) await rig.call('runs.allClear', { run, reason: 'dry', force: true });
}

/** Events that this version does not understand: of an unknown type, of an unknown kind, of a kind's other stream, and of a body that does not fit. */
function foreignEvents(incident: string): LedgerEvent[] {
  let head = EMPTY_CHAIN;
  let hlc = HLC_ZERO;
  return Array.from({ length: 40 }, (_, i) => {
    hlc = tick(hlc, 2_000_000 + i);
    const [type, subject] = [
      ['incident.foreseen', incident],
      ['balloon.risen', `balloon:${i % 7}`],
      ['incident.noted', incident],
    ][i % 3] as [string, string];
    const draft = { type, subject, actor: 'commander', body: { text: i } };
    const event = seal(draft, { ...OPS_1, station: 'Z', head, hlc, at: 2_000_000 + i }, sha256);
    head = { seq: event.seq, hash: event.hash };
    return event;
  });
}

/** A ledger's file in which two stations were apart and a later version wrote. */
async function ledgerFile(folder: string): Promise<{ file: string; conflicts: number }> {
  const random = seededRandom(44);
  const a = createDomainRig({ station: 'A' });
  const b = createDomainRig({ station: 'B' });
  let incident = '';
  for (let i = 0; i < CASES; i++) {
    ({ incident } = await a.call('incidents.open', { alarm: await a.raise(2, `S-${i}`) }));
    const { run } = await a.call('runs.launch', { incident, plan: TEST_PLAN.plan, version: TEST_PLAN.version });
    if (i % 6 !== 0) continue;
    await b.learnFrom(a);
    await apart(a, incident, run, random);
    await apart(b, incident, run, random);
    await a.learnFrom(b);
  }
  a.views.flush();
  const { rows } = await a.views.states();
  const conflicts = [...rows].filter(({ state }) => state.includes('"conflicts":[{')).length;
  const file = join(folder, 'ledger.db');
  const store = openLedgerStore(file);
  store.appendAll([...a.ledger.asAppended(), ...foreignEvents(incident)]);
  store.close();
  return { file, conflicts };
}

/** A ledger's file with events of every type there is, with what the log is searched by and without, from several stations, seats and streams. */
function fileOfEveryType(folder: string): { file: string; types: string[] } {
  const random = seededRandom(70);
  const families = declaredBy(FEATURES).families;
  const types = families.flatMap(({ kind, stream, events }) =>
    Object.keys(events).map((type) => ({ kind, stream, type })),
  );
  const said = {
    text: '水位',
    note: 'two cars',
    reason: '积水',
    step: 'look',
    name: '海巡01',
    title: { zh: '桥', en: 'Bridge' },
  };
  const heads = new Map<string, ChainHead>();
  let hlc = HLC_ZERO;
  const events = Array.from({ length: 4 * types.length }, (_, i) => {
    const { kind, stream, type } = types[i % types.length] as (typeof types)[number];
    const station = random() < 0.5 ? 'A' : 'B';
    const members = Object.entries(said).filter(() => random() < 0.2);
    const body = Object.fromEntries(members) as LedgerEvent['body'];
    hlc = tick(hlc, 2_000_000 + i);
    const draft = {
      type,
      subject: `${kind}:${i % 3}`,
      actor: random() < 0.5 ? 'commander' : 'rule.waterlogging',
      body,
    };
    const head = heads.get(`${stream}/${station}`) ?? EMPTY_CHAIN;
    const event = seal(draft, { ...OPS_1, stream, station, head, hlc, at: 2_000_000 + i }, sha256);
    heads.set(`${stream}/${station}`, event);
    return event;
  });
  const file = join(folder, 'ledger.db');
  const store = openLedgerStore(file);
  store.appendAll(events);
  store.close();
  return { file, types: types.map(({ type }) => type) };
}

/** Makes views.db from the ledger's file, as a start does. @param from where events come from: `file` at once, `each` one by one as they are written along */
async function make(ledgerDb: string, folder: string, folding?: StartFolding, from: 'file' | 'each' = 'file') {
  const opened = openLedgerStore(ledgerDb);
  const store = from === 'file' ? opened : { ...opened, file: null };
  const clock = createFakeClock();
  const warned: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void warned.push(line) });
  const ledger = createLedger({
    ...{ store, station: 'A', chain: 'A', clock, log, sha256, recovery: null, ...partsFor('A') },
    onClosed: () => store.close(),
  });
  const { kinds, families, readModels: models } = declaredBy(FEATURES);
  const file = join(folder, 'views.db');
  const views = createViews({
    ...{ place: viewsFile(file), instead: viewsFile(':memory:'), ledger, kinds, families, models, newest: 10 },
    ...{ version: VERSION, clock, log, folding, onMended() {}, onProgress() {} },
    turn: () => new Promise((next) => setImmediate(next)),
    onFault({ cause }) {
      throw cause;
    },
  });
  const progress: number[] = [];
  for (const { done, of } of views.prepare()) {
    progress.push(done / of);
    await new Promise((next) => setImmediate(next));
  }
  views.close();
  await ledger.close();
  return { tables: tablesOf(file), warned, progress };
}

/** Words of the log, and the rows that have each of them: however the index lays them. */
const WORDS = 'words of the log';

/** Every row of every table that has rows of its own, in the order they lie in: the inside of the indexes of words and places too. */
function tablesOf(file: string): Record<string, unknown[]> {
  const db = openDatabase(file, { readonly: true });
  const names = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name")
    .pluck()
    .all() as string[];
  const tables = Object.fromEntries(names.map((name) => [name, db.prepare(`SELECT * FROM "${name}"`).all()]));
  db.exec("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'log_words', 'instance')");
  tables[WORDS] = db.prepare('SELECT term, doc FROM temp.words ORDER BY term, doc').all();
  db.close();
  return tables;
}

test('V2 what a second thread folded is byte for byte what one thread makes, with conflicts and with what nobody understands', async () => {
  const { file, conflicts } = await ledgerFile(scratch.folder());
  expect(conflicts).toBeGreaterThan(5);
  const one = await make(file, scratch.folder());
  let folded = 0;
  const behind: (SubjectRange | null)[] = [];
  const two = await make(file, scratch.folder(), (...of) => {
    const folding = foldingIn({ file, version: VERSION, rehearsal: null }, { least: 1 })(...of);
    if (!folding) throw new Error('a machine with one core folds nothing beside');
    return {
      ...folding,
      takeOver() {
        const range = behind.length < 2 ? folding.takeOver() : null; // Else all of it, before the thread is up.
        behind.push(range);
        return range;
      },
      whole(wait) {
        const whole = folding.whole(wait);
        if (whole) folded = folding.done();
        return whole;
      },
    };
  });
  expect(two.warned).toEqual([]);
  expect(folded).toBeGreaterThan(0);
  expect(behind[0]).toMatchObject({ from: expect.any(String), until: null });
  expect(behind[1]).toMatchObject({ from: expect.any(String), until: behind[0]?.from });
  expect(one.tables.states?.length).toBeGreaterThan(CASES);
  for (const name of ['states', 'alarms', 'incidents', 'incidents_words_data', 'incidents_places_node', 'runs'])
    expect(one.tables[name]?.length, name).toBeGreaterThan(0);
  expect(one.tables.foreign_events).toHaveLength(40);
  expect(one.tables.log?.length).toBeGreaterThan(CASES * 3);
  expect(Object.keys(two.tables)).toEqual(Object.keys(one.tables));
  for (const [name, rows] of Object.entries(one.tables)) expect(two.tables[name], name).toEqual(rows);
  expect(two.progress).toEqual([...two.progress].sort((a, b) => a - b));
  expect(two.progress.at(-1)).toBeLessThanOrEqual(1);
});

test('V9 rows of the log that SQL makes of the ledger’s file are those that are written along, of each type of event', async () => {
  const { file, types } = fileOfEveryType(scratch.folder());
  const made = await make(file, scratch.folder());
  const along = await make(file, scratch.folder(), undefined, 'each');
  for (const name of ['log', 'log_names', 'log_texts', 'log_eras', WORDS, 'foreign_events']) {
    expect(made.tables[name]?.length, name).toBeGreaterThan(0);
    expect(along.tables[name], name).toEqual(made.tables[name]);
  }
  expect(made.tables.log).toHaveLength(4 * types.length);
  const names = made.tables.log_names as { name: string }[];
  expect(names.map(({ name }) => name)).toEqual(expect.arrayContaining([...types, 'A', 'B', 'commander']));
  const said = new Set((made.tables.log as { said: number | null }[]).map(({ said }) => said !== null));
  expect(said).toEqual(new Set([true, false]));
});

test('V7 a thread that gives up is told of, and one thread makes all of it', async () => {
  const { file } = await ledgerFile(scratch.folder());
  const one = await make(file, scratch.folder());
  const other = await make(
    file,
    scratch.folder(),
    foldingIn({ file, version: 'another', rehearsal: null }, { least: 1 }),
  );
  expect(other.warned.join('')).toContain('made by one thread alone');
  expect(other.warned.join('')).toContain('it would make views of');
  expect(other.tables).toEqual(one.tables);

  let stopped = 0;
  const folder = scratch.folder();
  const halfway = await make(file, folder, (stamp, events, part) => {
    const folding = foldingIn({ file, version: VERSION, rehearsal: null }, { least: 1 })(stamp, events, part);
    return (
      folding && {
        ...folding,
        whole() {
          throw new FoldingFailed(new Error('it was ended'));
        },
        stop() {
          stopped++;
          folding.stop();
        },
      }
    );
  });
  expect(stopped).toBe(1);
  expect(halfway.warned.join('')).toContain('it was ended');
  expect(halfway.tables).toEqual(one.tables);
  expect(readdirSync(folder).filter((name) => /part|new/.test(name))).toEqual([]);
});

test('few events are folded without a second thread', () => {
  expect(foldingIn({ file: 'nowhere', version: VERSION, rehearsal: null })('stamp', 1000, 'part')).toBeNull();
});
