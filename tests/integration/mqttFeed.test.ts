import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clientIdOf } from '../../main/feeds/mqtt/feed.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { halfSaid } from '../support/bothLanguages.ts';
import { startHall } from '../support/hallProcess.ts';
import type { MqttBrokerOptions } from '../support/mqttBroker.ts';
import { createScratch } from '../support/scratch.ts';
import { openWindow } from '../support/window.ts';
import { brokerFor, createMqttRig, fileOf, levelOf, publisherAt, SECRET, T, until } from './mqttFeed.rig.ts';

/** A feed over a real broker. */
const scratch = createScratch();
let hall: ReturnType<typeof createMqttRig>;

/** What this process holds once all that nobody needs is gone. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

beforeEach(() => {
  hall = createMqttRig();
});
afterEach(async () => {
  await hall.close();
  await scratch.clear();
});

test.each<[string, Omit<MqttBrokerOptions, 'folder'>]>([
  ['5', {}],
  ['3.1.1', {}],
  ['5', { over: 'web' }],
])('delivers what is published and says that it is live, over MQTT %s %j', async (version, options) => {
  const broker = await brokerFor(scratch, options);
  const publisher = await publisherAt(scratch, broker);
  await hall.open(fileOf(broker.url, `version: ${version}\n`));
  await hall.subscribed();
  await publisher.publishAsync('city/d1/up', levelOf(1), { qos: 1 });
  await publisher.publishAsync('city/d1/up', levelOf(2), { qos: 0 });
  await until(() => hall.batches.length === 2, 'two values came');
  expect(hall.batches.flatMap(({ observations }) => observations)).toEqual([
    { sensor: 'WL-001', t: T + 1, value: 1, quality: 'good' },
    { sensor: 'WL-001', t: T + 2, value: 2, quality: 'good' },
  ]);
  expect(hall.health()).toMatchObject({ state: 'live', received: 2, rejected: 0, dropped: 0, error: null });
  expect(hall.health().devices).toEqual({ connected: 1, strangers: [], strangerCount: 0 });
});

test('a shared subscription and each quality of service bring every message once', async () => {
  const broker = await brokerFor(scratch);
  const publisher = await publisherAt(scratch, broker);
  for (const qos of [0, 1, 2] as const) {
    hall.batches.length = 0;
    await hall.open(fileOf(broker.url, `qos: ${qos}\n`, '"$share/hall/city/#"'));
    await hall.subscribed();
    for (let i = 0; i < 20; i++) await publisher.publishAsync('city/d1/up', levelOf(i), { qos: 2 });
    await until(() => hall.batches.length >= 20, `all came with QoS ${qos}`);
    expect(hall.values()).toEqual(Array.from({ length: 20 }, (_, i) => i));
    await hall.close();
  }
});

test('the broker is killed: the feed is down and says why; it is back, so is the feed, by itself', async () => {
  const broker = await brokerFor(scratch);
  await hall.open(fileOf(broker.url));
  await hall.subscribed();
  await broker.kill();
  await hall.down();
  await until(() => hall.health().error?.en.includes('ECONNREFUSED') === true, 'it tried again in vain');
  expect(hall.health().fault).toBe('refused');
  await broker.restart();
  await hall.subscribed(2);
  await (await publisherAt(scratch, broker)).publishAsync('city/d1/up', levelOf(1), { qos: 1 });
  await until(() => hall.health().state === 'live', 'it is live again');
  expect(hall.values()).toEqual([1]);
});

test('what is published after a power cut of the broker, before the feed is back, is delivered then', async () => {
  const clock = createFakeClock();
  const broker = await brokerFor(scratch, { saves: 'always' });
  await hall.open(fileOf(broker.url), clock);
  await hall.subscribed();
  await until(() => broker.keeps('city/+/up') && broker.keeps(clientIdOf('f', SECRET)), 'the broker kept the session');
  await broker.kill();
  await hall.down();
  await broker.restart();
  const publisher = await publisherAt(scratch, broker);
  for (let i = 1; i <= 3; i++) await publisher.publishAsync('city/d1/up', levelOf(i), { qos: 1 });
  expect(hall.values()).toEqual([]);
  clock.advanceSync(500);
  await until(() => hall.values().length === 3, 'all came');
  expect(hall.values()).toEqual([1, 2, 3]);
});

test.each(['5', '3.1.1'])(
  'what is published while the hall is away is there at its next start, over MQTT %s',
  async (version) => {
    const broker = await brokerFor(scratch);
    const publisher = await publisherAt(scratch, broker);
    const config = fileOf(broker.url, `version: ${version}\n`);
    await hall.open(config);
    await hall.subscribed();
    await hall.close();
    for (let i = 1; i <= 3; i++) await publisher.publishAsync('city/d1/up', levelOf(i), { qos: 1 });
    await hall.open(config);
    await until(() => hall.values().length === 3, 'all came');
    expect(hall.values()).toEqual([1, 2, 3]);
    // A feed that keeps nothing begins with what comes from now on.
    await hall.close();
    await hall.open(fileOf(broker.url, `version: ${version}\nkeepFor: 0\n`));
    await hall.subscribed();
    await hall.close();
    await publisher.publishAsync('city/d1/up', levelOf(4), { qos: 1 });
    await hall.open(config);
    await hall.subscribed();
    await publisher.publishAsync('city/d1/up', levelOf(5), { qos: 1 });
    await until(() => hall.values().at(-1) === 5, 'the next came');
    expect(hall.values()).toEqual([1, 2, 3, 5]);
  },
);

test('a retained value comes with its own time, however old; one without a time is left out, and told once', async () => {
  const broker = await brokerFor(scratch);
  const publisher = await publisherAt(scratch, broker);
  const retained = { qos: 1, retain: true } as const;
  await publisher.publishAsync('city/d1/up', levelOf(1), retained);
  await publisher.publishAsync('city/d1/b/up', '{"v":{"level":2}}', retained);
  await publisher.publishAsync('city/d1/c/up', '{"v":{"level":3}}', retained);
  await hall.open(fileOf(broker.url, '', '"city/#"'));
  await hall.subscribed();
  await publisher.publishAsync('city/d1/d/up', '{"v":{"level":4}}', retained);
  await until(() => hall.values().includes(4), 'the live one came');
  expect(hall.batches.flatMap(({ observations }) => observations.map(({ t, value }) => [value, t === T + 1]))).toEqual([
    [1, true],
    [4, false],
  ]);
  expect(hall.rejects.list().map(({ path, message }) => [path, halfSaid(message)])).toEqual([['messages.time', null]]);
  expect(hall.health()).toMatchObject({ state: 'live', received: 2, rejected: 0 });
});

test('what is malformed is refused, counted and kept, and the rest of the stream lives on', async () => {
  const broker = await brokerFor(scratch);
  const publisher = await publisherAt(scratch, broker);
  await hall.open(fileOf(broker.url));
  await hall.subscribed();
  for (const [payload, device] of [
    ['{"v":1,', 'd1'],
    [Buffer.from([1, 2, 3]), 'd1'],
    [Buffer.from([0xb3, 0xac, 0xcf, 0xde]), 'd1'],
    ['', 'd1'],
    ['[]', 'd1'],
    ['"text"', 'd1'],
    [`{"x":"${'y'.repeat(1_100_000)}"}`, 'd1'],
    ['['.repeat(900_000), 'd1'],
    [JSON.stringify({ t: 'yesterday', v: { level: 1 } }), 'd1'],
    [JSON.stringify({ t: T, v: { level: 'high' } }), 'd1'],
    [JSON.stringify({ t: T, v: { level: 1, depth: 2 } }), 'd9'],
    [JSON.stringify({ t: T, v: { level: 7, depth: 2 } }), 'd1'],
  ] as const)
    await publisher.publishAsync(`city/${device}/up`, payload, { qos: 1 });
  await until(() => hall.values().length === 1, 'the good value came');
  expect(hall.values()).toEqual([7]);
  expect(
    hall.rejects
      .list()
      .map(({ path, message }) => `${path}: ${message.en}`)
      .toReversed(),
  ).toEqual([
    expect.stringMatching(/^: not JSON/),
    expect.stringMatching(/^: not JSON/),
    ': not UTF-8',
    ': holds nothing that `messages` names',
    ': holds nothing that `messages` names',
    expect.stringMatching(/^: a message of 1100008 bytes/),
    ': nested deeper than 64 levels',
    '$.t: is no time of that form',
    '$.v.*: level is no number',
    "device: the feed's list has no device d9",
    "d1.depth: depth of the device d1 is no sensor's",
  ]);
  for (const r of hall.rejects.list()) {
    expect([r.door, r.source]).toEqual(['feed', 'f']);
    expect([halfSaid(r.message), halfSaid(r.remedy)]).toEqual([null, null]);
    expect(r.excerpt.length).toBeLessThanOrEqual(500);
  }
  // Of the unknown device two values, of which one is described.
  expect(hall.health()).toMatchObject({ state: 'live', received: 1, rejected: 12 });
  expect(hall.health().devices).toEqual({
    ...{
      connected: 1,
      strangers: ['- { device: "d9", readings: { "level": SENSOR-ID, "depth": SENSOR-ID } }'],
      strangerCount: 1,
    },
  });
});

test('that another program may have the same clientId is said where the broker gives no reason', async () => {
  const broker = await brokerFor(scratch);
  await hall.open(fileOf(broker.url, 'clientId: twin\n'));
  await hall.subscribed();
  scratch.keep(await connectAsync(broker.url, { clientId: 'twin', reconnectPeriod: 0 }), (client) =>
    client.endAsync(true),
  );
  await until(() => hall.logged.some((line) => line.includes('same `clientId`')), 'it is told');
});

test('a flood beside a slow hall waits at the broker: none is lost, and little of it is in the hall', async () => {
  const COUNT = 10_000;
  const PAD = 5000;
  /** What is published, by half: what the test itself keeps of each message, and buffers of a busy machine, are a fifth of it. */
  const little = (COUNT * PAD) / 2;
  let release = () => {};
  let slow = true;
  hall.pour({
    push(batch) {
      hall.batches.push(batch);
      return { slow, rejected: 0, late: 0, faults: [] };
    },
    ready: () =>
      new Promise((resolve) => {
        release = resolve;
      }),
  });
  const broker = await brokerFor(scratch);
  await hall.open(fileOf(broker.url));
  await hall.subscribed();
  const before = heldBytes();
  let publisher: MqttClient | null = await broker.publisher();
  const pad = 'p'.repeat(PAD);
  // No more at once than a broker takes before it acknowledges the first.
  for (let i = 1; i <= COUNT; i += 500) {
    const some = Array.from({ length: 500 }, (_, k) => JSON.stringify({ t: T + i + k, v: { level: i + k }, pad }));
    await Promise.all(some.map((text) => publisher?.publishAsync('city/d1/up', text, { qos: 1 })));
  }
  await publisher.endAsync();
  publisher = null;
  // All are with the broker, and one is in the hall.
  expect(hall.batches).toHaveLength(1);
  expect(heldBytes() - before).toBeLessThan(little);
  slow = false;
  release();
  await until(() => hall.batches.length >= COUNT, 'all messages came');
  expect(hall.values()).toEqual(Array.from({ length: COUNT }, (_, i) => i + 1));
  expect(hall.health()).toMatchObject({ state: 'live', dropped: 0, received: COUNT });
  expect(heldBytes() - before).toBeLessThan(little);
});

test('a hall with such a feed in its folder shows what is published at its sensor', async () => {
  const broker = await brokerFor(scratch);
  const dataDir = scratch.folder('data');
  const files = {
    'city/east.yaml':
      'crs: wgs84\nsensors: [{ id: WL-001, kind: water-level, unit: m, name: { zh: 东门水位, en: East Gate level }, lon: 121.5, lat: 31.2 }]\n',
    'feeds/f.yaml': fileOf(broker.url),
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dataDir, name, '..'), { recursive: true });
    writeFileSync(join(dataDir, name), text);
  }
  const running = scratch.keep(await startHall({ dataDir, profile: 'empty' }), (one) => one.stop());
  const duty = scratch.keep(await openWindow(running, 'duty'), (window) => window.close());
  await duty.seeStation(({ feeds }) => feeds.some(({ id, state }) => id === 'f' && state === 'connecting'));
  await (await publisherAt(scratch, broker)).publishAsync('city/d1/up', levelOf(1), { qos: 1, retain: true });
  await duty.seeSensor('WL-001', ({ value }) => value === 1);
});
