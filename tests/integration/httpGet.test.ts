import { type AddressInfo, createServer, type Server } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpGet } from '../../main/feeds/transports/httpGet.ts';
import { createFakeClock } from '../fakes/clock.ts';

const SEED = 20_261_128;
const MOST = 100;
let server: Server;
let said: Buffer;

beforeAll(async () => {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(said));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => void server.close(resolve)));

const line = fc.constantFrom(
  ...['HTTP/1.1 200 OK\r\n', 'HTTP/1.1 304 Not Modified\r\n', 'HTTP/1.1 999 \r\n', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ...[
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n',
    'Content-Length: 5\r\n',
    'Content-Length: -1\r\n',
  ],
  ...[
    'Content-Length: 500\r\n',
    'Transfer-Encoding: chunked\r\n',
    'ETag: "é"\r\n',
    'X: \u0000\r\n',
    '\r\n',
    '5\r\nhello\r\n0\r\n\r\n',
    'hello',
  ],
  ...['ffffffff\r\n', 'x'.repeat(200), 'A'.repeat(20_000)],
);
const anything = fc.oneof(
  fc.array(line, { maxLength: 8 }).map((lines) => Buffer.from(lines.join(''), 'latin1')),
  fc.array(line, { maxLength: 6 }).map((lines) => Buffer.from(`HTTP/1.1 200 OK\r\n${lines.join('')}`, 'latin1')),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
);

test('whatever a server says is an answer within its limit, or is told as lost', async () => {
  const { port } = server.address() as AddressInfo;
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(anything, async (bytes) => {
      said = bytes;
      const clock = createFakeClock();
      const url = new URL(`http://127.0.0.1:${port}/`);
      const answer = await httpGet({ url, headers: {}, timeoutMs: 1000, mostBytes: MOST }, clock).answer;
      seen.add(answer.is);
      if (answer.is === 'answer') expect(answer.body.length).toBeLessThanOrEqual(MOST);
      // Nothing is left waiting.
      expect(clock.pending).toBe(0);
    }),
    { seed: SEED, numRuns: 600 },
  );
  expect([...seen].toSorted()).toEqual(['answer', 'lost', 'too-long']);
});
