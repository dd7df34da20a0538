import { expect, test } from 'vitest';
import { ContractError } from '../../contract/errors.ts';
import type { IncidentView } from '../../contract/features/incidents.ts';
import type { RejectView } from '../../contract/features/rejects.ts';
import type { Page } from '../../contract/wire/page.ts';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { listPage } from './listPage.ts';
import { type Answerers, createLiveQueries } from './liveQueries.ts';

const reject = (id: string): RejectView => ({
  ...{ id, at: 1, door: 'feed', source: 'f', path: '', excerpt: '', of: null, length: null, state: 'kept' },
  ...{ message: { zh: '', en: '' }, remedy: { zh: '', en: '' } },
});

const ONE: Omit<IncidentView, 'id' | 'type'> = {
  ...{ title: { zh: '', en: '' }, place: { lon: 0, lat: 0, name: { zh: '', en: '' } }, level: 1, state: 'open' },
  ...{ levelBy: { station: 'A', actor: 'duty', at: 1, event: 'A-1' }, levelWhy: null },
  ...{ into: null, joined: [], after: null, words: '', caller: { name: '', phone: '' }, owner: 'duty', changes: 1 },
  ...{ alarm: null, openedAt: 1, closedAt: null, notes: [], earlierNotes: 0, conflicts: [] },
};

/** Queries on a list that the test changes; an answer takes as long as the test says. */
function rig() {
  const clock = createFakeClock();
  const list = [reject('a'), reject('b'), reject('c')];
  const state = { runs: 0, takes: 0, fault: null as unknown };
  const answerers = {
    'rejects.list': {
      reads: ['rejects'],
      async answer(page: { limit: number; after?: string | undefined }) {
        state.runs++;
        if (state.takes > 0) await new Promise<void>((resolve) => clock.setTimeout(resolve, state.takes));
        if (state.fault) throw state.fault;
        return listPage(list, ({ id }) => id, page);
      },
    },
  } as unknown as Answerers;
  const live = createLiveQueries({ clock, answerers });
  const look = (params: { limit: number; after?: string }) => {
    const pages: Page[] = [];
    const ends: unknown[] = [];
    const stop = live.open('rejects.list', params, { page: (page) => pages.push(page), end: (why) => ends.push(why) });
    return { pages, ends, stop, keys: () => [...(pages.at(-1)?.rows.keys() ?? [])] };
  };
  return { clock, list, state, live, look };
}

test('Q5 windows that ask the same share one answer; who comes later has it at once', async () => {
  const { clock, state, look } = rig();
  const first = look({ limit: 2 });
  const second = look({ limit: 2 });
  await clock.advance(0);
  const third = look({ limit: 2 });
  expect([first, second, third].map((one) => one.keys())).toEqual([
    ['a', 'b'],
    ['a', 'b'],
    ['a', 'b'],
  ]);
  expect(state.runs).toBe(1);
  look({ limit: 1 });
  await clock.advance(0);
  expect(state.runs).toBe(2);
});

test('Q7 a change is told, ten times a second at most however often it changes, and nothing that is not read', async () => {
  const { clock, list, state, live, look } = rig();
  const { keys, pages } = look({ limit: 9 });
  await clock.advance(0);
  for (let ms = 0; ms < 1000; ms++) {
    list.unshift(reject(`n${ms}`));
    live.changed(['rejects', 'other']);
    await clock.advance(1);
  }
  expect(state.runs).toBeGreaterThanOrEqual(10);
  expect(state.runs).toBeLessThanOrEqual(11);
  await clock.advance(200);
  expect(keys()[0]).toBe('n999');
  const { runs } = state;
  live.changed(['other']);
  await clock.advance(1000);
  expect(state.runs).toBe(runs);
  expect(pages.length).toBe(runs);
});

test('Q7 what changes while an answer is made is in the next; an answer that takes long is asked for less often', async () => {
  const { clock, list, state, live, look } = rig();
  state.takes = 400;
  const { keys } = look({ limit: 9 });
  await clock.advance(10);
  list.unshift(reject('new'));
  live.changed(['rejects']);
  for (let ms = 0; ms < 5900; ms += 50) {
    live.changed(['rejects']);
    await clock.advance(50);
  }
  expect(state.runs).toBe(5);
  expect(keys()[0]).toBe('new');
});

test('Q5 nobody looks: nothing is asked, and an answer that comes late is told nobody', async () => {
  const { clock, state, live, look } = rig();
  state.takes = 50;
  const one = look({ limit: 9 });
  await clock.advance(10);
  one.stop();
  live.changed(['rejects']);
  await clock.advance(1000);
  expect([one.pages, one.ends, state.runs, clock.pending]).toEqual([[], [], 1, 0]);
});

test('Q2 a fault ends it for all who look, once; asked again it is answered', async () => {
  const { clock, state, live, look } = rig();
  const [a, b] = [look({ limit: 9 }), look({ limit: 9 })];
  await clock.advance(0);
  state.fault = new ContractError('refused', 'too dear');
  live.changed(['rejects']);
  await clock.advance(500);
  live.changed(['rejects']);
  await clock.advance(500);
  expect([a.ends, b.ends]).toEqual([[state.fault], [state.fault]]);
  state.fault = null;
  const again = look({ limit: 9 });
  await clock.advance(0);
  expect(again.keys()).toEqual(['a', 'b', 'c']);
  live.close();
});

test('Q9 one thing is answered at each change of it, in the same turn, and for those alone who look at it', () => {
  const things = new Map([
    ['incident:1', 'a'],
    ['incident:2', 'b'],
  ]);
  const state = { runs: 0, fault: null as unknown };
  const answerers = {
    'incidents.one': {
      reads: ({ id }: { id: string }) => [id],
      atOnce({ id }: { id: string }) {
        state.runs++;
        if (state.fault) throw state.fault;
        const rows = things.has(id) ? [{ ...ONE, id, type: things.get(id) ?? '' }] : [];
        return { rows, total: { count: rows.length, exact: true }, more: null };
      },
    },
  } as unknown as Answerers;
  const live = createLiveQueries({ clock: createFakeClock(), answerers });
  const seen: string[] = [];
  const look = (id: string, who: string) =>
    live.open(
      'incidents.one',
      { id },
      {
        page: ({ rows }) => seen.push(`${who} ${JSON.parse(rows.get(id) ?? '{}').type}`),
        end: (why) => seen.push(`${who} ${String(why)}`),
      },
    );
  const stop = look('incident:1', 'x');
  look('incident:1', 'y');
  look('incident:2', 'z');
  expect([seen.splice(0), state.runs]).toEqual([['x a', 'y a', 'z b'], 2]);
  for (const is of ['c', 'd']) {
    things.set('incident:1', is);
    live.changed(['incident:1', 'alarm:7']);
    expect(seen.splice(0)).toEqual([`x ${is}`, `y ${is}`]);
  }
  things.delete('incident:1');
  live.changed(['incident:1']);
  expect(seen.splice(0)).toEqual(['x undefined', 'y undefined']);
  stop();
  state.fault = new Error('broken');
  live.changed(['incident:1']);
  live.changed(['incident:1']);
  expect([seen.splice(0), state.runs]).toEqual([['y Error: broken'], 6]);
  live.close();
});

test('Q8 a list is paged by the last row of the page before; one that is not there any more is said', async () => {
  const { clock, list, look } = rig();
  const first = look({ limit: 2 });
  await clock.advance(0);
  expect(first.pages[0]).toMatchObject({ total: { count: 3, exact: true }, more: 'b' });
  list.unshift(reject('new'));
  const second = look({ limit: 2, after: 'b' });
  await clock.advance(0);
  expect([second.keys(), second.pages[0]?.more]).toEqual([['c'], null]);
  const gone = look({ limit: 2, after: 'gone' });
  await clock.advance(0);
  expect(gone.ends).toEqual([expect.objectContaining({ code: 'not-found' })]);
});
