import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createFeeds, type Feeds } from '../../main/feeds/feeds.ts';
import { readFeedConfig } from '../../main/feeds/registry.ts';
import { createRejects } from '../../main/rejects/rejects.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { halfSaid } from '../support/bothLanguages.ts';
import { hj212Upload } from '../support/deviceFrames.ts';
import { freePort } from '../support/freePort.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const NOW = Date.parse('2026-11-28T06:00:00Z');
const MN = '88888880000001';
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const scratch = createScratch();
afterEach(() => scratch.clear());

/** A monitor that waits to be called: it says a value to whoever does, and keeps what it is answered. */
async function monitor(port: number, value: string): Promise<{ server: Server; calls: Socket[]; heard: () => string }> {
  const calls: Socket[] = [];
  let heard = '';
  const server = createServer((socket) => {
    calls.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      heard += bytes;
    });
    socket.write(hj212Upload({ mn: MN, password: '123456' }, NOW, { w01018: value }));
  });
  scratch.keep(server, (each) => {
    for (const call of calls) call.destroy();
    each.close();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { server, calls, heard: () => heard };
}

function hall(...ports: number[]) {
  const clock = createFakeClock(NOW);
  const rejects = createRejects({ clock });
  const values: number[] = [];
  const feeds: Feeds = createFeeds({
    ...{ clock, rejects, log: quiet, secret: () => '' },
    directory: { hasSensor: () => true, hasUnit: () => false },
    sinkOf: () => ({
      push({ observations }) {
        values.push(...observations.map(({ value }) => value));
        return { slow: false, rejected: 0, late: 0, faults: [] };
      },
      ready: () => Promise.resolve(),
    }),
  });
  scratch.keep(feeds, (each) => each.stop());
  const dial = ports.map((port) => `127.0.0.1:${port}`).join(', ');
  feeds.add(
    readFeedConfig(
      'f.yaml',
      `id: f\nprotocol: hj212\nname: { zh: 源, en: S }\ndial: [${dial}]\ndevices: [{ device: "${MN}", readings: { w01018: COD-1 } }]\n`,
    ),
  );
  return { clock, rejects, values, health: () => feeds.health()[0] };
}

test('a device that waits to be called is called, answered, and called again when it hangs up', async () => {
  const port = await freePort();
  const device = await monitor(port, '53.1');
  const { clock, values, health } = hall(port);
  await until(() => device.heard().includes('CN=9014'), { what: 'the answer' });
  expect(values).toEqual([53.1]);
  expect(health()).toMatchObject({ state: 'live', devices: { connected: 1 } });
  device.calls[0]?.end();
  await until(() => health()?.state === 'down', { what: 'the loss' });
  expect(health()).toMatchObject({ fault: 'closed', devices: { connected: 0 } });
  await clock.advance(15_000);
  await until(() => values.length === 2 && health()?.state === 'live', { what: 'the second call' });
});

test('where nobody is reached the feed says where and what to do, and calls until somebody is', async () => {
  const port = await freePort();
  const { clock, rejects, values, health } = hall(port);
  await until(() => health()?.state === 'down', { what: 'the refusal' });
  expect(health()?.error?.en).toMatch(new RegExp(`^127\\.0\\.0\\.1:${port} is not reached \\(.*ECONNREFUSED`));
  expect([health()?.fault, halfSaid(health()?.error ?? { zh: '', en: '' })]).toEqual(['refused', null]);
  for (let i = 0; i < 3; i++) await clock.advance(15_000);
  expect(rejects.list().map(({ path }) => path)).toEqual([`127.0.0.1:${port}`]);
  await monitor(port, '7');
  await until(
    async () => {
      await clock.advance(1000);
      return values.length > 0;
    },
    { what: 'the value' },
  );
  expect(health()?.state).toBe('live');
});

test('of several one that is away is named, and the others are heard', async () => {
  const [there, away] = [await freePort(), await freePort()];
  await monitor(there, '1');
  const { rejects, values, health } = hall(there, away);
  await until(() => values.length === 1 && rejects.total() === 1, { what: 'both' });
  expect(health()).toMatchObject({ state: 'live', devices: { connected: 1 } });
  expect(rejects.list()[0]).toMatchObject({ door: 'feed', source: 'f', path: `127.0.0.1:${away}` });
});
