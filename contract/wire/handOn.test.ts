import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { principalOf } from '../../core/people/principal.ts';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { LIVE_WORLD } from '../../tests/fakes/liveWorld.ts';
import { noQueries } from '../../tests/fakes/queries.ts';
import type { World } from '../features/worlds.ts';
import { contract } from '../index.ts';
import { createMemoryPair } from './carriers/memory.ts';
import { createTopicCollections } from './collection.ts';
import type { BulkSources, ContractServer, Handlers, Known } from './served.ts';
import { createContractServer } from './server.ts';

const DRILL: World = { id: 'drill:d-1', kind: 'drill', name: { zh: '演练', en: 'Drill' }, since: 7 };
const clock = createFakeClock();

function serve(world: World, elsewhere: (world: string) => ContractServer | null = () => null) {
  const topics = createTopicCollections();
  const server = createContractServer({
    ...{ contract, topics, clock, queries: noQueries, elsewhere, handlers: {} as Handlers, bulk: {} as BulkSources },
    welcome: { station: 'S1', run: `run of ${world.id}`, version: '0', simulated: false, world },
    admit: (seat, via) => principalOf({ seat, station: 'S1', via }),
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  return { topics, server };
}

/** A live world's server, with a drill beside it while `open` holds, and a window at its door. */
function hall() {
  const drill = serve(DRILL);
  const at = { open: true };
  const live = serve(LIVE_WORLD, (id) => (at.open && id === DRILL.id ? drill.server : null));
  function window(known?: Known) {
    const pair = createMemoryPair();
    const got: { t: string; [field: string]: unknown }[] = [];
    const ends: number[] = [];
    pair.window.onMessage((message) => void got.push(JSON.parse(String(message))));
    pair.window.onClose((code) => void ends.push(code));
    live.server.attach(pair.hall, known);
    const say = async (...frames: object[]) => {
      for (const frame of frames) pair.window.send(JSON.stringify(frame));
      await nextTurn();
    };
    return { pair, got, ends, say };
  }
  return { live, drill, at, window };
}

const hello = (world?: string) => ({
  ...{ t: 'hello', protocol: 1, seat: 'duty', lang: 'en', client: 'test' },
  ...(world === undefined ? {} : { world }),
});

test('a window is served by the world that it names, with all that it said in one breath, and by no other', async () => {
  const { live, drill, window } = hall();
  const { got, say, pair, ends } = window();
  await say(hello(DRILL.id), { t: 'sub', topic: 'worlds' }, { t: 'ping', at: 1 });
  expect(got[0]).toMatchObject({ t: 'welcome', world: DRILL, run: 'run of drill:d-1' });
  expect(got.map(({ t }) => t).sort()).toEqual(['pong', 'snap', 'welcome']);
  expect([live.server.stats().sessions, drill.server.stats().sessions]).toEqual([0, 1]);
  expect([live.server.callers(), drill.server.callers()]).toMatchObject([[], [{ seat: 'duty' }]]);
  got.length = 0;
  live.topics.worlds.set('live', { ...LIVE_WORLD, state: 'open' });
  drill.topics.worlds.set('drill:d-1', { ...DRILL, state: 'open' });
  await nextTurn();
  await nextTurn();
  expect(got.map((frame) => JSON.stringify(frame)).join()).toContain('drill:d-1');
  expect(got.map((frame) => JSON.stringify(frame)).join()).not.toContain('"live"');
  pair.window.close(1000, 'gone');
  await nextTurn();
  expect(drill.server.stats().sessions).toBe(0);
  expect(ends).toHaveLength(1);
});

test('a window that names no world is in the live one, and what the door knows of it goes with it to another', async () => {
  const { live, drill, window } = hall();
  const plain = window();
  await plain.say(hello());
  expect(plain.got[0]).toMatchObject({ t: 'welcome', world: LIVE_WORLD });
  const known = window({ seat: 'commander', client: 'known' });
  await known.say(hello(DRILL.id));
  expect(drill.server.callers()).toEqual([{ seat: 'commander', client: 'known', lang: 'en' }]);
  expect(live.server.stats().sessions).toBe(1);
});

test.each(['drill:none', 'no world', ''])(
  'a window that names the world “%s” is told that there is none and closed',
  async (id) => {
    const { live, window } = hall();
    const { got, ends, say } = window();
    await say(hello(id), { t: 'sub', topic: 'worlds' });
    expect(got).toMatchObject([{ t: 'err', e: { code: 'no-world', field: 'world' } }]);
    expect(ends).toEqual([4006]);
    expect(live.server.stats().sessions).toBe(0);
  },
);

test('a world that has ended takes no window any more, not even one that was in it', async () => {
  const { drill, at, window } = hall();
  const before = window();
  await before.say(hello(DRILL.id));
  at.open = false;
  drill.server.close();
  await nextTurn();
  expect(before.ends).toEqual([1001]);
  const again = window();
  await again.say(hello(DRILL.id));
  expect(again.got).toMatchObject([{ t: 'err', e: { code: 'no-world' } }]);
});
