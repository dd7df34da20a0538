import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Carrier } from '../../contract/wire/carrier.ts';
import type { ContractServer } from '../../contract/wire/served.ts';
import { createHttpServer, type HttpServer } from '../../main/api/http/server.ts';
import { systemClock } from '../../main/clock.ts';
import { until } from '../support/until.ts';
import { keepLog } from './wire.rig.ts';

const TOKEN = 'right-token_1';
const CITY = JSON.stringify({ streets: Array.from({ length: 500 }, (_, i) => `滨江路 ${i}`) });
let root: string;
let http: HttpServer;
const log = keepLog();
const attached: Carrier[] = [];
const contract: ContractServer = {
  attach: (carrier) => void attached.push(carrier),
  stats: () => ({
    sessions: 0,
    requests: 0,
    failed: 0,
    limited: 0,
    rejected: 0,
    forbidden: 0,
    deltasSkipped: 0,
    pagesSent: 0,
    bulkSent: 0,
    bulkDropped: 0,
  }),
  rejects: () => [],
  callers: () => [],
  close() {},
};
const hub = new WebSocketServer({ noServer: true });
const options = () => ({
  host: '127.0.0.1',
  port: 0,
  token: TOKEN,
  integrationToken: 'right-token_2',
  version: '0.0.0-test',
  staticDir: join(root, 'renderer'),
  cityDir: join(root, 'city'),
  mapDir: join(root, 'map'),
  contract,
  healthz: () => ({ ok: true }),
  clock: systemClock(),
  log,
});

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'opshall-http-'));
  await mkdir(join(root, 'renderer', 'assets'), { recursive: true });
  await mkdir(join(root, 'city', 'tiles'), { recursive: true });
  await writeFile(join(root, 'secret.txt'), 'secret');
  await writeFile(join(root, 'renderer', 'index.html'), '<!doctype html><title>OpsHall</title>');
  await writeFile(join(root, 'renderer', 'assets', 'main-abc123.js'), 'export {};');
  await writeFile(join(root, 'renderer', '.hidden'), 'secret');
  await symlink(join(root, 'secret.txt'), join(root, 'renderer', 'link.txt'));
  await writeFile(join(root, 'city', 'basemap.json'), CITY);
  await writeFile(join(root, 'city', 'tiles', '3.pbf'), randomBytes(200));
  await mkdir(join(root, 'map'));
  await writeFile(join(root, 'map', 'map.json'), '{}');
  await writeFile(join(root, 'map', 'basemap.pmtiles'), '0123456789');
  http = await createHttpServer({
    ...options(),
    names: ['hall.example'],
    extraUpgrade(incoming, socket, head) {
      if (incoming.url !== '/hub') return false;
      hub.handleUpgrade(incoming, socket, head, (peer) => peer.send('hub'));
      return true;
    },
  });
});

afterAll(async () => {
  await http.close();
  await rm(root, { recursive: true });
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A request with the path and headers exactly as given. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: http.port, path, headers, method, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

/** Tries to open a socket; answers the status it was refused with, or 101. */
function upgrade(path: string, headers: Record<string, string> = {}, protocols: string[] = []): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${http.port}${path}`, protocols, { headers });
    socket.on('open', () => {
      resolve(101);
      socket.close();
    });
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    socket.on('error', () => {});
  });
}

const bearer = { authorization: `Bearer ${TOKEN}` };

describe('HTTP: the shell', () => {
  it('is served to anybody, with strict headers', async () => {
    const { status, headers, body } = await get('/');
    expect(status).toBe(200);
    expect(body.toString()).toContain('OpsHall');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; ` +
        `connect-src 'self' ws://127.0.0.1:${http.port} wss://127.0.0.1:${http.port}; worker-src 'self' blob:; media-src 'self' blob:; ` +
        `font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
    );
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    });
  });

  it('keeps hashed assets for good and answers a known ETag with 304', async () => {
    const asset = await get('/assets/main-abc123.js');
    expect(asset.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    const again = await get('/', { 'if-none-match': String((await get('/')).headers.etag) });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
  });

  it('answers a route with the page, and a missing file with 404', async () => {
    expect((await get('/wall/north')).body.toString()).toContain('OpsHall');
    expect((await get('/assets/gone.js')).status).toBe(404);
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/link.txt',
    '/.hidden',
    '/%00.txt',
    '/%.txt',
    '//etc/hostname.txt',
  ])('gives nothing outside its folder: %s', async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(404);
    expect(body.toString()).not.toContain('secret\n');
    expect(body.toString()).toBe('no such file\n');
  });

  it('answers other methods with 405, and says so when it is not built', async () => {
    expect((await get('/', {}, 'POST')).status).toBe(405);
    const bare = await createHttpServer({ ...options(), staticDir: join(root, 'not-built') });
    const answer = await fetch(bare.url);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('npm run build');
    await bare.close();
  });
});

describe('HTTP: who is let in', () => {
  it.each([
    ['the listen address', '127.0.0.1:1', 200],
    ['localhost', 'localhost', 200],
    ['another loopback address', '127.9.9.9', 200],
    ['::1', '[::1]:80', 200],
    ['a name it was given', 'HALL.example:8080', 200],
    ['a foreign name (DNS rebinding)', 'evil.example', 403],
    ['a foreign address', '10.0.0.1', 403],
    ['a name that only begins like loopback', '127.0.0.1.evil.example', 403],
    ['nonsense', 'a b"', 400],
  ])('Host: %s', async (_what, host, status) => {
    expect((await get('/healthz', { host })).status).toBe(status);
  });

  it('/healthz needs no token, but its own origin', async () => {
    const { status, headers, body } = await get('/healthz');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(body.toString())).toEqual({ ok: true });
    expect((await get('/healthz', { origin: 'https://evil.example' })).status).toBe(403);
    expect((await get('/healthz', { origin: 'null' })).status).toBe(403);
    expect((await get('/healthz', { origin: `http://127.0.0.1:${http.port}` })).status).toBe(200);
    expect((await get('/healthz', { origin: 'app://opshall' })).status).toBe(200);
  });

  it('/city needs the token; it is compressed when the page takes it', async () => {
    expect((await get('/city/basemap.json')).status).toBe(401);
    expect((await get('/city/basemap.json', { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await get(`/city/basemap.json?token=${TOKEN}`)).status).toBe(200);
    const plain = await get('/city/basemap.json', bearer);
    expect(plain.body.toString()).toBe(CITY);
    expect(plain.headers['content-encoding']).toBeUndefined();
    const br = await get('/city/basemap.json', { ...bearer, 'accept-encoding': 'gzip, deflate, br' });
    expect(br.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' });
    expect(brotliDecompressSync(br.body).toString()).toBe(CITY);
    const gz = await get('/city/basemap.json', { ...bearer, 'accept-encoding': 'gzip, br;q=0' });
    expect(gz.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gz.body).toString()).toBe(CITY);
    expect(new Set([plain, br, gz].map(({ headers }) => headers.etag)).size).toBe(3);
    expect((await get('/city/tiles/3.pbf', bearer)).body).toHaveLength(200);
    expect((await get('/city/../secret.txt', bearer)).status).toBe(404);
    expect((await get('/city/none.json', bearer)).status).toBe(404);
  });

  it('/city/map is the hall’s own map, and needs the token too', async () => {
    expect((await get('/city/map/basemap.pmtiles', { range: 'bytes=2-4' })).status).toBe(401);
    const piece = await get('/city/map/basemap.pmtiles', { ...bearer, range: 'bytes=2-4' });
    expect([piece.status, piece.body.toString()]).toEqual([206, '234']);
    expect((await get('/city/map/map.json', bearer)).body.toString()).toBe('{}');
    expect((await get('/city/map/basemap.json', bearer)).status).toBe(404);
    expect((await get('/city/map/../../secret.txt', bearer)).status).toBe(404);
    expect((await get('/city/map/%2e%2e/%2e%2e/secret.txt', bearer)).status).toBe(404);
    expect((await get('/city/%6d%61%70/../basemap.json', bearer)).status).toBe(404);
  });

  it('a page can ask whether its token is right', async () => {
    expect((await get('/api')).status).toBe(401);
    expect((await get('/api', bearer)).status).toBe(426);
  });

  it.each<[string, number, string, Record<string, string>, string[]]>([
    ['no token', 401, '/api', {}, ['opshall.v1']],
    ['a wrong token', 401, '/api', {}, ['opshall.v1', 'token.wrong']],
    ['the token and more', 401, '/api', {}, ['opshall.v1', `token.${TOKEN}x`]],
    ['the token as subprotocol', 101, '/api', {}, ['opshall.v1', `token.${TOKEN}`]],
    ['the token as bearer', 101, '/api', bearer, []],
    ['the token in the query', 101, `/api?token=${TOKEN}`, {}, []],
    ['a foreign origin, though it has the token', 403, '/api', { ...bearer, origin: 'https://evil.example' }, []],
    ['the origin of an opaque page', 403, '/api', { ...bearer, origin: 'null' }, []],
    ['the desktop shell’s origin', 101, '/api', { ...bearer, origin: 'app://opshall' }, []],
    ['a bent name', 403, '/api', { ...bearer, host: 'evil.example' }, []],
    ['another path', 404, '/other', bearer, []],
  ])('socket with %s: %i', async (_what, status, path, headers, protocols) => {
    expect(await upgrade(path, headers, protocols)).toBe(status);
  });

  it('lets another service take its sockets', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${http.port}/hub`);
    const said = await new Promise((resolve) => socket.on('message', (data) => resolve(String(data))));
    expect(said).toBe('hub');
    socket.close();
  });

  it('writes no token into its log', () => {
    expect(log.lines.length).toBeGreaterThan(3);
    expect(JSON.stringify(log.lines)).not.toContain(TOKEN);
  });
});

describe('HTTP: limits and the end', () => {
  it('headers that are too large are refused', async () => {
    expect((await get('/', { 'x-large': 'x'.repeat(20_000) })).status).toBe(431);
  });

  it.each([
    ['what is not HTTP', 'HELLO\r\n\r\n'],
    ['a request without a Host', 'GET /healthz HTTP/1.1\r\n\r\n'],
  ])('%s is answered 400', async (_what, text) => {
    const socket = connect(http.port, '127.0.0.1');
    let said = '';
    socket.on('data', (chunk) => {
      said += String(chunk);
    });
    socket.write(text);
    await until(() => said.startsWith('HTTP/1.1 400'));
    socket.destroy();
  });

  it('L1 a message that is too large ends the socket with 1009', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${http.port}/api`, { headers: bearer });
    const code = await new Promise((resolve) => {
      socket.on('open', () => socket.send('x'.repeat(300_000)));
      socket.on('close', resolve);
    });
    expect(code).toBe(1009);
  });

  it('takes no more than 256 connections', async () => {
    const sockets = Array.from({ length: 270 }, () => connect(http.port, '127.0.0.1'));
    let closed = 0;
    for (const socket of sockets) {
      socket.on('error', () => {});
      socket.on('close', () => closed++);
    }
    await until(() => closed >= 14);
    expect(sockets.length - closed).toBeLessThanOrEqual(256);
    for (const socket of sockets) socket.destroy();
    await until(() => closed === sockets.length);
  });

  it('says why it cannot listen, and what to do', async () => {
    await expect(createHttpServer({ ...options(), port: http.port })).rejects.toThrow(
      `cannot listen on 127.0.0.1:${http.port}: another program, or another OpsHall, has this port`,
    );
  });

  it('ends its sockets with 1001', async () => {
    const own = await createHttpServer(options());
    const before = attached.length;
    const socket = new WebSocket(`ws://127.0.0.1:${own.port}/api`, { headers: bearer });
    const code = new Promise((resolve) => socket.on('close', resolve));
    await until(() => attached.length > before);
    await own.close();
    expect(await code).toBe(1001);
    await expect(fetch(own.url)).rejects.toThrow();
  });
});
