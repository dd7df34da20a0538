import { expect, test } from 'vitest';
import type { RejectView } from '../../../../contract/features/rejects.ts';
import { contract } from '../../../../contract/index.ts';
import { createTopicCollections } from '../../../../contract/wire/collection.ts';
import { createContractServer } from '../../../../contract/wire/server.ts';
import { principalOf } from '../../../../core/people/principal.ts';
import { createFakeClock } from '../../../../tests/fakes/clock.ts';
import { LIVE_WORLD } from '../../../../tests/fakes/liveWorld.ts';
import { rejectQueries } from '../../../features/rejects/queries.ts';
import { type Answerers, createLiveQueries } from '../../../wire/liveQueries.ts';
import { restOf } from './rest.ts';
import { createSystemClients } from './systemClients.ts';

const reject = (n: number): RejectView => ({
  ...{
    id: `r${n}`,
    at: n,
    door: 'feed',
    source: 'a feed',
    path: '',
    excerpt: '',
    of: null,
    length: null,
    state: 'kept',
  },
  ...{ message: { zh: `第 ${n} 条`, en: `no ${n}` }, remedy: { zh: '改', en: 'r' } },
});

/** The contract over HTTP, without a server: what is asked comes from a seat that may see refusals. */
function rig() {
  const clock = createFakeClock();
  const list = [3, 2, 1].map(reject);
  const read = () => Promise.reject(new Error('there is no file'));
  const server = createContractServer({
    contract,
    ...{ handlers: {} as never, topics: createTopicCollections(), bulk: {} as never, clock },
    queries: createLiveQueries({
      clock,
      answerers: rejectQueries({ read, readable: () => false, newest: () => list }) as Answerers,
    }),
    welcome: { station: 'S1', run: 'r1', version: '0', simulated: false, world: LIVE_WORLD },
    log: { debug() {}, info() {}, warn() {}, error() {} },
    admit: () => principalOf({ seat: 'duty', station: 'S1', via: 'window' }),
  });
  const clients = createSystemClients({ contract: server, clock });
  const app = restOf({ version: '1', clients });
  const get = async (path: string) => {
    const asked = app.request(path);
    await clock.advance(20);
    const answer = await asked;
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  return { clock, server, clients, get };
}

test('a query is read a page at a time: `after` is the `more` of the page before', async () => {
  const { get } = rig();
  const first = await get('/rejects.list?limit=2');
  expect(first).toEqual({
    status: 200,
    body: { rows: [reject(3), reject(2)], total: { count: 3, exact: true }, more: 'r2' },
  });
  const second = await get('/rejects.list?limit=2&after=r2');
  expect(second.body).toMatchObject({ rows: [reject(1)], more: null });
  const gone = await get('/rejects.list?after=none');
  expect(gone).toMatchObject({ status: 404, body: { code: 'not-found', field: 'after' } });
  const none = await get('/rejects.list?limit=0');
  expect(none).toMatchObject({ status: 400, body: { code: 'bad-request', field: 'limit' } });
});

test('systems share a session of the contract for each language, which ends when nobody has asked for a minute', async () => {
  const { get, clock, server } = rig();
  await get('/rejects.list');
  await get('/rejects.list');
  expect(server.callers()).toEqual([{ seat: 'duty', client: 'http', lang: 'zh-CN' }]);
  await clock.advance(59_000);
  await get('/rejects.list');
  await clock.advance(59_000);
  expect(server.callers()).toHaveLength(1);
  await clock.advance(2000);
  expect(server.callers()).toEqual([]);
  expect((await get('/rejects.list')).status).toBe(200);
});
