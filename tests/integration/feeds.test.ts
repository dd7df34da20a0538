import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { systemClock } from '../../main/clock.ts';
import type { FeedBatch, FeedSink } from '../../main/feeds/feed.ts';
import { createFeeds, type Feeds } from '../../main/feeds/feeds.ts';
import { readFeedConfig } from '../../main/feeds/registry.ts';
import { createRejects, type Rejects } from '../../main/feeds/rejects.ts';
import { until as waitUntil } from '../support/until.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const T = 1_750_000_000_000;
const message = (seq: number, more: object = {}) =>
  JSON.stringify({ v: 1, seq, t: T, obs: [{ sensor: 'WL-001', t: T + seq, value: seq / 10 }], ...more });

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
    const text = `id: f\nprotocol: ws-json\nname: { zh: 源, en: Source }\nurl: ws://127.0.0.1:${port}\ncrs: wgs84\n${extra}`;
    feeds.add(readFeedConfig('f.yaml', text));
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
        return { slow: false, rejected: 0, late: 0 };
      },
      ready: () => Promise.resolve(),
    };
    const directory = { hasSensor: (id: string) => id === 'WL-001', hasUnit: (id: string) => id === 'U-1' };
    feeds = createFeeds({
      ...{ clock, log: quiet, directory, rejects },
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
      expect(r.source).toBe('f');
      expect(r.remedy).not.toBe('');
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
    expect(rejects.list()[0]?.message).toContain('Max payload size exceeded');
  });

  test('the server is killed, the feed is down and says why; the server is back, so is the feed, and gaps are counted', async () => {
    const states: string[] = [];
    const source = await connectFeed();
    feeds.onState((h) => states.push(h.state));
    source.send(message(1));
    await until(() => batches.length === 1, 'the first message came');
    await shut(server);
    await until(() => health().state === 'down', 'the feed was down');
    expect(health().error).toMatch(/closed the connection|ECONN/);
    await until(() => health().error?.includes('ECONNREFUSED') === true, 'it tried again in vain');
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
        return { slow, rejected: 0, late: 0 };
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

  test('two feeds of one id are refused', async () => {
    await connectFeed();
    await expect(connectFeed()).rejects.toThrow('rename one of them');
  });
});
