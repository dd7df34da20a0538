import { readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { principalOf, type Via } from '../core/people/principal.ts';
import { RIGHTS, type Right } from '../core/people/right.ts';
import { RIGHTS_OF, type SeatKind } from '../core/people/role.ts';
import { createFakeClock } from '../tests/fakes/clock.ts';
import { LIVE_WORLD } from '../tests/fakes/liveWorld.ts';
import type { QuerySpec } from './define.ts';
import {
  contract,
  type MethodName,
  methods,
  queries,
  type StreamName,
  streams,
  type TopicName,
  topics,
} from './index.ts';
import { createMemoryPair } from './wire/carriers/memory.ts';
import { createTopicCollections } from './wire/collection.ts';
import type { Handlers } from './wire/served.ts';
import { createContractServer } from './wire/server.ts';

/** Somebody of each kind: the seat, and how it comes in. */
const SEATS: Readonly<Record<SeatKind, { seat: string; via: Via }>> = {
  duty: { seat: 'duty', via: 'window' },
  deputy: { seat: 'deputy', via: 'window' },
  commander: { seat: 'commander', via: 'window' },
  department: { seat: 'fire', via: 'window' },
  wall: { seat: 'wall', via: 'window' },
  shell: { seat: 'shell', via: 'shell' },
  integration: { seat: 'cad', via: 'integration' },
};
const KINDS = Object.keys(SEATS) as SeatKind[];

interface Row {
  readonly what: string;
  readonly right: string;
  readonly may: Readonly<Record<string, boolean>>;
}

/** The table of docs/security.md, as it stands there. */
function printed(): Row[] {
  const page = readFileSync(new URL('../docs/security.md', import.meta.url), 'utf8');
  const [head = [], ...rows] = (page.split('\n## ').find((part) => part.startsWith('What a seat may do\n')) ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const kinds = head.slice(2);
  expect(kinds).toEqual(KINDS);
  return rows.map(([what = '', right = '', ...cells]) => {
    expect(cells.filter((cell) => !['yes', 'own', '–'].includes(cell))).toEqual([]);
    // A department's steps are its own; nobody else's right is cut to a part.
    const own = kinds.filter((_, i) => cells[i] === 'own');
    expect([what, own]).toEqual([what, right === '`steps.act`' ? ['department'] : []]);
    const may = Object.fromEntries(kinds.map((kind, i) => [kind, cells[i] !== '–']));
    return { what: what.replaceAll('`', ''), right: right.replaceAll('`', ''), may };
  });
}

/** Everything there is to ask for, with its right. */
const ASKED: readonly (readonly [what: string, right: Right])[] = [
  ...Object.entries(methods).map(([name, { right }]) => [name, right] as const),
  ...Object.entries<QuerySpec>(queries).map(([name, { right }]) => [`query ${name}`, right] as const),
  ...Object.entries(topics).map(([name, { right }]) => [`topic ${name}`, right] as const),
  ...Object.entries(streams).map(([name, { right }]) => [`stream ${name}`, right] as const),
];

/** A server, and somebody of a kind who is connected to it. */
async function connected(kind: SeatKind, lang: 'zh-CN' | 'en' = 'en') {
  const clock = createFakeClock();
  const ran: string[] = [];
  const handlers = Object.fromEntries(
    Object.keys(methods).map((name) => [
      name,
      () => {
        ran.push(name);
        return {};
      },
    ]),
  ) as Record<MethodName, never>;
  const open = (stream: string) => () => {
    ran.push(stream);
    return () => undefined;
  };
  const topics = createTopicCollections();
  const logged: string[] = [];
  const server = createContractServer({
    contract,
    handlers: handlers as Handlers,
    topics,
    queries: {
      open(name) {
        ran.push(name);
        return () => undefined;
      },
    },
    bulk: {
      units: open('units'),
      unit: open('unit'),
      observations: open('observations'),
      video: open('video'),
      wall: open('wall'),
    },
    welcome: { station: 'S1', run: 'r1', version: '0', simulated: false, world: LIVE_WORLD },
    admit: (seat, via) => principalOf({ seat, station: 'S1', via }),
    clock,
    log: { debug() {}, info() {}, error() {}, warn: (_fields, message) => void logged.push(message) },
  });
  const { seat, via } = SEATS[kind];
  const pair = createMemoryPair();
  const got: { t: string; id?: number; topic?: string; e?: { code: string; message: string } }[] = [];
  pair.window.onMessage((message) => void got.push(JSON.parse(String(message))));
  server.attach(pair.hall, via === 'window' ? {} : { seat, via });
  /** Says a frame; answers what came back to it. */
  const say = async (frame: object) => {
    const from = got.length;
    pair.window.send(JSON.stringify(frame));
    await nextTurn();
    await clock.advance(30);
    return got.slice(from);
  };
  await say({ t: 'hello', protocol: 1, seat, lang, client: `test:${kind}` });
  return { server, topics, ran, logged, say, seat };
}

describe('who may what', () => {
  const table = printed();

  test('R1 the table of docs/security.md names every method, query, topic and stream once, with its right', () => {
    expect(table.map(({ what, right }) => [what, right])).toEqual(ASKED);
    const used = new Set(ASKED.map(([, right]) => right));
    expect([...used].sort()).toEqual(Object.keys(RIGHTS).sort());
  });

  test.each(KINDS)('R2 %s: over the wire each method, query, topic and stream is as the table says', async (kind) => {
    const { ran, server, say, seat } = await connected(kind);
    let refused = 0;
    for (const [at, { what, right, may }] of table.entries()) {
      const [sort, name] = what.includes(' ') ? what.split(' ') : ['method', what];
      // Params that fit no schema: whoever has the right is told so, whoever has not hears of the right alone.
      const frames: Readonly<Record<string, object>> = {
        method: { t: 'req', id: at, m: name, p: 7 },
        query: { t: 'query', id: at, q: name, p: 7 },
        topic: { t: 'sub', topic: name },
        stream: { t: 'bulk', id: at, stream: name },
      };
      const answers = await say(frames[sort ?? ''] ?? {});
      const codes = answers.flatMap(({ e }) => e?.code ?? []);
      const granted = sort === 'method' || sort === 'query' ? ['bad-request'] : [];
      expect([what, codes]).toEqual([what, may[kind] ? granted : ['forbidden']]);
      expect([what, answers.some(({ t }) => t === 'snap')]).toEqual([what, sort === 'topic' && may[kind] === true]);
      if (may[kind]) continue;
      refused++;
      const message = answers[0]?.e?.message ?? '';
      expect(message).toContain(`the seat ${seat} may not ${RIGHTS[right as Right].en} (right ${right})`);
    }
    const may = (Object.keys(streams) as StreamName[]).filter((name) => RIGHTS_OF[kind].has(streams[name].right));
    expect(ran).toEqual(may);
    expect(server.stats()).toMatchObject({ forbidden: refused, sessions: 1 });
  });

  test('R3 what is refused is counted, kept and logged, in the words of the window, and puts nobody out', async () => {
    const { server, logged, say, ran } = await connected('wall', 'zh-CN');
    for (let id = 0; id < 30; id++) await say({ t: 'req', id, m: 'link.cut', p: {} });
    expect(ran).toEqual([]);
    expect(server.stats()).toMatchObject({ sessions: 1, rejected: 30, forbidden: 30 });
    expect(server.rejects().at(-1)).toMatchObject({
      client: 'test:wall',
      error: { code: 'forbidden', message: '席位 wall 无权操作本站（权限 station.operate）' },
      excerpt: 'link.cut',
    });
    expect(logged).toEqual(['refused what a seat has no right to']);
    const shell = await connected('shell');
    for (let n = 0; n < 30; n++) await shell.say({ t: 'sub', topic: 'alarms' });
    shell.topics.alarms.setAll([]);
    expect(shell.server.stats()).toMatchObject({ sessions: 1, forbidden: 30 });
  });

  test('R4 no second hello and no word in a frame brings another seat’s rights', async () => {
    const { server, say, ran } = await connected('wall');
    await say({ t: 'hello', protocol: 1, seat: 'commander', lang: 'en', client: 'x' });
    const said = { seat: 'commander', via: 'shell', rights: Object.keys(RIGHTS), scope: { departments: 'all' } };
    const [answer] = await say({ t: 'req', id: 1, m: 'link.cut', p: said, ...said });
    expect(answer).toMatchObject({ e: { code: 'forbidden' } });
    expect(ran).toEqual([]);
    expect(server.callers()).toEqual([{ seat: 'wall', client: 'test:wall', lang: 'en' }]);
  });
});

test('every topic has a collection to follow, and the other way round', () => {
  expect(Object.keys(createTopicCollections()).sort()).toEqual((Object.keys(topics) as TopicName[]).sort());
});
