import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAssets } from './assets.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'opshall-assets-'));
  for (const folder of ['pages/assets', 'pages-of-others', 'city', 'data/city/map'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'token'), 'secret');
  writeFileSync(join(root, 'pages-of-others/x.html'), 'secret');
  writeFileSync(join(root, 'pages/index.html'), '<p>page</p>');
  writeFileSync(join(root, 'pages/assets/a.js'), '1');
  writeFileSync(join(root, 'city/streets.json'), '{}');
  writeFileSync(join(root, 'data/token'), 'secret');
  writeFileSync(join(root, 'data/city/map/map.json'), '[]');
  writeFileSync(join(root, 'data/city/map/basemap.pmtiles'), '0123456789');
  writeFileSync(join(root, 'data/city/map/.basemap.pmtiles.fresh'), 'half');
  writeFileSync(join(root, 'data/city/map/empty.json'), '');
});
afterAll(() => rmSync(root, { recursive: true }));

const assets = (devServer?: string, map: string | null = join(root, 'data/city/map')) =>
  createAssets({ pages: join(root, 'pages'), city: join(root, 'city'), map: () => map, devServer });

test.each([
  ['/', 'text/html; charset=utf-8', '<p>page</p>'],
  ['/?seat=duty', 'text/html; charset=utf-8', '<p>page</p>'],
  ['/assets/a.js', 'text/javascript; charset=utf-8', '1'],
  ['/city/streets.json', 'application/json', '{}'],
  ['/city/map/map.json', 'application/json', '[]'],
  ['/city/map/basemap.pmtiles', 'application/vnd.pmtiles', '0123456789'],
  ['/city/map/empty.json', 'application/json', ''],
])('%s is answered with its type and a policy', async (path, type, body) => {
  const answer = await assets()(`app://opshall${path}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe(type);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await answer.text()).toBe(body);
});

test.each([
  'app://opshall/../token',
  'app://opshall/..%2ftoken',
  'app://opshall/%2e%2e/token',
  'app://opshall/%2e%2e%2ftoken',
  'app://opshall/assets/..%2f..%2ftoken',
  'app://opshall/..%5ctoken',
  'app://opshall/assets\\..\\..\\token',
  'app://opshall/..%2fpages-of-others%2fx.html',
  'app://opshall/city/..%2ftoken',
  'app://opshall/city/..%2fpages/index.html',
  'app://opshall/city/map/..%2f..%2ftoken',
  'app://opshall/city/map/../../token',
  'app://opshall/city/map/streets.json',
  'app://opshall/city/map/.basemap.pmtiles.fresh',
  'app://opshall/city/map',
  'app://opshall/%252e%252e%252ftoken',
  'app://opshall/index.html%00.js',
  'app://opshall/%',
  'app://opshall/%ff',
  'app://opshall/assets',
  'app://opshall/nothing.js',
  'app://elsewhere/index.html',
])('%s is not here', async (url) => {
  const answer = await assets()(url);
  expect(answer.status).toBe(404);
  expect(await answer.text()).toBe('not here');
});

test.each([
  ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
  ['bytes=7-100', 206, '789', 'bytes 7-9/10'],
  ['bytes=10-', 416, '', 'bytes */10'],
  ['bytes=0-1,4-5', 200, '0123456789', null],
])('of an archive %s is answered with %d %s', async (range, status, body, contentRange) => {
  const answer = await assets()('app://opshall/city/map/basemap.pmtiles', new Headers({ range }));
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-range')).toBe(contentRange);
  expect(answer.headers.get('accept-ranges')).toBe('bytes');
  expect(await answer.text()).toBe(body);
});

test('of an archive that has become another one all is sent', async () => {
  const headers = (ifRange: string) => new Headers({ range: 'bytes=2-4', 'if-range': ifRange });
  const etag = (await assets()('app://opshall/city/map/basemap.pmtiles')).headers.get('etag') ?? '';
  expect((await assets()('app://opshall/city/map/basemap.pmtiles', headers(etag))).status).toBe(206);
  expect((await assets()('app://opshall/city/map/basemap.pmtiles', headers('"another"'))).status).toBe(200);
});

test('before it is known where the hall has its map, there is none', async () => {
  expect((await assets(undefined, null)('app://opshall/city/map/map.json')).status).toBe(404);
});

test('of the development server only pages are asked, and of no other server', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.headers.host}${request.url}`);
    response.end('made anew');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answer = assets(`http://${host}/`);
  expect(await (await answer('app://opshall/src/main.tsx?t=1')).text()).toBe('made anew');
  await answer('app://opshall//127.0.0.2:1/x');
  expect(await (await answer('app://opshall/city/streets.json')).text()).toBe('{}');
  expect(asked).toEqual([`${host}/src/main.tsx?t=1`, `${host}//127.0.0.2:1/x`]);
  await new Promise((resolve) => server.close(resolve));
});
