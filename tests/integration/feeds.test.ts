import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { systemClock } from '../../main/clock.ts';
import type { FeedBatch, FeedSink } from '../../main/feeds/feed.ts';
import { createFeeds, type Feeds } from '../../main/feeds/feeds.ts';
import { readFeedConfig } from '../../main/feeds/registry.ts';
import { createRejects, type Rejects } from '../../main/rejects/rejects.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { halfSaid } from '../support/bothLanguages.ts';
import { until as waitUntil } from '../support/until.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const T = 1_750_000_000_000;
const message = (seq: number, more: object = {}) =>
  JSON.stringify({ v: 1, seq, t: T, obs: [{ sensor: 'WL-001', t: T + seq, value: seq / 10 }], ...more });

const configuration = (port: number, id = 'f') =>
  `id: ${id}\nprotocol: ws-json\nname: { zh: 源, en: Source }\nurl: ws://127.0.0.1:${port}\ncrs: wgs84\n`;
const WIDE = Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`k${i}`, i]));

const until = (holds: () => boolean, what: string) => waitUntil(holds, { what, within: 20_000 });

async function listen(port = 0): Promise<{ server: WebSocketServer; port: number }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (typeof address === 'string' || address === null) throw new Error('no port');
  return { server, port: address.port };
}

async function shut(server: WebSocketServer): Promise<void> {
  for (const socket of server.clients) socket.terminate();
  await new Promise((resolve) => server.close(resolve));
}

describe('a ws-json feed over a real socket', () => {
  let server: WebSocketServer;
  let port: number;
  let feeds: Feeds;
  let rejects: Rejects;
  let batches: FeedBatch[];
  let sink: FeedSink;

  const connectFeed = async (extra = ''): Promise<WebSocket> => {
    const connected = new Promise<WebSocket>((resolve) => server.once('connection', resolve));
    feeds.add(readFeedConfig('f.yaml', configuration(port) + extra));
    return connected;
  };
  const health = () => {
    const [first] = feeds.health();
    if (first === undefined) throw new Error('no feed');
    return first;
  };
  const values = () => batches.flatMap((b) => b.observations.map((o) => o.value));

  beforeEach(async () => {
    ({ server, port } = await listen());
    batches = [];
    const clock = systemClock();
    rejects = createRejects({ clock, limit: 50 });
    sink = {
      push(batch) {
        batches.push(batch);
        return { slow: false, rejected: 0, late: 0, faults: [] };
      },
      ready: () => Promise.resolve(),
    };
    const directory = { hasSensor: (id: string) => id === 'WL-001', hasUnit: (id: string) => id === 'U-1' };
    feeds = createFeeds({
      ...{ clock, log: quiet, directory, rejects, secret: () => 'test' },
      sinkOf: () => ({ push: (batch) => sink.push(batch), ready: () => sink.ready() }),
    });
  });
  afterEach(async () => {
    await feeds.stop();
    await shut(server);
  });

  test('delivers records and says it is live', async () => {
    const source = await connectFeed();
    source.send(message(1));
    source.send(message(2));
    await until(() => batches.length === 2, 'two batches came');
    expect(values()).toEqual([0.1, 0.2]);
    expect(health()).toMatchObject({ state: 'live', received: 2, rejected: 0, gaps: 0, dropped: 0, error: null });
  });

  test('what is malformed is refused, counted and kept, and the rest of the stream lives on', async () => {
    const source = await connectFeed();
    source.send('{"v":1,');
    source.send(Buffer.from([1, 2, 3]));
    source.send('[]');
    source.send(JSON.stringify({ v: 2, seq: 1, t: T }));
    source.send(`{"v":1,"x":"${'y'.repeat(1_100_000)}"}`);
    source.send('['.repeat(900_000));
    source.send(
      message(1, {
        units: [{ unit: 'U-1', t: T, lon: 200, lat: 0, heading: 0, speed: 0, status: 'busy' }, { unit: 'U-9' }],
      }),
    );
    source.send(
      message(2, {
        obs: [
          { sensor: 'WL-777', t: T, value: 1 },
          { sensor: 'WL-001', t: T, value: 7 },
        ],
      }),
    );
    await until(() => batches.length === 2, 'the good records came');
    expect(values()).toEqual([0.1, 7]);
    expect(rejects.total()).toBe(9);
    expect(health()).toMatchObject({ state: 'live', rejected: 9, received: 2 });
    const list = rejects.list();
    expect(list.map((r) => r.path)).toEqual(['obs.0.sensor', 'units.1.t', 'units.0.lon', '', '', 'v', '', '', '']);
    for (const r of list) {
      expect([r.door, r.source]).toEqual(['feed', 'f']);
      expect([halfSaid(r.message), halfSaid(r.remedy)]).toEqual([null, null]);
      expect(r.excerpt.length).toBeLessThanOrEqual(500);
    }
  });

  test('a frame far too long breaks the connection; the feed says so and comes back', async () => {
    const source = await connectFeed();
    source.send(message(1));
    const back = new Promise<WebSocket>((resolve) => server.once('connection', resolve));
    source.send('x'.repeat(5 * 1024 * 1024));
    (await back).send(message(2));
    await until(() => batches.length === 2, 'the message after the long one came');
    const [kept] = rejects.list();
    expect(kept?.message.en).toContain('Max payload size exceeded');
    expect(kept && [halfSaid(kept.message), halfSaid(kept.remedy)]).toEqual([null, null]);
  });

  test('the server is killed, the feed is down and says why; the server is back, so is the feed, and gaps are counted', async () => {
    const states: string[] = [];
    const source = await connectFeed();
    feeds.onState((h) => states.push(h.state));
    source.send(message(1));
    await until(() => batches.length === 1, 'the first message came');
    await shut(server);
    await until(() => health().state === 'down', 'the feed was down');
    expect(health().error?.en).toMatch(/closed the connection|ECONN/);
    expect(health().error?.zh).toMatch(/来源断开了连接|系统报告/);
    await until(() => health().error?.en.includes('ECONNREFUSED') === true, 'it tried again in vain');
    ({ server } = await listen(port));
    const again = await new Promise<WebSocket>((resolve) => server.once('connection', resolve));
    again.send(message(5));
    await until(() => health().state === 'live', 'it was live again');
    expect(health()).toMatchObject({ gaps: 3, received: 2, error: null });
    expect(states).toContain('down');
    expect(states.at(-1)).toBe('live');
  });

  test('a slow sink makes the source wait: no message is read while it is slow, none is lost', async () => {
    let release = () => {};
    let slow = true;
    sink = {
      push(batch) {
        batches.push(batch);
        return { slow, rejected: 0, late: 0, faults: [] };
      },
      ready: () =>
        new Promise((resolve) => {
          release = resolve;
        }),
    };
    const source = await connectFeed();
    // Much more than sockets and queue hold, so that waiting must reach the source.
    const pad = 'p'.repeat(50_000);
    for (let i = 1; i <= 1000; i++) source.send(message(i, { pad }));
    await until(() => batches.length === 1, 'the first message came');
    let unread = -1;
    await until(() => {
      const settled = source.bufferedAmount === unread;
      unread = source.bufferedAmount;
      return settled && unread > 0;
    }, 'the source felt it');
    expect(batches).toHaveLength(1);
    expect(source.bufferedAmount).toBeGreaterThan(10_000_000);
    slow = false;
    release();
    await until(() => batches.length === 1000, 'all messages came');
    expect(values()).toEqual(Array.from({ length: 1000 }, (_, i) => (i + 1) / 10));
    expect(health()).toMatchObject({ dropped: 0, gaps: 0 });
  });

  test('what comes faster than the configured rate waits at the source', async () => {
    const source = await connectFeed('maxMessagesPerSecond: 50\n');
    const began = performance.now();
    for (let i = 1; i <= 120; i++) source.send(message(i));
    await until(() => batches.length === 120, 'all messages came');
    expect(performance.now() - began).toBeGreaterThan(1000);
    expect(health()).toMatchObject({ dropped: 0, gaps: 0 });
  });

  test('a source that says nothing is silent, and live again with its next message', async () => {
    const source = await connectFeed('silentAfter: 1\n');
    source.send(message(1));
    await until(() => health().state === 'silent', 'it was silent');
    source.send(message(2));
    await until(() => health().state === 'live', 'it was live again');
  });

  test('D10 a source that says one good message and drops is dialled ever more seldom; one that stayed, at once', async () => {
    const clock = createFakeClock();
    const waits: number[] = [];
    const log = { ...quiet, warn: (fields: { wait?: number }) => void (fields.wait && waits.push(fields.wait)) };
    const directory = { hasSensor: () => true, hasUnit: () => true };
    const own = createFeeds({ clock, log, directory, rejects, secret: () => 'test', sinkOf: () => sink });
    let stays = false;
    server.on('connection', (socket) => {
      socket.send(message(1));
      if (!stays) socket.once('pong', () => socket.terminate());
      socket.ping();
    });
    try {
      own.add(readFeedConfig('f.yaml', configuration(port)));
      for (let i = 1; i <= 7; i++) {
        await until(() => waits.length === i, `it was lost ${i} times`);
        stays = i === 7;
        clock.advanceSync(waits.at(-1) ?? 0);
      }
      expect(batches).toHaveLength(7);
      for (const [attempt, wait] of waits.entries()) {
        const full = Math.min(15_000, 500 * 2 ** attempt); // Spread over its upper half.
        expect(wait).toBeGreaterThanOrEqual(full / 2);
        expect(wait).toBeLessThanOrEqual(full);
      }
      await until(() => batches.length === 8, 'it was there for good');
      clock.advanceSync(30_000);
      for (const socket of server.clients) socket.terminate();
      await until(() => waits.length === 8, 'it was lost again');
      expect(waits.at(-1)).toBeLessThanOrEqual(500);
    } finally {
      await own.stop();
    }
  });

  test.each<[string, string | Buffer, boolean]>([
    ['what is no JSON', '{"v":1,', false],
    ['binary messages', Buffer.from([1, 2, 3]), true],
    ['records of sixty thousand members', message(1, { obs: [WIDE] }), false],
    ['pings', 'ping', false],
  ])(
    'O6 beside a source that floods with %s a good one keeps its rate, and the hall’s thread is not held',
    async (what, flood, binary) => {
      const bad = await connectFeed();
      const other = await listen();
      const connected = new Promise<WebSocket>((resolve) => other.server.once('connection', resolve));
      feeds.add(readFeedConfig('g.yaml', configuration(other.port, 'g')));
      const good = await connected;
      let flooding = true;
      const pour = () => {
        if (!flooding || bad.readyState !== bad.OPEN) return;
        for (let i = 0; i < 200 && bad.bufferedAmount < 4_000_000; i++) {
          if (what === 'pings') bad.ping();
          else bad.send(flood, { binary });
        }
        setImmediate(pour);
      };
      try {
        pour();
        await until(() => what === 'pings' || rejects.total() > 20, 'the flood came');
        for (let i = 1; i <= 100; i++) {
          good.send(message(i));
          await until(
            () => values().filter((value) => value === i / 10).length === 1,
            `message ${i} of the good source`,
          );
        }
        const [floods, keeps] = feeds.health();
        expect(keeps).toMatchObject({ state: 'live', received: 100, rejected: 0, dropped: 0 });
        if (what !== 'records of sixty thousand members') {
          await until(
            () => feeds.health()[0]?.error?.en.includes('reading rests') === true,
            'its health says that it rests',
          );
          expect(floods?.rejected).toBeLessThan(2000);
        }
      } finally {
        flooding = false;
        bad.terminate();
        await feeds.stop();
        await shut(other.server);
      }
    },
  );

  test.each<[string, (socket: Socket) => void, RegExp]>([
    ['redirects', (socket) => socket.end('HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:1/\r\n\r\n'), /302/],
    ['answers as a web page', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'), /200/],
    ['answers nonsense', (socket) => socket.end('SSH-2.0-OpenSSH\r\n'), /Parse Error/],
    ['says nothing', () => {}, /handshake has timed out/],
    ['hangs up', (socket) => socket.destroy(), /hang up|ECONNRESET/],
    [
      'sends a header without end',
      (socket) => socket.write(`HTTP/1.1 101 X\r\nA: ${'x'.repeat(100_000)}`),
      /Header overflow/,
    ],
  ])('a source that %s is down with the reason, and tried again', async (_what, answer, why) => {
    const odd = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => answer(socket));
    });
    await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve));
    try {
      feeds.add(readFeedConfig('o.yaml', configuration((odd.address() as AddressInfo).port, 'o')));
      await until(() => feeds.health()[0]?.state === 'down', 'it is down');
      expect(feeds.health()[0]?.error?.en).toMatch(why);
    } finally {
      await feeds.stop();
      odd.close();
    }
  });

  test('a compressed message, though nobody agreed to it, breaks the connection and is kept', async () => {
    const source = await connectFeed();
    const raw = (source as unknown as { _socket: Socket })._socket;
    raw.write(Buffer.from([0xc1, 0x03, 1, 2, 3]));
    await until(() => rejects.total() === 1, 'it was refused');
    const [kept] = rejects.list();
    expect(kept?.message.en).toContain('RSV1');
    expect(kept && [halfSaid(kept.message), halfSaid(kept.remedy)]).toEqual([null, null]);
  });

  test('two feeds of one id are refused', async () => {
    await connectFeed();
    await expect(connectFeed()).rejects.toThrow('rename one of them');
  });
});
