import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { contract } from '../../contract/index.ts';
import { createTopicCollections } from '../../contract/wire/collection.ts';
import { createContractServer } from '../../contract/wire/server.ts';
import { createHttpServer, type HttpServer } from '../../main/api/http/server.ts';
import { systemClock } from '../../main/clock.ts';
import { createHub } from '../../main/sync/hub.ts';
import { trusting } from '../fakes/callers.ts';
import { LIVE_WORLD } from '../fakes/liveWorld.ts';
import { noQueries } from '../fakes/queries.ts';
import { type RawClient, rawClient, requestText, UPGRADE } from '../support/rawHttp.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { handlersWith, keepLog } from './wire.rig.ts';

const TOKEN = 'right-token_1';
const SCRIPT_BYTES = 2 * 1024 * 1024;
const scratch = createScratch();
const log = keepLog();
const bearer = { authorization: `Bearer ${TOKEN}` };
let http: HttpServer;
let clients: RawClient[] = [];

beforeAll(async () => {
  const root = scratch.folder('crowd');
  await mkdir(join(root, 'renderer', 'assets'), { recursive: true });
  await writeFile(join(root, 'renderer', 'index.html'), '<!doctype html>');
  await writeFile(
    join(root, 'renderer', 'assets', 'main-1.js'),
    `/*${randomBytes(SCRIPT_BYTES / 2).toString('hex')}*/`,
  );
  const clock = systemClock();
  const hub = createHub({ token: 'hub-token', clock, isOpen: () => true, onPeer() {} });
  http = await createHttpServer({
    host: '127.0.0.1',
    port: 0,
    token: TOKEN,
    integrationToken: 'right-token_2',
    version: '0.0.0-test',
    staticDir: join(root, 'renderer'),
    cityDir: join(root, 'city'),
    mapDir: join(root, 'map'),
    contract: createContractServer({
      contract,
      handlers: handlersWith({}),
      topics: createTopicCollections(),
      queries: noQueries,
      bulk: {
        units: () => () => {},
        unit: () => () => {},
        observations: () => () => {},
        video: () => () => {},
        wall: () => () => {},
      },
      welcome: { station: 'A', run: 'r1', version: '0', simulated: false, world: LIVE_WORLD },
      clock,
      log,
      admit: trusting,
    }),
    healthz: () => ({ ok: true }),
    clock,
    log,
    patience: { headersMs: 1000, stillMs: 3000 },
    extraUpgrade: (request, socket, head) => hub.handleUpgrade(request, socket, head),
  });
});

afterAll(async () => {
  await http.close();
  await scratch.clear();
});

/** Connects as often as told, and never hangs up by itself. */
function crowd(n: number, text: string, options: { read?: boolean; from?: string } = {}): RawClient[] {
  const made = Array.from({ length: n }, () => rawClient(http.port, text, options));
  clients.push(...made);
  return made;
}

async function dismiss(): Promise<void> {
  for (const { socket } of clients) socket.destroy();
  await until(() => http.connections() === 0);
  clients = [];
}

/** Waits until no more than so many connections are left at the hall. Its clients have not hung up. */
async function gone(most: number): Promise<void> {
  await until(() => http.connections() <= most, { what: 'the end of the connections', within: 20_000 });
}

async function healthy(): Promise<boolean> {
  const answer = await fetch(`${http.url}healthz`, {
    headers: { connection: 'close' },
    signal: AbortSignal.timeout(5000),
  });
  return answer.ok;
}

async function openSocket(): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${http.port}/api`, { headers: bearer });
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  return socket;
}

describe('L5 a connection that is refused is ended by the hall', () => {
  it.each<[string, number, string]>([
    ['an upgrade without a token', 401, requestText('/api', UPGRADE)],
    ['an upgrade from a foreign page', 403, requestText('/api', [...UPGRADE, 'Origin: https://evil.example'])],
    ['an upgrade where there is no socket', 404, requestText('/other', UPGRADE)],
    ['a station without a token', 401, requestText('/hub', UPGRADE)],
    ['a station that is a page', 403, requestText('/hub', [...UPGRADE, 'Origin: https://evil.example'])],
    [
      'a WebSocket without its key',
      400,
      requestText('/api', [...UPGRADE.slice(0, 3), `Authorization: Bearer ${TOKEN}`]),
    ],
    ['what is not HTTP', 400, 'HELLO\r\n\r\n'],
    ['headers that are too large', 431, requestText('/', [`X-Large: ${'x'.repeat(20_000)}`])],
    ['a request that never ends', 408, 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n'],
    ['nothing at all', 408, ''],
  ])('%s: %i', async (_what, status, text) => {
    const [client] = crowd(1, text);
    expect(await client?.status()).toBe(status);
    await gone(0);
    await dismiss();
  });

  it('who reads nothing of a long answer is ended', async () => {
    const [client] = crowd(1, requestText('/assets/main-1.js').repeat(5), { read: false });
    await until(() => client?.socket.readableLength);
    await gone(0);
    await dismiss();
  });

  it('a window that is put out goes, though it does not answer', async () => {
    const [client] = crowd(1, requestText('/api', [...UPGRADE, `Authorization: Bearer ${TOKEN}`]), {});
    expect(await client?.status()).toBe(101);
    // Binary frames, which no window sends: after 20 the hall closes, and nobody answers its close frame.
    for (let i = 0; i < 20; i++) client?.socket.write(Buffer.from([0x82, 0x81, 0, 0, 0, 0, 1]));
    await gone(0);
    await dismiss();
  });
});

describe('L6 nobody takes the connections of others', () => {
  it('256 that say nothing, from the same address: monitoring is answered, windows stay and come', async () => {
    const before = await openSocket();
    crowd(280, '');
    await until(() => clients.every((client) => !client.socket.connecting));
    await gone(256);
    expect(await healthy()).toBe(true);
    const after = await openSocket();
    expect([before.readyState, after.readyState]).toEqual([WebSocket.OPEN, WebSocket.OPEN]);
    before.close();
    after.close();
    await dismiss();
  });

  it('those of another address are not touched', async () => {
    const quiet = crowd(5, 'GET /healthz HTTP/1.1\r\n', { from: '127.0.0.2' });
    crowd(300, requestText('/').slice(0, -2));
    await until(() => clients.every((client) => !client.socket.connecting));
    await gone(256);
    for (const { socket } of quiet) socket.write('Host: 127.0.0.1\r\n\r\n');
    expect(await Promise.all(quiet.map((client) => client.status()))).toEqual([200, 200, 200, 200, 200]);
    await dismiss();
  });

  it('as many as like may ask without a token, one after another', async () => {
    for (let round = 0; round < 4; round++) crowd(150, requestText('/api', UPGRADE));
    expect(await healthy()).toBe(true);
    await dismiss();
  });
});

describe('L7 nobody fills the log', () => {
  it('one line a minute for a cause and an address, with a path of 120 characters', async () => {
    const path = `/${'p'.repeat(8000)}`;
    const refused = crowd(60, requestText(path, UPGRADE));
    await Promise.all(refused.map((client) => client.status()));
    const lines = log.lines.filter(({ message }) => message.includes('no socket here'));
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines).length).toBeLessThan(400);
    await dismiss();
  });

  it('a client that hangs up in the middle is no warning', async () => {
    log.lines.length = 0;
    const socket = await openSocket();
    socket.terminate();
    const [client] = crowd(1, requestText('/assets/main-1.js'), { read: false });
    await until(() => (client?.socket.bytesRead ?? 0) > 0 || client?.socket.readableLength);
    client?.socket.resetAndDestroy();
    await healthy();
    expect(log.lines.filter(({ level }) => level !== 'debug')).toEqual([]);
    await dismiss();
  });
});

describe('L8 memory does not grow with the number of those who ask', () => {
  it('a file asked for 360 times at once is in memory once', async () => {
    const before = process.memoryUsage().arrayBuffers;
    crowd(30, requestText('/assets/main-1.js', ['Accept-Encoding: br']).repeat(12), { read: false });
    let most = 0;
    await until(async () => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      return clients.some((client) => client.socket.readableLength > 0);
    });
    await healthy();
    expect(most).toBeLessThan(6 * SCRIPT_BYTES);
    await dismiss();
  });

  it('requests in a row on one connection are answered in their order', async () => {
    const [client] = crowd(
      1,
      requestText('/assets/main-1.js', [], 'HEAD') + requestText('/healthz') + requestText('/none.js'),
    );
    await until(() => client?.said().match(/HTTP\/1\.1/g)?.length === 3);
    expect(client?.said().match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 404']);
    await dismiss();
  });

  it.each([
    ['thousands of requests in a row, unread', requestText('/').repeat(3000)],
    [
      'a body without end',
      `${requestText('/healthz', ['Transfer-Encoding: chunked'])}10000\r\n${'x'.repeat(65536)}\r\n`.concat(
        `10000\r\n${'x'.repeat(65536)}\r\n`,
      ),
    ],
  ])('%s ends the connection', async (_what, text) => {
    const [client] = crowd(1, text, { read: false });
    await until(() => client?.closed(), { what: 'the end' });
    await dismiss();
  });
});

describe('requests of other kinds', () => {
  it.each<[string, number, string]>([
    [
      'an offer of HTTP/2',
      200,
      requestText('/healthz', [
        'Connection: Upgrade, HTTP2-Settings',
        'Upgrade: h2c',
        'HTTP2-Settings: AAMAAABkAAQAAP__',
      ]),
    ],
    ['an offer of anything', 200, requestText('/healthz', ['Connection: Upgrade', 'Upgrade: tea/1'])],
    ['an address with its host', 200, requestText('http://127.0.0.1/healthz')],
    ['an address with another host', 400, requestText('http://evil.example/healthz')],
    ['two hosts', 400, requestText('/healthz', ['Host: evil.example'])],
    ['a small body', 200, `${requestText('/healthz', ['Transfer-Encoding: chunked'])}3\r\nabc\r\n0\r\n\r\n`],
    ['HEAD', 200, requestText('/healthz', [], 'HEAD')],
    ['OPTIONS', 405, requestText('*', [], 'OPTIONS')],
    ['DELETE', 405, requestText('/', [], 'DELETE')],
    ['a part of a file', 200, requestText('/', ['Range: bytes=0-1'])],
    ['a broken escape', 404, requestText('/%E0%A4%A.js')],
  ])('%s: %i', async (_what, status, text) => {
    const [client] = crowd(1, text);
    expect(await client?.status()).toBe(status);
    await dismiss();
  });

  it('L9 a client that pings without end is put out', async () => {
    const socket = await openSocket();
    let code = 0;
    socket.on('close', (ended) => {
      code = ended;
    });
    for (let i = 0; i < 200; i++) socket.ping();
    await until(() => code !== 0);
    expect(code).toBe(4002);
  });
});
