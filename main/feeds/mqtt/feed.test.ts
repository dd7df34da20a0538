import { expect, test } from 'vitest';
import { feedOn, mqttConfig } from '../../../tests/fixtures/mqtt/feedOn.ts';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';
import type { FeedSink } from '../feed.ts';
import { clientIdOf } from './feed.ts';
import { CLOSED } from './reasons.ts';

const NOW = Date.parse('2026-11-27T12:00:00Z');
const file = (more = '', position = '', devices = '- { device: d1, readings: { level: WL-1 } }') => `id: f
protocol: mqtt
name: { zh: 源, en: Source }
url: mqtt://127.0.0.1:1883
topics: [ "city/#" ]
${more}messages:
  device: topic[1]
  time: { at: "$.t", form: ms }
  readings: { "*": "$.v.*" }
${position}devices:
  ${devices}
`;
const message = (level: number, t = NOW) => ({ t, v: { level } });

/** A sink that is slow until it is let go. */
function slowSink(): { sink: FeedSink; taken: number[]; letGo(): void } {
  let letGo = () => {};
  const taken: number[] = [];
  const sink: FeedSink = {
    push({ observations }) {
      taken.push(...observations.map(({ value }) => value));
      return { slow: true, rejected: 0, late: 0, faults: [] };
    },
    ready: () => new Promise((resolve) => (letGo = resolve)),
  };
  return { sink, taken, letGo: () => letGo() };
}

test('a message is acknowledged when it is in the hall, and while the hall is slow the next one is not', async () => {
  const { sink, taken, letGo } = slowSink();
  const { give, clock } = feedOn(file(), NOW, sink);
  expect(give('city/d1', message(1))).toEqual({ acknowledged: true });
  const second = give('city/d1', message(2));
  expect([taken, second]).toEqual([[1], { acknowledged: false }]);
  letGo();
  await clock.advance(0);
  expect([taken, second]).toEqual([[1, 2], { acknowledged: true }]);
});

test('what waits when the connection is lost is left to the broker; sent once and for all, it is counted as dropped', async () => {
  for (const once of [false, true]) {
    const { sink, taken, letGo } = slowSink();
    const { feed, give, broker, clock } = feedOn(file(), NOW, sink);
    give('city/d1', message(1));
    const second = give('city/d1', message(2), { once });
    broker().lost(CLOSED);
    letGo();
    await clock.advance(0);
    expect([taken, second.acknowledged, feed.health().dropped]).toEqual([[1], false, once ? 1 : 0]);
  }
});

test('nothing is taken after the end, and what waits is not acknowledged', async () => {
  const { sink, taken, letGo } = slowSink();
  const { feed, give, clock, dialled } = feedOn(file(), NOW, sink);
  give('city/d1', message(1));
  const second = give('city/d1', message(2));
  await feed.stop();
  letGo();
  await clock.advance(60_000);
  expect([taken, second, dialled.ended, dialled.times]).toEqual([[1], { acknowledged: false }, true, 1]);
  expect(() => feed.start(sink)).toThrow('started before');
});

test('a broker that is lost is dialled ever more seldom, and at once when it was there for half a minute', async () => {
  const { broker, clock, dialled, logged } = feedOn(file(), NOW);
  const waits = () => logged.flatMap((line) => /"wait":(\d+)/.exec(line)?.[1] ?? []).map(Number);
  for (let i = 0; i < 7; i++) {
    broker().connected();
    broker().lost(CLOSED);
    await clock.advance(waits().at(-1) ?? 0);
    expect(dialled.times).toBe(i + 2);
  }
  for (const [attempt, wait] of waits().entries()) {
    const full = Math.min(15_000, 500 * 2 ** attempt);
    expect(wait).toBeGreaterThanOrEqual(full / 2);
    expect(wait).toBeLessThanOrEqual(full);
  }
  broker().connected();
  await clock.advance(30_000);
  broker().lost(CLOSED);
  expect(waits().at(-1)).toBeLessThanOrEqual(500);
});

test('a feed of which nearly all is refused rests, says so, and is read again', async () => {
  const { feed, give, clock, rejects } = feedOn(file(), NOW);
  for (let i = 0; i < 100; i++) expect(give('city/d1', '{').acknowledged).toBe(true);
  const next = give('city/d1', message(1));
  expect(next.acknowledged).toBe(false);
  expect(feed.health()).toMatchObject({ rejected: 100, fault: 'rests' });
  expect(halfSaid(feed.health().error ?? { zh: '', en: '' })).toBeNull();
  expect(rejects.total()).toBe(100);
  await clock.advance(1000);
  expect(next.acknowledged).toBe(true);
  expect(feed.health()).toMatchObject({ state: 'live', fault: null });
});

test('devices that no file names make no feed live, brake nothing, and stand as lines of the file', async () => {
  const { feed, give, rejects, broker } = feedOn(file(), NOW);
  broker().connected();
  for (let i = 0; i < 500; i++) give(`city/x${2 - (i % 3)}`, message(i));
  expect(give('city/x0', message(1)).acknowledged).toBe(true);
  expect(feed.health()).toMatchObject({ state: 'connecting', rejected: 501, received: 0 });
  expect(rejects.list()).toHaveLength(3);
  expect(feed.health().devices).toEqual({
    ...{ connected: 0, strangerCount: 3 },
    strangers: ['x0', 'x1', 'x2'].map((device) => `- { device: "${device}", readings: { "level": SENSOR-ID } }`),
  });
});

test('what a device measures without a sensor is told once, and a sensor that the hall has not is named', () => {
  const { give, rejects } = feedOn(file('', '', '- { device: d1, readings: { level: NO-1 } }'), NOW);
  for (let i = 0; i < 3; i++) give('city/d1', { t: NOW, v: { level: 1, depth: 2, name: 'East' } });
  expect(rejects.list().map(({ message }) => message.en)).toEqual([
    "depth of the device d1 is no sensor's",
    'the hall knows no sensor NO-1',
  ]);
});

test('a device whose clock is ahead all the time is read with that taken off', async () => {
  const { give, clock, values } = feedOn(file(), NOW);
  const ahead = 3_600_000;
  for (let s = 0; s <= 40; s += 10) {
    give('city/d1', message(s, clock.now() + ahead));
    await clock.advance(10_000);
  }
  expect(values().map(([, t]) => Number(t) - NOW)).toEqual([ahead, ahead + 10_000, ahead + 20_000, 30_000, 40_000]);
});

test('a position is its unit’s, in WGS 84 and in metres a second; 0, 0 is none', () => {
  const position = `  position: { lon: "$.p.lng", lat: "$.p.lat", speed: { at: "$.p.kmh", times: 0.5 }, heading: "$.p.dir" }\n`;
  const { give, batches, rejects } = feedOn(
    file('crs: gcj02\n', position, '- { device: d1, unit: SW-1, status: busy }'),
    NOW,
  );
  give('city/d1', { t: NOW, p: { lng: '121.5', lat: 31.2, kmh: 20, dir: 90 } });
  give('city/d1', { t: NOW, p: { lng: 121.5, lat: 31.2 } });
  give('city/d1', { t: NOW, p: { lng: 0, lat: 0 }, v: { level: 1 } });
  const [first, second, ...rest] = batches.flatMap(({ units }) => units);
  expect(first).toMatchObject({ unit: 'SW-1', t: NOW, speed: 10, heading: 90, status: 'busy' });
  expect(first?.lon).toBeCloseTo(121.4955, 3);
  expect(second).toMatchObject({ speed: 0, heading: 0 });
  expect(rest).toEqual([]);
  for (const p of [
    { lng: 31.2, lat: 121.5 },
    { lng: 121.5 },
    { lng: 121.5, lat: 31.2, kmh: 2000 },
    { lng: 121.5, lat: 31.2, dir: 400 },
  ])
    give('city/d1', { t: NOW, p });
  expect(
    rejects
      .list()
      .map(({ path }) => path)
      .toReversed(),
  ).toEqual(['$.p.lat', '$.p.lat', '$.p.kmh', '$.p.dir']);
  for (const { message, remedy } of rejects.list()) expect([halfSaid(message), halfSaid(remedy)]).toEqual([null, null]);
});

test('a feed is silent when nothing of use came for long', async () => {
  const { feed, give, clock, broker } = feedOn(file('silentAfter: 60\n'), NOW);
  broker().connected();
  give('city/d1', message(1));
  expect(feed.health().state).toBe('live');
  await clock.advance(61_000);
  expect(feed.health().state).toBe('silent');
});

test('a broker knows a hall again by what is its own, in letters and digits that any broker takes', () => {
  expect(clientIdOf('f', 'a')).toMatch(/^[\da-z]{23}$/);
  expect(clientIdOf('f', 'a')).toBe(clientIdOf('f', 'a'));
  expect(new Set([clientIdOf('f', 'a'), clientIdOf('g', 'a'), clientIdOf('f', 'b')]).size).toBe(3);
  expect(feedOn(file(), NOW).dialled.clientId).toMatch(/^opshall/);
  expect(feedOn(file('clientId: hall-1\n'), NOW).dialled.clientId).toBe('hall-1');
  expect(mqttConfig(file()).keepFor).toBe(86_400);
});

test('what is put through again is read as it was said then, and told to whoever asked; nothing is refused a second time', async () => {
  const { feed, rejects, values, clock } = feedOn(file('', '', '- { device: d1, readings: { level: WL-1 } }'), NOW);
  const again = async (...given: Parameters<NonNullable<typeof feed.again>>) => (await feed.again?.(...given)) ?? null;
  const bytes = Buffer.from(JSON.stringify(message(3, NOW - 5000)));
  expect(await again({ bytes, topic: 'city/d1' }, NOW - 4000)).toEqual({
    ...{ taken: 1, known: 0, late: 0, rejected: 0, faults: [] },
  });
  expect(values()).toEqual([['WL-1', NOW - 5000, 3]]);
  // Without a time of its own it is of when it came; where the broker had kept it, of nobody knows when.
  const undated = Buffer.from('{"v":{"level":4}}');
  clock.advanceSync(60_000);
  expect((await again({ bytes: undated, topic: 'city/d1' }, NOW + 1000))?.taken).toBe(1);
  expect(values().at(-1)).toEqual(['WL-1', NOW + 1000, 4]);
  const faults = [
    await again({ bytes: undated, topic: 'city/d1', retained: true }, NOW),
    await again({ bytes, topic: 'else/d1' }, NOW),
    await again({ bytes: Buffer.from('{'), topic: 'city/d1' }, NOW),
    await again({ bytes, topic: 'city/x9' }, NOW),
  ].map((outcome) => [outcome?.taken, outcome?.rejected, outcome?.faults[0]?.path]);
  expect(faults).toEqual([
    [0, 1, 'messages.time'],
    [0, 1, 'topics'],
    [0, 1, ''],
    [0, 1, 'device'],
  ]);
  expect([rejects.total(), feed.health().received, feed.health().devices?.strangerCount]).toEqual([0, 0, 0]);
  await feed.stop();
  expect(await again({ bytes, topic: 'city/d1' }, NOW)).toBeNull();
});
