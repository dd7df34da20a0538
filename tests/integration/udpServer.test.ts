import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import type { FeedBatch } from '../../main/feeds/feed.ts';
import { createFeeds } from '../../main/feeds/feeds.ts';
import { readFeedConfig } from '../../main/feeds/registry.ts';
import type { Link } from '../../main/feeds/transports/tcpLink.ts';
import type { TcpServer } from '../../main/feeds/transports/tcpServer.ts';
import { listenUdp } from '../../main/feeds/transports/udpServer.ts';
import { createRejects } from '../../main/rejects/rejects.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { sl651Report } from '../support/deviceFrames.ts';
import { freePort } from '../support/freePort.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const NOW = Date.parse('2026-11-28T06:00:00Z');
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const scratch = createScratch();
afterEach(() => scratch.clear());

/** A device: what it hears is kept. */
async function device(): Promise<{ socket: Socket; heard: Buffer[] }> {
  const socket = scratch.keep(createSocket('udp4'), (each) => each.close());
  const heard: Buffer[] = [];
  socket.on('message', (bytes) => heard.push(bytes));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { socket, heard };
}

/** Listens, and keeps what comes. */
async function server(mostLinks: number) {
  const clock = createFakeClock(NOW);
  const heard: string[] = [];
  const gone: string[] = [];
  const links: Link[] = [];
  const listening = Promise.withResolvers<number>();
  const at = { host: '127.0.0.1', port: 0, over: 'udp' } as const;
  const udp: TcpServer = listenUdp(at, { mostLinks, idleAfter: 1800 }, clock, {
    listening: listening.resolve,
    down: listening.reject,
    turnedAway: () => undefined,
    link(link) {
      links.push(link);
      return { bytes: (bytes) => heard.push(bytes.toString()), gone: () => gone.push(link.peer) };
    },
  });
  scratch.keep(udp, (each) => each.close());
  return { clock, heard, gone, links, port: await listening.promise };
}

test('a station that reports in datagrams is answered where it sent from, and its level is the sensor’s', async () => {
  const clock = createFakeClock(NOW);
  const batches: FeedBatch[] = [];
  const feeds = createFeeds({
    ...{ clock, rejects: createRejects({ clock }), log: quiet, secret: () => '' },
    directory: { hasSensor: () => true, hasUnit: () => false },
    sinkOf: () => ({
      push: (batch) => {
        batches.push(batch);
        return { slow: false, rejected: 0, late: 0, faults: [] };
      },
      ready: () => Promise.resolve(),
    }),
  });
  scratch.keep(feeds, (each) => each.stop());
  const taken = await device();
  const busy = taken.socket.address().port;
  const file = (port: number, id = 'f') =>
    `id: ${id}\nprotocol: sl651\nname: { zh: 源, en: S }\nlisten: udp://127.0.0.1:${port}\ndevices: [{ device: "0012345678", readings: { "39": WL-1 } }]\n`;
  feeds.add(readFeedConfig('f.yaml', file(busy)));
  await until(() => feeds.health()[0]?.fault === 'cannot-listen', { what: 'the port is taken' });
  const port = await freePort();
  feeds.add(readFeedConfig('g.yaml', file(port, 'g')));
  const { socket, heard } = await device();
  await until(
    () => {
      socket.send(sl651Report('0012345678', 1, NOW, 0.61), port, '127.0.0.1');
      return heard.length > 0;
    },
    { what: 'the answer' },
  );
  expect(batches[0]?.observations).toMatchObject([{ sensor: 'WL-1', value: 0.61 }]);
  expect(heard[0]?.subarray(0, 10).toString('hex')).toBe('7e7e0012345678011234');
  expect(feeds.health()[1]?.devices?.connected).toBe(1);
  await clock.advance(600_000);
  expect(feeds.health()[1]?.devices?.connected).toBe(0);
});

test('of too many the one that was quiet for longest makes room, and none is turned away', async () => {
  const { heard, gone, links, port } = await server(2);
  const all = [await device(), await device(), await device()];
  const say = async (i: number, text: string) => {
    all[i]?.socket.send(text, port, '127.0.0.1');
    await until(() => heard.includes(text), { what: text });
  };
  await say(0, 'a');
  await say(1, 'b');
  await say(0, 'c');
  await say(2, 'd');
  expect(gone).toEqual([links[1]?.peer]);
  await say(0, 'e');
  expect(links).toHaveLength(3);
});

test('what comes while a link is paused is dropped, and answers go to whom they are for', async () => {
  const { heard, links, port } = await server(10);
  const [one, two] = [await device(), await device()];
  one.socket.send('a', port, '127.0.0.1');
  await until(() => links.length === 1, { what: 'the first' });
  links[0]?.pause();
  one.socket.send('b', port, '127.0.0.1');
  two.socket.send('c', port, '127.0.0.1');
  await until(() => heard.includes('c'), { what: 'another device' });
  links[0]?.resume();
  one.socket.send('d', port, '127.0.0.1');
  await until(() => heard.includes('d'), { what: 'the first again' });
  expect(heard).toEqual(['a', 'c', 'd']);
  links[1]?.send(Buffer.from('ok'));
  await until(() => two.heard.length === 1, { what: 'the answer' });
  expect([one.heard.length, two.heard[0]?.toString()]).toEqual([0, 'ok']);
});
