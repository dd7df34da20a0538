import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { IncidentRow } from '../../../contract/features/incidents.ts';
import { queries } from '../../../contract/index.ts';
import type { Page } from '../../../contract/wire/page.ts';
import { type CallAbout, callAggregate, decideCall } from '../../../core/calls/call.ts';
import { type Incident, incidentAggregate } from '../../../core/incidents/incident.ts';
import { modelDbOn } from '../../../native/sqlite/modelDb.ts';
import { createDomainRig, type DomainRig } from '../../../tests/fakes/domainRig.ts';
import { createLiveQueries } from '../../wire/liveQueries.ts';
import type { ReadOrder } from '../../wire/readers.ts';
import { incidentsModel } from './model.ts';
import { incidentQueries, incidentsOrder } from './queries.ts';

type Ask = z.input<(typeof queries)['incidents.list']['params']>;

const by = { station: 'A', actor: 'duty', at: 1, event: 'A-1' };
const incident = (id: string, change: Partial<Incident> = {}, level: 1 | 2 | 3 | 4 = 3): Incident => ({
  ...incidentAggregate.initialState(id),
  ...{ type: 'urban-flooding', title: { zh: '内涝积水', en: 'Flooding' }, state: 'open' },
  place: { lon: 121.9, lat: 29.1, name: { zh: '海基路', en: 'Haiji Road' } },
  level: [{ value: level, by }],
  ...{ openedAt: 1, owner: [{ value: 'duty', by }], changes: 1 },
  ...change,
});

/** The table with these incidents, and the pages read from it. */
function listOf(incidents: readonly Incident[]) {
  const db = new Database(':memory:');
  db.exec(incidentsModel.tables);
  for (const sql of incidentsModel.indexes) db.exec(sql);
  const writer = incidentsModel.writer(modelDbOn(db));
  for (const each of incidents) writer.state?.(each.id, each);
  const read = async ({ sql, values, count }: ReadOrder) => {
    const rows = db.prepare(sql).all(values) as never[];
    const counted = `SELECT count(*) FROM (${count?.sql} LIMIT ${(count?.most ?? 0) + 1})`;
    const n = Number(db.prepare(counted).pluck().get(values));
    return { rows, count: Math.min(n, count?.most ?? 0), exact: n <= (count?.most ?? 0) };
  };
  const domain = { of: () => expect.fail('a list is read from its table') };
  const { answer } = incidentQueries({ domain, readers: { read } })['incidents.list'];
  const plan = (ask: Ask) => {
    const order = incidentsOrder(queries['incidents.list'].params.parse(ask));
    const steps = db.prepare(`EXPLAIN QUERY PLAN ${order?.sql}`).all(order?.values ?? {}) as { detail: string }[];
    return steps.map(({ detail }) => detail).join('; ');
  };
  return { db, plan, list: async (ask: Ask) => await answer(queries['incidents.list'].params.parse(ask)) };
}

describe('incidents.list', () => {
  test('pages are what filtering and sorting all of it gives, whatever is asked for, and hang together (property)', async () => {
    const level = fc.constantFrom(1, 2, 3, 4);
    const one = fc.record({
      level,
      openedAt: fc.nat(8),
      state: fc.constantFrom('open', 'closed', 'merged'),
      type: fc.constantFrom('fire', 'urban-flooding'),
      lon: fc.integer({ min: 0, max: 4 }),
      lat: fc.integer({ min: 0, max: 4 }),
      title: fc.constantFrom('水位超限', '水深', '浓烟'),
      unseen: fc.nat(2),
    });
    const wanted = fc.record(
      {
        state: fc.constantFrom('open', 'closed', 'merged'),
        level,
        type: fc.constantFrom('fire', 'urban-flooding'),
        unseen: fc.boolean(),
        ids: fc.uniqueArray(fc.integer({ min: 0, max: 25 }).map(String), { maxLength: 25 }),
        bounds: fc.constantFrom({ west: 1, east: 3, south: 1, north: 3 }, { west: 0, east: 2, south: 2, north: 4 }),
        text: fc.constantFrom('水', '水位', '浓烟', 'fire'),
        order: fc.constantFrom('newest', 'level'),
        limit: fc.integer({ min: 1, max: 5 }),
      },
      { requiredKeys: ['limit'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 25 }), wanted, async (some, ask) => {
        const all = some.map((it, i) => ({ ...it, id: String(i), n: i }));
        const conflict = (seen: typeof by | null) => ({
          ...{ id: 'c', subject: 's', field: 'level', values: [], stands: 0, rule: 'worse-level', seen },
        });
        const list = listOf(
          all.map(({ id, level: at, unseen, lon, lat, title, ...it }) =>
            incident(
              id,
              {
                ...it,
                title: { zh: title, en: '' },
                place: { lon, lat, name: { zh: '', en: '' } },
                conflicts: [conflict(by), ...Array.from({ length: unseen }, () => conflict(null))],
              },
              at,
            ),
          ),
        );
        const { bounds: box, order } = ask;
        const fits = all
          .filter(
            (it) =>
              (ask.state === undefined || it.state === ask.state) &&
              (ask.level === undefined || it.level === ask.level) &&
              (ask.type === undefined || it.type === ask.type) &&
              (ask.unseen === undefined || it.unseen > 0 === ask.unseen) &&
              (ask.ids?.includes(it.id) ?? true) &&
              (!box || (it.lon >= box.west && it.lon <= box.east && it.lat >= box.south && it.lat <= box.north)) &&
              (ask.text === undefined || it.title.includes(ask.text) || it.type === ask.text),
          )
          .sort((a, b) => (order === 'level' ? a.level - b.level : 0) || b.openedAt - a.openedAt || b.n - a.n);
        const seen: string[] = [];
        let after: string | undefined;
        do {
          const page = await list.list({ ...ask, ...(after === undefined ? {} : { after }) });
          expect(page.total).toEqual({ count: fits.length, exact: true });
          expect(page.rows.length).toBeLessThanOrEqual(ask.limit);
          seen.push(...page.rows.map(({ id }) => id));
          after = page.more ?? undefined;
        } while (after !== undefined);
        expect(seen).toEqual(fits.map(({ id }) => id));
        list.db.close();
      }),
      { seed: 29, numRuns: 300 },
    );
  });

  test('a row is what the contract says, with the beginning of a long name; many are counted to a bound', async () => {
    const long = { zh: '水'.repeat(1000), en: 'x'.repeat(1000) };
    const { list } = listOf(Array.from({ length: 2100 }, (_, i) => incident(`incident:${i}`, { title: long })));
    const { rows, total, more } = await list({ limit: 500 });
    expect(total).toEqual({ count: 2000, exact: false });
    expect(more).toMatch(/^3\.1\.\d+$/);
    for (const row of rows) expect(queries['incidents.list'].row.parse(row)).toEqual(row);
    expect(rows[0]?.title).toEqual({ zh: '水'.repeat(200), en: 'x'.repeat(200) });
    expect(JSON.stringify(rows).length).toBeLessThan(500_000);
    await expect(list({ after: "1' OR 1" })).rejects.toMatchObject({ code: 'bad-request', field: 'after' });
    expect(await list({ text: '！？' })).toEqual({ rows: [], total: { count: 0, exact: true }, more: null });
  });

  test('the first page of what windows ask for is read from an index, in its order', () => {
    const { plan } = listOf([]);
    const bounds = { west: 121, east: 122, south: 29, north: 30 };
    expect(plan({ state: 'open', order: 'level', bounds })).toMatch(
      /^SEARCH|^SCAN .* USING INDEX incidents_open_worst/,
    );
    expect(plan({})).toMatch(/^SCAN incidents USING INDEX incidents_newest/);
    expect(plan({ order: 'level' })).toMatch(/^SCAN incidents USING INDEX incidents_worst/);
    expect(plan({ state: 'merged' })).toMatch(/USING INDEX incidents_merged/);
    expect(plan({ unseen: true })).toMatch(/USING INDEX incidents_unseen/);
    for (const ask of [{}, { unseen: true }, { order: 'level' }, { state: 'open', order: 'level', bounds }] as const)
      expect(plan(ask)).not.toMatch(/TEMP B-TREE/);
  });
});

/** What a window shows of one incident, as it looks at it. */
function lookAt(rig: DomainRig, id: string) {
  const answerers = incidentQueries({ domain: rig.domain, readers: { read: () => expect.fail() } });
  const live = createLiveQueries({ clock: rig.clock, answerers: answerers as never });
  rig.domain.onChange((subjects) => live.changed(subjects));
  const pages: Page[] = [];
  const stop = live.open('incidents.one', { id }, { page: (page) => pages.push(page), end: expect.fail });
  const now = () => JSON.parse(pages.at(-1)?.rows.get(id) ?? 'null');
  return { pages, now, stop };
}

describe('incidents.one', () => {
  test('Q9 whoever has decided is answered after everybody sees it who looks; others are told nothing', async () => {
    const rig = createDomainRig();
    const { incident: id } = await rig.call('incidents.open', { alarm: await rig.raise(3) });
    const other = await rig.call('incidents.open', { alarm: await rig.raise(3, 'WL-002') });
    const { now, pages, stop } = lookAt(rig, id);
    expect(now()).toMatchObject({ id, level: 3, state: 'open', notes: [] });
    await rig.call('incidents.note', { incident: id, text: 'seen' });
    expect(now()).toMatchObject({ notes: [{ text: 'seen' }] });
    await rig.call('incidents.setLevel', { incident: id, level: 1, reason: 'worse' });
    expect(now()).toMatchObject({ level: 1 });
    const { length } = pages;
    await rig.call('incidents.note', { incident: other.incident, text: 'x' });
    expect(pages).toHaveLength(length);
    await rig.call('incidents.close', { incident: id, reason: 'over' });
    expect(now()).toMatchObject({ state: 'closed' });
    stop();
    await rig.call('incidents.note', { incident: other.incident, text: 'y' });
    expect(pages).toHaveLength(length + 1);
  });

  test('one that nobody knows has no row, and has one when another station has told of it', async () => {
    const [a, b] = [createDomainRig({ station: 'A' }), createDomainRig({ station: 'B' })];
    const { incident: id } = await a.call('incidents.open', { alarm: await a.raise(2) });
    const { now, pages } = lookAt(b, id);
    expect([pages.length, now()]).toEqual([1, null]);
    await b.learnFrom(a);
    expect(now() as IncidentRow).toMatchObject({ id, state: 'open' });
  });
});

test('calls.told has what a call said, who called and what became of it, however long ago', async () => {
  const { domain, call } = createDomainRig();
  const come = (id: string, about: CallAbout = {}) =>
    domain.execute(() =>
      decideCall(domain.of(callAggregate).get(id), {
        ...{
          do: 'come',
          to: ['duty'],
          about,
          actor: 'hall.drill',
          text: { zh: '有车辆熄火', en: 'a car has stalled' },
        },
      }),
    );
  const caller = { name: 'Li', phone: '139' };
  await come('call:1', { caller });
  await come('call:2');
  await come('call:3');
  const place = { lon: 121.92, lat: 29.16, name: { zh: '港口路', en: 'Gangkou Road' } };
  const title = { zh: '交通事故', en: 'Traffic accident' };
  const { incident } = await call('incidents.openByHand', {
    ...{ type: 'traffic-accident', title, place, level: 3, words: '', caller, call: 'call:1' },
  });
  await call('calls.note', { call: 'call:2' });
  const told = incidentQueries({ domain, readers: { read: () => expect.fail() } })['calls.told'];
  const { rows } = told.atOnce({ calls: ['call:1', 'call:2', 'call:9', 'call:3', 'call:1'] });
  expect(rows).toMatchObject([
    { id: 'call:1', text: { zh: '有车辆熄火' }, caller, incident: { id: incident, title, place } },
    { id: 'call:2', caller: null, incident: null },
    { id: 'call:3', incident: null },
  ]);
  for (const row of rows) expect(queries['calls.told'].row.parse(row)).toEqual(row);
});
