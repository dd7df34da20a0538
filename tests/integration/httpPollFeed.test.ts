import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FeedBatch, FeedSink } from '../../main/feeds/feed.ts';
import { createFeeds, type Feeds } from '../../main/feeds/feeds.ts';
import { readFeedConfig } from '../../main/feeds/registry.ts';
import { createRejects } from '../../main/rejects/rejects.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { halfSaid } from '../support/bothLanguages.ts';
import { freePort } from '../support/freePort.ts';
import { until } from '../support/until.ts';

/** A feed that asks a real server; its clock is the test's. */
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const NOW = Date.parse('2026-11-28T06:00:00Z');
const MODIFIED = 'Sat, 28 Nov 2026 06:00:00 GMT';
const TOKEN = 'the-token-of-the-hall';
let server: Server;
let port: number;
let answer: Answer;
let asked: IncomingMessage[];
let clock: FakeClock;
let feeds: Feeds;
let batches: FeedBatch[];
let logged: string[];
let rejects: ReturnType<typeof createRejects>;
let sink: FeedSink;

const level = (value: number, t = NOW) => JSON.stringify({ data: [{ id: 'd1', t, v: value }] });
const says =
  (body: string | Buffer, status = 200, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    void response.writeHead(status, headers).end(body);

const fileOf = (more = '', at = port) => `id: f
protocol: http-poll
name: { zh: 源, en: Source }
url: http://127.0.0.1:${at}/latest?key=of-the-address
every: 60
${more}messages:
  each: "$.data[*]"
  device: "@.id"
  time: { at: "@.t", form: ms }
  readings: { level: "@.v" }
devices: [{ device: d1, readings: { level: WL-1 } }]
`;

const health = () => {
  const [first] = feeds.health();
  if (!first) throw new Error('no feed');
  return first;
};
const values = () => batches.flatMap(({ observations }) => observations.map(({ value }) => value));
const open = (text = fileOf()) => void feeds.add(readFeedConfig('f.yaml', text));
/** All that a person or a log could see. */
const shown = () => JSON.stringify([logged, rejects.list(), feeds.health()]);
const answered = (times: number) => until(() => asked.length >= times, { what: `question ${times}` });

beforeEach(async () => {
  [asked, batches, logged] = [[], [], []];
  clock = createFakeClock(NOW);
  rejects = createRejects({ clock });
  sink = {
    push(batch) {
      batches.push(batch);
      return { slow: false, rejected: 0, late: 0, faults: [] };
    },
    ready: () => Promise.resolve(),
  };
  const log = (fields: object, message: string) => void logged.push(`${JSON.stringify(fields)} ${message}`);
  feeds = createFeeds({
    ...{ clock, rejects, secret: () => '', log: { debug: log, info: log, warn: log, error: log } },
    directory: { hasSensor: (id) => id === 'WL-1', hasUnit: () => false },
    sinkOf: () => ({ push: (batch) => sink.push(batch), ready: () => sink.ready() }),
  });
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterEach(async () => {
  await feeds.stop();
  server.closeAllConnections();
  await new Promise((resolve) => void server.close(resolve));
});

test('asks every so often, shows its login, and takes what is new', async () => {
  answer = says(level(1));
  open(fileOf(`token: ${TOKEN}\nheaders: { X-Api-Key: of-the-header }\n`));
  await until(() => health().state === 'live', { what: 'the first answer' });
  expect(batches[0]?.observations).toEqual([{ sensor: 'WL-1', t: NOW, value: 1, quality: 'good' }]);
  expect(asked[0]?.headers).toMatchObject({ authorization: `Bearer ${TOKEN}`, 'x-api-key': 'of-the-header' });
  await clock.advance(59_000);
  expect(asked).toHaveLength(1);
  // The same again, then another value, then the same value at another time.
  await clock.advance(1000);
  await until(() => health().lastMessageAt === NOW + 60_000, { what: 'the second answer' });
  answer = says(level(2, NOW + 1));
  await clock.advance(60_000);
  await until(() => values().length === 2, { what: 'another value' });
  answer = says(level(2, NOW + 2));
  await clock.advance(60_000);
  await until(() => values().length === 3, { what: 'a later value' });
  expect([values(), health().received]).toEqual([[1, 2, 2], 3]);
  expect(health().devices).toEqual({ connected: 1, strangers: [], strangerCount: 0 });
});

test('what has not changed is not sent again, and the feed is live', async () => {
  const tag = '"v1"';
  answer = (request, response) => {
    const known = request.headers['if-none-match'] === tag;
    response.writeHead(known ? 304 : 200, { etag: tag, 'last-modified': MODIFIED });
    response.end(known ? '' : level(1));
  };
  open(fileOf('silentAfter: 100\n'));
  await until(() => values().length === 1, { what: 'the first answer' });
  for (let i = 1; i <= 3; i++) {
    await clock.advance(60_000);
    await until(() => health().lastMessageAt === NOW + i * 60_000, { what: `answer ${i}` });
  }
  expect(asked[1]?.headers).toMatchObject({ 'if-none-match': tag, 'if-modified-since': MODIFIED });
  expect([values(), health().state]).toEqual([[1], 'live']);
});

test('what the hall did not let in is asked for again as a whole', async () => {
  answer = says(level(1), 200, { etag: '"v1"' });
  const push = sink.push;
  sink = { ...sink, push: (batch) => ({ ...push(batch), rejected: 1 }) };
  open();
  await until(() => batches.length === 1, { what: 'the first answer' });
  await clock.advance(60_000);
  await until(() => batches.length === 2, { what: 'the same again' });
  expect(asked[1]?.headers['if-none-match']).toBeUndefined();
});

test('a table in GBK is taken by its columns; one without them is refused', async () => {
  const head = Buffer.from([0xd5, 0xbe, 0x2c, 0xca, 0xb1, 0x2c, 0xcb, 0xae]);
  answer = says(Buffer.concat([head, Buffer.from('\nd1,2026/11/28 13:59,1.5\nd1,soon,2\n')]));
  open(fileOf().replace(/messages:.*?(?=devices)/s, 'columns: { device: 站, time: 时, readings: { level: 水 } }\n'));
  await until(() => values().length === 1, { what: 'the table' });
  expect(health().rejected).toBe(1);
  answer = says('a,b\n1,2\n');
  await clock.advance(60_000);
  await until(() => health().rejected === 2, { what: 'the refusal' });
  expect(rejects.list()[0]?.message.en).toContain('no column');
});

const deep = `${'['.repeat(100)}${']'.repeat(100)}`;
const never: Answer = () => undefined;
test.each<[string, Answer, string | null]>([
  [
    'says how long it is, and that is too long',
    (_, to) => void to.writeHead(200, { 'content-length': '99999999' }).write('['),
    null,
  ],
  [
    'never ends',
    (_, to) => {
      const more = () => void (to.destroyed || to.write(Buffer.alloc(65_536, 0x20), more));
      more();
    },
    null,
  ],
  ['is no JSON', says('{"data":'), null],
  ['is nested deeply', says(deep), null],
  ['holds nothing of use', says('{"data":[{}]}'), null],
  ['is a page', says('<html>', 200, { 'content-type': 'text/html' }), null],
  ['is compressed', says('x', 200, { 'content-encoding': 'gzip' }), null],
  ['is an error of the server', says(level(1), 500), 'refused'],
  ['is “not here”', says('', 404), 'not-a-feed'],
  ['is “not you”', says('', 401), 'unauthorised'],
  [
    'is cut off',
    (_, to) => void to.writeHead(200, { 'content-length': '1000' }).write(level(1), () => to.destroy()),
    'closed',
  ],
  ['is none at all', (request) => void request.socket.destroy(), 'closed'],
  ['is no HTTP', (request) => void request.socket.end('220 ftp ready\r\n'), 'not-a-feed'],
  ['leads to another host', says('', 302, { location: 'http://127.0.0.2/' }), 'not-a-feed'],
  [
    'leads to another port',
    (_, to) => void to.writeHead(307, { location: `http://127.0.0.1:${port + 1}/` }).end(),
    'not-a-feed',
  ],
  ['leads to itself', says('', 301, { location: '/latest' }), 'not-a-feed'],
])('an answer that %s is told in both languages, and the next good one is taken', async (_, bad, fault) => {
  answer = bad;
  open();
  await until(() => health().state === 'down' || rejects.total() === 1, { what: 'a verdict' });
  expect([health().fault, values()]).toEqual([fault, []]);
  for (const said of [
    ...rejects.list().flatMap(({ message, remedy }) => [message, remedy]),
    ...(health().error ? [health().error] : []),
  ])
    expect(halfSaid(said ?? { zh: '', en: '' })).toBeNull();
  answer = says(level(7));
  await clock.advance(60_000);
  await until(() => values().length === 1, { what: 'the good answer' });
  expect(health()).toMatchObject({ state: 'live', fault: null, error: null });
});

test.each<[string, Answer]>([
  ['is not there', never],
  ['comes byte by byte', (_, to) => void to.write('{')],
])('an answer that %s in time is not waited for', async (_, bad) => {
  answer = bad;
  open(fileOf('timeout: 5\n'));
  await answered(1);
  await clock.advance(4999);
  expect(health().state).toBe('connecting');
  await clock.advance(1);
  await until(() => health().state === 'down', { what: 'the end of patience' });
  expect(health()).toMatchObject({ fault: 'timeout', error: { en: expect.stringContaining('`timeout`') } });
});

test('a redirect on the same host is followed, with the login', async () => {
  answer = (request, response) => {
    if (request.url?.startsWith('/latest')) response.writeHead(302, { location: '/v2' }).end();
    else response.end(level(3));
  };
  open(fileOf(`token: ${TOKEN}\n`));
  await until(() => values().length === 1, { what: 'the answer' });
  expect(asked.map(({ url, headers }) => [url, headers.authorization])).toEqual([
    ['/latest?key=of-the-address', `Bearer ${TOKEN}`],
    ['/v2', `Bearer ${TOKEN}`],
  ]);
});

test.each<[string, string, string[]]>([
  ['token', `token: ${TOKEN}\n`, [TOKEN]],
  ['password', 'username: hall\npassword: "p-a-s-s"\n', ['p-a-s-s', Buffer.from('hall:p-a-s-s').toString('base64')]],
  ['header', 'headers: { X-Key: of-the-header }\n', ['of-the-header']],
])('a %s, and the address, are shown nowhere, whatever the source says', async (_, more, secrets) => {
  const repeated = (request: IncomingMessage) => JSON.stringify([request.headers, request.url]);
  const echo: Answer = (request, response) => void response.end(`${repeated(request)} no JSON`);
  answer = echo;
  open(fileOf(more));
  await until(() => rejects.total() === 1, { what: 'the refusal' });
  expect(JSON.stringify(asked[0]?.headers)).toContain(secrets.at(-1));
  answer = (request, response) =>
    void response.writeHead(302, { location: `http://${secrets[0]}/${request.url}` }).end();
  await clock.advance(60_000);
  await until(() => health().state === 'down', { what: 'the redirect' });
  for (const secret of secrets) expect(shown()).not.toContain(secret);
  expect(shown()).not.toContain('of-the-address');
});

test('a source that is away is asked ever more seldom, and as often as before once it is back', async () => {
  open(fileOf('', await freePort()));
  const waits = () => logged.flatMap((line) => /"wait":(\d+)/.exec(line)?.[1] ?? []).map(Number);
  for (let i = 0; i < 7; i++) {
    await until(() => waits().length === i + 1, { what: `failure ${i + 1}` });
    const full = Math.min(60_000, 5000 * 2 ** i);
    expect(waits()[i]).toBeGreaterThanOrEqual(full / 2);
    expect(waits()[i]).toBeLessThanOrEqual(full);
    await clock.advance(waits()[i] ?? 0);
  }
  expect(health()).toMatchObject({ state: 'down', fault: 'refused' });
});

test('a source that asks for peace has it', async () => {
  answer = says('', 429, { 'retry-after': '120' });
  open();
  await until(() => health().state === 'down', { what: 'the answer' });
  await clock.advance(119_000);
  expect(asked).toHaveLength(1);
  await clock.advance(1000);
  await answered(2);
});

test('while the hall is slow nothing more is asked for', async () => {
  const ready = Promise.withResolvers<void>();
  const push = sink.push;
  sink = { push: (batch) => ({ ...push(batch), slow: true }), ready: () => ready.promise };
  answer = says(level(1));
  open();
  await until(() => values().length === 1, { what: 'the answer' });
  await clock.advance(600_000);
  expect(asked).toHaveLength(1);
  ready.resolve();
  await clock.advance(1);
  await clock.advance(1);
  await answered(2);
});

test('a feed that is stopped asks no more, and takes nothing of what is on its way', async () => {
  let late: ServerResponse | null = null;
  answer = (_, response) => {
    late = response;
  };
  open();
  await answered(1);
  await feeds.stop();
  (late as ServerResponse | null)?.end(level(1));
  await clock.advance(600_000);
  expect([asked.length, values(), clock.pending]).toEqual([1, [], 0]);
});
