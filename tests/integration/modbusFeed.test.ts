import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../main/clock.ts';
import type { FeedBatch } from '../../main/feeds/feed.ts';
import { createFeeds, type Feeds } from '../../main/feeds/feeds.ts';
import { readFeedConfig } from '../../main/feeds/registry.ts';
import { createRejects } from '../../main/rejects/rejects.ts';
import type { Heard } from '../fixtures/modbus/plc.ts';
import { freePort } from '../support/freePort.ts';
import { type ModbusServer, startModbusServer } from '../support/modbusServer.ts';
import { createScratch } from '../support/scratch.ts';
import { until as waitUntil } from '../support/until.ts';

/** The feed over real sockets; what it makes of answers and time is beside the code. */
const scratch = createScratch();
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const until = (holds: () => boolean, what: string) => waitUntil(holds, { what, within: 20_000 });
const memory = { holding: { 0: 1, 1: 0x0000, 2: 0x3fc0 } as Record<number, number> };
let server: ModbusServer;
let feeds: Feeds;
let batches: FeedBatch[];
let rejects: ReturnType<typeof createRejects>;

const file = (port: number) => `id: f
protocol: modbus
name: { zh: 泵站, en: Pumps }
every: 0.1
timeout: 0.5
devices:
  - device: east
    at: 127.0.0.1:${port}
    readings: { "holding:0": WL-1, "40002": { sensor: FL-1, as: float32, order: cdab } }
`;
function open(port = server.port): void {
  feeds = createFeeds({
    ...{ clock: systemClock(), log: quiet, rejects, secret: () => '' },
    directory: { hasSensor: () => true, hasUnit: () => false },
    sinkOf: () => ({
      push(batch) {
        batches.push(batch);
        return { slow: false, rejected: 0, late: 0, faults: [] };
      },
      ready: () => Promise.resolve(),
    }),
  });
  feeds.add(readFeedConfig('f.yaml', file(port)));
}
const health = () => feeds.health()[0];
const last = (sensor: string) =>
  batches
    .flatMap(({ observations }) => observations)
    .filter((one) => one.sensor === sensor)
    .at(-1)?.value;

beforeEach(async () => {
  batches = [];
  rejects = createRejects({ clock: systemClock() });
  memory.holding[0] = 1;
  server = scratch.keep(await startModbusServer(memory), (one) => one.stop());
});
afterEach(async () => {
  await feeds.stop();
  await scratch.clear();
});

test('registers of a device are read over one connection, and its changes are seen', async () => {
  open();
  await until(() => last('WL-1') === 1 && last('FL-1') === 1.5, 'the first values');
  memory.holding[0] = 2;
  await until(() => last('WL-1') === 2, 'the next value');
  expect([server.connections(), health()?.state, rejects.total()]).toEqual([1, 'live', 0]);
  expect(new Set(server.asked.map(({ fn, address, count }) => `${fn} ${address} ${count}`))).toEqual(
    new Set(['3 0 3']),
  );
});

test.each<[string, (heard: Heard, right: Buffer) => Buffer | 'silence' | 'cut', string]>([
  ['is silent', () => 'silence', 'timeout'],
  ['hangs up', () => 'cut', 'closed'],
  ['sends half', (_, right) => right.subarray(0, 7), 'timeout'],
  ['sends garbage without end', () => Buffer.alloc(5_000_000, 'x'), 'not-a-feed'],
  [
    'repeats another number',
    (_, right) => Buffer.concat([Buffer.of(right[0] ?? 0, (right[1] ?? 0) ^ 1), right.subarray(2)]),
    'not-a-feed',
  ],
])(
  'of a device that %s nothing is taken, it is told once, and it is read when it is well again',
  async (_, deed, fault) => {
    server.behave(deed);
    open();
    await until(() => health()?.state === 'down' && server.connections() > 2, 'the feed is down');
    expect([health()?.fault, batches, rejects.list().length]).toEqual([fault, [], 1]);
    server.behave();
    await until(() => health()?.state === 'live' && last('WL-1') === 1, 'the feed is live');
  },
);

test('a connection that is cut between two readings is made anew, and what comes unasked ends one', async () => {
  open();
  await until(() => last('WL-1') === 1, 'a value');
  server.cutAll();
  memory.holding[0] = 2;
  await until(() => last('WL-1') === 2, 'a value over the next connection');
  // Not while a request is under way: then it would be taken for a wrong answer, and end it as well.
  server.say(Buffer.from('HTTP/1.1 408 Request Timeout\r\n\r\n'));
  memory.holding[0] = 3;
  await until(() => last('WL-1') === 3 && server.connections() >= 3, 'a value over the third');
  expect(rejects.list().map(({ message }) => message.en)).toHaveLength(1);
});

test('a device that is not there yet is found when it comes', async () => {
  const port = await freePort();
  open(port);
  await until(() => health()?.fault === 'refused', 'the feed is down');
  scratch.keep(await startModbusServer(memory, port), (one) => one.stop());
  await until(() => last('WL-1') === 1, 'a value');
  expect(health()).toMatchObject({ state: 'live', fault: null });
});

test('a feed that ends leaves no connection', async () => {
  open();
  await until(() => server.connected() === 1, 'a connection');
  await feeds.stop();
  await until(() => server.connected() === 0, 'no connection');
});
