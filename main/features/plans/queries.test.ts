import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { queries } from '../../../contract/index.ts';
import type { Page } from '../../../contract/wire/page.ts';
import { createDomainRig, type DomainRig, TEST_PLAN } from '../../../tests/fakes/domainRig.ts';
import { createMemoryViewsPlace } from '../../../tests/fakes/viewsPlace.ts';
import { createLiveQueries } from '../../wire/liveQueries.ts';
import type { ReadOrder, ReadRows } from '../../wire/readers.ts';
import { runQueries } from './queries.ts';

const LAUNCH = { plan: TEST_PLAN.plan, version: TEST_PLAN.version };

/** A rig whose lists are read from its tables. */
function openRig() {
  const place = createMemoryViewsPlace();
  const rig = createDomainRig({ place });
  const read = async ({ sql, values, count }: ReadOrder): Promise<ReadRows> => {
    const n = place.rows(`${count?.sql} LIMIT ${(count?.most ?? 0) + 1}`, values).length;
    const rows = place.rows(sql, values) as ReadRows['rows'];
    return { rows, count: Math.min(n, count?.most ?? 0), exact: n <= (count?.most ?? 0) };
  };
  const answerers = runQueries({ domain: rig.domain, readiness: rig.readiness, readers: { read } });
  const list = async (ask: z.input<(typeof queries)['runs.list']['params']>) => {
    rig.views.flush();
    return await answerers['runs.list'].answer(queries['runs.list'].params.parse(ask));
  };
  return { rig, answerers, list };
}

async function launch(rig: DomainRig, sensor: string): Promise<{ incident: string; run: string }> {
  rig.clock.advanceSync(1000);
  const { incident } = await rig.call('incidents.open', { alarm: await rig.raise(2, sensor) });
  return { incident, ...(await rig.call('runs.launch', { incident, ...LAUNCH })) };
}

describe('runs.list', () => {
  test('the newest first, in pages that hang together; by state and by incident', async () => {
    const { rig, list } = openRig();
    const launched: { incident: string; run: string }[] = [];
    for (let i = 0; i < 7; i++) launched.push(await launch(rig, `S-${i}`));
    for (const { run } of launched.slice(0, 4)) await rig.call('runs.allClear', { run, reason: 'dry', force: true });
    const ids = launched.map(({ run }) => run).reverse();
    const seen: string[] = [];
    for (let after: string | undefined | null; after !== null; ) {
      const page = await list({ limit: 3, ...(after ? { after } : {}) });
      expect(page.total).toEqual({ count: 7, exact: true });
      for (const row of page.rows) expect(queries['runs.list'].row.parse(row)).toEqual(row);
      seen.push(...page.rows.map(({ id }) => id));
      after = page.more;
    }
    expect(seen).toEqual(ids);
    const of = async (ask: Parameters<typeof list>[0]) => (await list(ask)).rows.map(({ id }) => id);
    expect(await of({ state: 'running' })).toEqual(ids.slice(0, 3));
    expect(await of({ state: 'ended' })).toEqual(ids.slice(3));
    expect(await of({ incident: launched[2]?.incident ?? '' })).toEqual([launched[2]?.run]);
    expect((await list({ state: 'ended', limit: 1 })).rows[0]).toMatchObject({
      ...{ state: 'ended', outcome: 'all-clear', departments: ['emergency', 'water'], total: 5, plan: TEST_PLAN.plan },
    });
    await expect(list({ after: 'x' })).rejects.toMatchObject({ code: 'bad-request', field: 'after' });
  });
});

describe('runs.one', () => {
  test('Q9 a run that ended long ago is shown as it is, and each decision about one before whoever decided is answered', async () => {
    const { rig, answerers } = openRig();
    const old = await launch(rig, 'S-old');
    await rig.call('runs.allClear', { run: old.run, reason: 'dry', force: true });
    for (let i = 0; i < 21; i++) {
      const { run } = await launch(rig, `S-${i}`);
      await rig.call('runs.allClear', { run, reason: 'dry', force: true });
    }
    expect(rig.topics.runs.items.has(old.run)).toBe(false);
    const live = createLiveQueries({ clock: rig.clock, answerers: answerers as never });
    rig.domain.onChange((subjects) => live.changed(subjects));
    const look = (id: string) => {
      const pages: Page[] = [];
      live.open('runs.one', { id }, { page: (page) => pages.push(page), end: expect.fail });
      return () => JSON.parse(pages.at(-1)?.rows.get(id) ?? 'null');
    };
    expect(look(old.run)()).toMatchObject({ id: old.run, state: 'ended', outcome: 'all-clear', total: 5 });
    expect(look('run:none')()).toBeNull();
    const { run } = await launch(rig, 'S-now');
    const now = look(run);
    await rig.call('runs.acknowledge', { run, step: 'look' });
    expect(now().steps[0]).toMatchObject({ state: 'acknowledged' });
    expect(now()).toEqual(JSON.parse(JSON.stringify(rig.topics.runs.items.get(run))));
  });

  test('I6 the run that is asked for before it comes hears which other goes before it', async () => {
    const [a, b] = [createDomainRig({ station: 'A' }), createDomainRig({ station: 'B' })];
    const { incident } = await a.call('incidents.open', { alarm: await a.raise(2) });
    await b.learnFrom(a);
    const { run: first } = await a.call('runs.launch', { incident, ...LAUNCH });
    b.clock.advanceSync(5000);
    const { run: second } = await b.call('runs.launch', { incident, ...LAUNCH });
    const { rig, answerers } = openRig();
    const live = createLiveQueries({ clock: rig.clock, answerers: answerers as never });
    rig.domain.onChange((subjects) => live.changed(subjects));
    const pages: Page[] = [];
    live.open('runs.one', { id: second }, { page: (page) => pages.push(page), end: expect.fail });
    const now = () => JSON.parse(pages.at(-1)?.rows.get(second) ?? 'null');
    await rig.learnFrom(b);
    expect(now()).toMatchObject({ supersededBy: null });
    await rig.learnFrom(a);
    expect(now()).toMatchObject({ supersededBy: first });
  });
});

test('steps of runs are named in both languages, with their options, also of a run that ended; what nobody knows is left out', async () => {
  const { rig, answerers } = openRig();
  const { run } = await launch(rig, 'S-named');
  await rig.call('runs.allClear', { run, reason: 'dry', force: true });
  const { rows } = answerers['runs.steps'].atOnce({ runs: [run, 'run:none', run] });
  const [view] = answerers['runs.one'].atOnce({ id: run }).rows;
  const told = view?.steps.map(({ id, title, options }) => ({ id, title, options }));
  expect(rows).toEqual([{ id: run, name: view?.name, steps: told }]);
  expect(told?.some(({ options }) => options.length > 0)).toBe(true);
});
