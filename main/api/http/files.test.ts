import { mkdtempSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFiles } from './files.ts';

let root = '';
let server: Server;
const LARGE = 33 * 1024 * 1024;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'opshall-files-'));
  writeFileSync(join(root, 'small.pmtiles'), '0123456789');
  writeFileSync(join(root, 'empty.pmtiles'), '');
  writeFileSync(join(root, 'large.png'), 'begin');
  truncateSync(join(root, 'large.png'), LARGE);
  writeFileSync(join(root, 'map.json'), '{"version":1}');
  const files = createFiles(root, null);
  server = createServer((request, response) => {
    void files.serve(request, response, request.url ?? '').then((found) => {
      if (!found) response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(root, { recursive: true });
});

async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/${path}`, { headers, method });
  return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) };
}

describe('an archive', () => {
  test.each([
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=8-', 206, '89', 'bytes 8-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=4-4000', 206, '456789', 'bytes 4-9/10'],
    ['bytes=10-12', 416, '', 'bytes */10'],
    ['bytes=0-1,3-4', 200, '0123456789', null],
    ['lines=0-1', 200, '0123456789', null],
  ])('of which %s is asked answers %d: %s', async (range, status, body, contentRange) => {
    const answer = await get('small.pmtiles', { range });
    expect([answer.status, answer.body.toString()]).toEqual([status, body]);
    expect(answer.headers.get('content-range')).toBe(contentRange);
    expect(answer.headers.get('content-length')).toBe(String(body.length));
    expect(answer.headers.get('accept-ranges')).toBe('bytes');
    expect(answer.headers.get('content-type')).toBe('application/vnd.pmtiles');
    expect(answer.headers.get('content-encoding')).toBeNull();
  });

  test('that is empty has no range, and is empty', async () => {
    expect((await get('empty.pmtiles', { range: 'bytes=0-16383' })).status).toBe(416);
    expect(await get('empty.pmtiles')).toMatchObject({ status: 200, body: Buffer.alloc(0) });
  });

  test('is asked about without its bytes', async () => {
    const { status, headers, body } = await get('small.pmtiles', {}, 'HEAD');
    expect([status, headers.get('content-length'), body.length]).toEqual([200, '10', 0]);
  });

  test('that is put there anew has another tag, and is sent whole to who had begun with the old one', async () => {
    const before = (await get('small.pmtiles', { range: 'bytes=0-1' })).headers.get('etag') ?? '';
    expect((await get('small.pmtiles', { 'if-none-match': before })).status).toBe(304);
    expect((await get('small.pmtiles', { range: 'bytes=0-1', 'if-range': before })).status).toBe(206);
    writeFileSync(join(root, 'fresh'), 'abcdefghij');
    utimesSync(join(root, 'fresh'), 1_800_000_000, 1_800_000_000);
    renameSync(join(root, 'fresh'), join(root, 'small.pmtiles'));
    const after = await get('small.pmtiles', { range: 'bytes=0-1', 'if-range': before });
    expect([after.status, after.body.toString()]).toEqual([200, 'abcdefghij']);
    expect(after.headers.get('etag')).not.toBe(before);
    expect((await get('small.pmtiles', { 'if-none-match': before })).status).toBe(200);
    writeFileSync(join(root, 'small.pmtiles'), '0123456789');
  });
});

test('a large file is sent in pieces too, and not read through for its tag', async () => {
  const piece = await get('large.png', { range: 'bytes=0-9' });
  expect([piece.status, piece.body.toString()]).toEqual([206, 'begin\0\0\0\0\0']);
  expect(piece.headers.get('etag')).toContain(LARGE.toString(36));
  const whole = await get('large.png');
  expect([whole.status, whole.body.length]).toEqual([200, LARGE]);
  expect((await get('large.png', { 'if-none-match': piece.headers.get('etag') ?? '' })).status).toBe(304);
});

test('another file is sent whole, whatever range is asked for', async () => {
  const { status, body } = await get('map.json', { range: 'bytes=0-1' });
  expect([status, body.toString()]).toEqual([200, '{"version":1}']);
});
