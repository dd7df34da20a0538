import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { trusting } from '../../tests/fakes/callers.ts';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { LIVE_WORLD } from '../../tests/fakes/liveWorld.ts';
import { createHandQueries } from '../../tests/fakes/queries.ts';
import { ContractError } from '../errors.ts';
import type { RejectView } from '../features/rejects.ts';
import { contract } from '../index.ts';
import { createMemoryPair } from './carriers/memory.ts';
import { createHallClient } from './client.ts';
import { createTopicCollections } from './collection.ts';
import type { QueryState } from './hallClient.ts';
import type { WireLimits } from './limits.ts';
import type { Handlers } from './served.ts';
import { createContractServer } from './server.ts';

const reject = (id: string, message = ''): RejectView => ({
  ...{ id, at: 1, door: 'feed', source: 'f', path: '', excerpt: '', of: null, length: null, state: 'kept' },
  ...{ message: { zh: message, en: '' }, remedy: { zh: '', en: '' } },
});
const answer = (...rows: RejectView[]) => ({ rows, total: { count: rows.length, exact: true }, more: null });

/** A hall whose queries the test answers, and a window on it over a memory pair. */
async function joined(limits: Partial<WireLimits> = {}) {
  const clock = createFakeClock();
  const queries = createHandQueries();
  const errors: string[] = [];
  const server = createContractServer({
    contract,
    handlers: {} as Handlers,
    topics: createTopicCollections(),
    bulk: {
      observations: () => () => undefined,
      units: () => () => {},
      unit: () => () => {},
      video: () => () => {},
      wall: () => () => {},
    },
    queries,
    limits,
    welcome: { station: 'S1', run: 'r1', version: '0', simulated: false, world: LIVE_WORLD },
    clock,
    admit: trusting,
    log: { debug() {}, info() {}, warn() {}, error: (_fields, message) => void errors.push(message) },
  });
  const frames: { t: string; v?: number; e?: { code: string } }[] = [];
  let pair = createMemoryPair();
  const violations: unknown[] = [];
  const client = createHallClient({
    clock,
    hello: { seat: 'a1', lang: 'en', client: 'test' },
    backoff: { firstMs: 10, maxMs: 10 },
    onViolation: (violation) => violations.push(violation),
    async connect() {
      pair = createMemoryPair();
      server.attach(pair.hall);
      const { window } = pair;
      return {
        ...window,
        onMessage(fn) {
          window.onMessage((message) => {
            frames.push(JSON.parse(String(message)));
            fn(message);
          });
        },
      };
    },
  });
  await clock.advance(1);
  const states: QueryState<'rejects.list'>[] = [];
  const look = (limit = 100) => client.query('rejects.list', { limit }, (state) => void states.push(state));
  const settle = async () => {
    await nextTurn();
    await nextTurn();
  };
  const ids = () => states.at(-1)?.rows?.map(({ id }) => id);
  const told = (t: string) => frames.filter((frame) => frame.t === t);
  return { clock, queries, server, client, errors, violations, states, look, settle, ids, told, pair: () => pair };
}

describe('queries', () => {
  it('Q1 the first page comes whole, then what changes on it, rows that stay as the objects they were', async () => {
    const { queries, look, settle, ids, states, told, server } = await joined();
    look();
    await settle();
    expect(queries.asked).toEqual([expect.objectContaining({ name: 'rejects.list', params: { limit: 100 } })]);
    expect(states.at(-1)).toMatchObject({ rows: null, fresh: false, error: null });
    queries.put('rejects.list', answer(reject('a'), reject('b')));
    await settle();
    expect(ids()).toEqual(['a', 'b']);
    const [, b] = states.at(-1)?.rows ?? [];
    queries.put('rejects.list', answer(reject('c'), reject('b'), reject('a', 'other')));
    await settle();
    expect(ids()).toEqual(['c', 'b', 'a']);
    expect(states.at(-1)?.rows?.[1]).toBe(b);
    expect(states.at(-1)).toMatchObject({ total: { count: 3, exact: true }, fresh: true });
    queries.put('rejects.list', answer(reject('c'), reject('b'), reject('a', 'other')));
    await settle();
    expect([told('rows').length, told('patch').length, server.stats().pagesSent]).toEqual([1, 1, 2]);
  });

  it('Q5 many that ask the same are one query, which ends a moment after the last has gone', async () => {
    const { clock, queries, look, settle } = await joined();
    const stops = [look(), look()];
    const other = look(7);
    await settle();
    expect(queries.asked).toHaveLength(2);
    for (const stop of stops) stop();
    const again = look();
    await clock.advance(1000);
    expect(queries.asked).toHaveLength(2);
    again();
    other();
    await clock.advance(1000);
    expect(queries.asked).toEqual([]);
  });

  it('Q6 is asked again on a new connection; meanwhile the rows stay, not fresh, and those that are the same are kept', async () => {
    const { clock, queries, look, settle, states, ids, pair } = await joined();
    look();
    queries.put('rejects.list', answer(reject('a'), reject('b')));
    await settle();
    const [a] = states.at(-1)?.rows ?? [];
    pair().cut();
    await settle();
    expect(states.at(-1)).toMatchObject({ rows: [{ id: 'a' }, { id: 'b' }], fresh: false, error: null });
    queries.put('rejects.list', answer(reject('a'), reject('b', 'other')));
    await clock.advance(20);
    expect(queries.asked).toHaveLength(1);
    expect(ids()).toEqual(['a', 'b']);
    expect(states.at(-1)).toMatchObject({ fresh: true, rows: [{}, { message: { zh: 'other' } }] });
    expect(states.at(-1)?.rows?.[0]).toBe(a);
  });

  it('Q3 a window that does not read is sent the newest page only, when it has read on', async () => {
    const { clock, queries, look, settle, ids, told, pair } = await joined({ topicUnread: 100_000 });
    look();
    queries.put('rejects.list', answer(reject('a', 'x'.repeat(70_000))));
    await settle();
    pair().hold();
    for (let i = 0; i < 50; i++) {
      queries.put('rejects.list', answer(reject(`n${i}`, 'x'.repeat(70_000))));
      await settle();
    }
    pair().release();
    await clock.advance(100);
    expect(told('patch').length).toBeLessThan(5);
    expect(ids()).toEqual(['n49']);
  });

  it('Q2 a query that the contract does not have, breaks its schema, is too long, or is one too many, is refused by name', async () => {
    const { client, look, settle, states, told } = await joined({ queries: 3, queryChars: 200 });
    const codes = () => told('unrows').map(({ e }) => e?.code);
    client.query('no.such' as 'rejects.list', {}, () => {});
    client.query('rejects.list', { limit: 0 }, () => {});
    client.query('rejects.list', { after: 'x'.repeat(200) }, () => {});
    await settle();
    expect(codes()).toEqual(['not-found', 'bad-request', 'too-large']);
    look(1);
    look(2);
    await settle();
    look(3);
    await settle();
    expect(codes().slice(3)).toEqual(['busy']);
    expect(states.at(-1)).toMatchObject({ rows: null, error: { code: 'busy' } });
  });

  it('Q2 what is busy is asked for again by itself, what is refused is not', async () => {
    const { clock, queries, look, settle, states, ids } = await joined();
    look();
    await settle();
    queries.fail(new ContractError('busy', 'later'));
    await settle();
    expect(states.at(-1)).toMatchObject({ error: { code: 'busy' }, fresh: false });
    expect(queries.asked).toHaveLength(0);
    await clock.advance(1100);
    expect(queries.asked).toHaveLength(1);
    queries.put('rejects.list', answer(reject('a')));
    await settle();
    expect([ids(), states.at(-1)?.error]).toEqual([['a'], null]);
    queries.fail(new ContractError('refused', 'too dear'));
    await clock.advance(60_000);
    expect(queries.asked).toHaveLength(0);
    expect(states.at(-1)).toMatchObject({ rows: [{ id: 'a' }], fresh: false, error: { message: 'too dear' } });
  });

  it('C4 C8 a fault crosses as a reference; a page that is too long is named', async () => {
    const { queries, look, settle, states, errors } = await joined({ pageBytes: 2000 });
    look();
    await settle();
    queries.fail(new Error('secret detail'));
    await settle();
    expect(states.at(-1)?.error).toMatchObject({ code: 'internal' });
    expect(states.at(-1)?.error?.message).not.toContain('secret');
    expect(errors).toEqual(['rejects.list failed']);
    look(5);
    await settle();
    queries.put('rejects.list', answer(reject('a', '长'.repeat(700))));
    await settle();
    expect(states.at(-1)?.error).toMatchObject({ code: 'too-large' });
  });

  it('Q4 after a gap in versions the page is asked for anew', async () => {
    const { queries, look, settle, ids, pair, told } = await joined();
    look();
    queries.put('rejects.list', answer(reject('a')));
    await settle();
    pair().loseNext((message) => String(message).startsWith('{"t":"patch"'));
    queries.put('rejects.list', answer(reject('b'), reject('a')));
    queries.put('rejects.list', answer(reject('c'), reject('b'), reject('a')));
    await settle();
    expect([ids(), told('rows').length, queries.asked.length]).toEqual([['c', 'b', 'a'], 2, 1]);
  });

  it('T5 a row that breaks the schema is named and left out, and the others keep their places', async () => {
    const { queries, look, settle, ids, violations, pair } = await joined();
    look();
    queries.put('rejects.list', answer(reject('a'), reject('b'), reject('c')));
    await settle();
    const broken = { ...reject('b'), at: 'noon' };
    pair().hall.send(JSON.stringify({ t: 'patch', id: 1, v: 1, set: [['b', broken]], del: [] }));
    await settle();
    expect(ids()).toEqual(['a', 'c']);
    expect(violations).toEqual([
      expect.objectContaining({ key: 'b', error: expect.objectContaining({ field: 'rejects.list.at' }) }),
    ]);
    const late = {
      t: 'patch',
      id: 1,
      v: 2,
      set: [
        ['d', reject('d')],
        ['b', reject('b')],
      ],
      del: [],
      at: [['d', 2]],
    };
    pair().hall.send(JSON.stringify(late));
    await settle();
    expect(ids()).toEqual(['a', 'b', 'd', 'c']);
  });
});
