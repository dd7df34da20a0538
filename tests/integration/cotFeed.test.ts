import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, connect as dial, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { FeedBatch } from '../../main/feeds/feed.ts';
import { createFeeds } from '../../main/feeds/feeds.ts';
import { readFeedConfig } from '../../main/feeds/registry.ts';
import { createRejects } from '../../main/rejects/rejects.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { cotEmergency, cotPing, cotXml, takMesh, takMessage, takStream } from '../support/cotEvents.ts';
import { freePort } from '../support/freePort.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const NOW = Date.parse('2026-11-28T06:00:00Z');
const scratch = createScratch();
afterEach(() => scratch.clear());

/** A feed of clients, and what it delivers. @param way how they meet, as a file says it */
function openFeed(way: string) {
  const clock = createFakeClock(NOW);
  const batches: FeedBatch[] = [];
  const rejects = createRejects({ clock });
  const listening = Promise.withResolvers<void>();
  const log = { debug() {}, info: () => listening.resolve(), warn() {}, error() {} };
  const feeds = createFeeds({
    ...{ clock, rejects, log, secret: () => '' },
    directory: { hasSensor: () => true, hasUnit: () => true },
    sinkOf: () => ({
      push: (batch) => {
        batches.push(batch);
        return { slow: false, rejected: 0, late: 0, faults: [] };
      },
      ready: () => Promise.resolve(),
    }),
  });
  scratch.keep(feeds, (each) => each.stop());
  const file = `id: tak\nprotocol: cot\nname: { zh: 终端, en: T }\n${way}\ndevices:\n  - { device: OPS-1, unit: PO-1, status: busy, readings: { emergency: EM-1 } }\n`;
  feeds.add(readFeedConfig('f.yaml', file));
  const units = () => batches.flatMap((batch) => batch.units);
  const values = () => batches.flatMap((batch) => batch.observations.map(({ sensor, value }) => [sensor, value]));
  return { listens: listening.promise, units, values, rejects, health: () => feeds.health()[0] };
}

const said = { uid: 'OPS-1', time: NOW - 1000, callsign: '巡逻01', track: { speed: 2, course: 90 } };
const UNIT = { unit: 'PO-1', t: NOW - 1000, lon: 121.5, lat: 31.25, heading: 90, speed: 2, status: 'busy' };

test('a client that dials is where its events say, in portions and in both forms; its ping is answered, its call for help heard', async () => {
  const port = await freePort();
  const { listens, units, values, health, rejects } = openFeed(`listen: 127.0.0.1:${port}`);
  await listens;
  const socket: Socket = scratch.keep(dial(port, '127.0.0.1'), (each) => each.destroy());
  let heard = '';
  socket.on('data', (bytes) => {
    heard += bytes;
  });
  await once(socket, 'connect');
  const xml = Buffer.from(cotXml(said));
  socket.write('<auth><cot username="u" password="geheim" uid="OPS-1"/></auth>');
  socket.write(xml.subarray(0, 100));
  await until(() => health()?.devices?.connected === 1, { what: 'the client' });
  socket.write(xml.subarray(100));
  await until(() => units().length === 1, { what: 'the position in XML' });
  socket.write(Buffer.concat([takStream(takMessage(said)), Buffer.from(cotPing(NOW) + cotEmergency('OPS-1', NOW))]));
  await until(() => units().length === 2 && heard.includes('</event>'), { what: 'the position in TAK, and the pong' });
  expect(units()).toEqual([UNIT, UNIT]);
  expect(heard).toContain('type="t-x-c-t-r"');
  expect(values()).toEqual([['EM-1', 1]]);
  socket.write(`${cotXml({ ...said, uid: 'OPS-2', callsign: '巡逻02' })}<nonsense/>`);
  await until(() => rejects.list().length === 1, { what: 'the refusal' });
  expect(health()?.devices?.strangers).toEqual(['- { device: "OPS-2", unit: UNIT-ID } # 巡逻02']);
  expect(JSON.stringify(rejects.list())).not.toContain('geheim');
});

test('a server that is called tells of its clients', async () => {
  const server = scratch.keep(createServer(), (each) => each.close());
  server.on('connection', (socket) => void scratch.keep(socket, (each) => each.destroy()).write(cotXml(said)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const { units } = openFeed(`dial: [127.0.0.1:${port}]`);
  await until(() => units().length === 1, { what: 'the position' });
  expect(units()).toEqual([UNIT]);
});

test.each([
  ['to the hall', '127.0.0.1'],
  ['to a group', '239.2.3.1'],
])('datagrams %s, of the mesh and in XML', async (_, host) => {
  const port = await freePort();
  const { listens, units } = openFeed(`listen: udp://${host}:${port}`);
  const socket = scratch.keep(createSocket('udp4'), (each) => each.close());
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  if (host !== '127.0.0.1') {
    socket.setMulticastInterface('127.0.0.1');
    // No network but this PC's own hears of it.
    socket.setMulticastTTL(0);
  }
  await listens;
  for (const datagram of [takMesh(takMessage(said)), Buffer.from(cotXml(said))]) {
    const before = units().length;
    await until(
      () => {
        socket.send(datagram, port, host);
        return units().length > before;
      },
      { what: 'the position' },
    );
  }
  expect(new Set(units().map((unit) => JSON.stringify(unit)))).toEqual(new Set([JSON.stringify(UNIT)]));
});
