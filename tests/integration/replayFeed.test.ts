import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { FeedBatch } from '../../main/feeds/feed.ts';
import { createFeeds } from '../../main/feeds/feeds.ts';
import { lineOf } from '../../main/feeds/recording/line.ts';
import { type FeedConfig, ownedBy, readFeedConfig } from '../../main/feeds/registry.ts';
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

function hall(recordings?: string) {
  const clock = createFakeClock(NOW);
  const rejects = createRejects({ clock });
  const batches: FeedBatch[] = [];
  const feeds = createFeeds({
    ...{ clock, rejects, log: quiet, secret: () => '' },
    directory: { hasSensor: () => true, hasUnit: () => true },
    sinkOf: () => ({
      push(batch) {
        batches.push(batch);
        return { slow: false, rejected: 0, late: 0, faults: [] };
      },
      ready: () => Promise.resolve(),
    }),
    ...(recordings === undefined ? {} : { recordings }),
  });
  scratch.keep(feeds, (each) => each.stop());
  const values = () =>
    batches.flatMap(({ observations }) => observations.map(({ sensor, value }) => `${sensor} ${value}`));
  return { clock, rejects, feeds, values, batches };
}

const DEVICES = 'devices: [{ device: "0012345678", password: "1234", readings: { "39": WL-1 } }]';
const head = (id: string, protocol: string) => `id: ${id}\nprotocol: ${protocol}\nname: { zh: 源, en: S }\n`;
/** @param file from which is played @param as the file of the recorded feed */
const replay = (file: string, as: string, more = '') =>
  ({ ...readFeedConfig('r.yaml', `${head('r', 'replay')}file: x\n${more}as: ${as}\n`), file }) as FeedConfig;
const HYDRO = `{ protocol: sl651, ${DEVICES} }`;

/** A recording of what came, each so many ms after the first. */
function recording(...messages: [after: number, from: string, bytes: Uint8Array][]): string {
  const file = join(scratch.folder(), 'x.ndjson');
  writeFileSync(file, messages.map(([after, from, bytes]) => lineOf('f', { t: NOW + after, from, bytes })).join(''));
  return file;
}

test('what a feed was sent is recorded as it came, and played it is read as it was', async () => {
  const recordings = join(scratch.folder(), 'recordings');
  const live = hall(recordings);
  const port = await freePort();
  live.feeds.add(
    readFeedConfig('f.yaml', `${head('hydro', 'sl651')}record: true\nlisten: 127.0.0.1:${port}\n${DEVICES}\n`),
  );
  await until(() => live.feeds.health()[0]?.state === 'connecting', { what: 'listening' });
  const socket = scratch.keep(connect(port, '127.0.0.1'), (each) => each.destroy());
  const report = sl651Report('0012345678', 1, NOW, 0.61);
  socket.write(report.subarray(0, 20));
  await until(() => socket.bytesWritten === 20, { what: 'half a frame' });
  socket.write(report.subarray(20));
  socket.write(sl651Report('0012345678', 2, NOW + 60_000, 0.62));
  await until(() => live.values().length === 2, { what: 'the values' });
  await live.feeds.stop();
  const [file = ''] = readdirSync(join(recordings, 'hydro'));

  const again = hall();
  again.feeds.add(replay(join(recordings, 'hydro', file), HYDRO));
  await until(() => again.feeds.health()[0]?.state === 'down', { what: 'the end' });
  expect(again.values()).toEqual(live.values());
  expect(again.batches.flatMap(({ observations }) => observations)).toEqual(
    live.batches.flatMap(({ observations }) => observations),
  );
  expect(again.feeds.health()[0]).toMatchObject({ id: 'r', received: 2, rejected: 0, fault: 'closed' });
  expect(again.feeds.health()[0]?.error?.en).toMatch(/^the recording is at its end/);
});

test('a feed whose file does not say so is not recorded', async () => {
  const recordings = join(scratch.folder(), 'recordings');
  const { feeds, values } = hall(recordings);
  const port = await freePort();
  feeds.add(readFeedConfig('f.yaml', `${head('hydro', 'sl651')}listen: 127.0.0.1:${port}\n${DEVICES}\n`));
  await until(() => feeds.health()[0]?.state === 'connecting', { what: 'listening' });
  const socket = scratch.keep(connect(port, '127.0.0.1'), (each) => each.destroy());
  socket.write(sl651Report('0012345678', 1, NOW, 0.61));
  await until(() => values().length === 1, { what: 'the value' });
  await feeds.stop();
  expect(existsSync(recordings)).toBe(false);
});

describe('a recording is played', () => {
  const level = (serial: number, value: number) => sl651Report('0012345678', serial, NOW + serial * 60_000, value);

  test('at the pace at which it came, so many times as fast', async () => {
    const file = recording([0, 'a', level(0, 1)], [60_000, 'a', level(1, 2)]);
    const { clock, feeds, values } = hall();
    feeds.add(replay(file, HYDRO, 'speed: 10\n'));
    await until(() => values().length === 1, { what: 'the first' });
    await clock.advance(5900);
    expect(values()).toHaveLength(1);
    await until(
      async () => {
        await clock.advance(100);
        return values().length === 2;
      },
      { what: 'the second' },
    );
    expect(values()).toEqual(['WL-1 1', 'WL-1 2']);
  });

  test('again and again where its file says so', async () => {
    const { clock, feeds, values } = hall();
    feeds.add(replay(recording([0, 'a', level(0, 1)]), HYDRO, 'loop: true\n'));
    await until(
      async () => {
        await clock.advance(500);
        return values().length >= 3;
      },
      { what: 'the third time' },
    );
    expect(feeds.health()[0]?.state).toBe('live');
  });

  test('with what each device said by itself, though the others’ bytes stand between', async () => {
    const [one, two] = [level(0, 1), sl651Report('0012345678', 7, NOW, 2)];
    const file = recording(
      [0, 'a', one.subarray(0, 20)],
      [0, 'b', two.subarray(0, 10)],
      [0, 'a', one.subarray(20)],
      [0, 'b', two.subarray(10)],
    );
    const { feeds, values, rejects } = hall();
    feeds.add(replay(file, HYDRO));
    await until(() => values().length === 2, { what: 'both' });
    expect([values(), rejects.total()]).toEqual([['WL-1 1', 'WL-1 2'], 0]);
  });

  test('of a broker, by its topics, and of a source that posts', async () => {
    const message = Buffer.from('{"id":"7","v":4.5}');
    const mqtt =
      '{ protocol: mqtt, topics: ["up/#"], messages: { device: "@.id", readings: { v: "@.v" } }, devices: [{ device: "7", readings: { v: WL-2 } }] }';
    const { feeds, values } = hall();
    feeds.add(replay(recording([0, 'up/7', message], [0, 'other', message]), mqtt));
    await until(() => values().length === 1, { what: 'the value' });
    expect(values()).toEqual(['WL-2 4.5']);
    const posted = hall();
    const text = JSON.stringify({ v: 1, seq: 1, t: NOW, obs: [{ sensor: 'WL-3', t: NOW, value: 1 }] });
    posted.feeds.add(replay(recording([0, '', Buffer.from(text)]), '{ protocol: http-json, crs: wgs84 }'));
    await until(() => posted.values().length === 1, { what: 'the posted value' });
    expect([posted.feeds.receiver('r'), posted.feeds.health()[0]?.awaited]).toEqual([undefined, undefined]);
  });

  test('and a line that is none is told once, and passed over', async () => {
    const file = recording([0, 'a', level(0, 1)]);
    writeFileSync(file, `nonsense\n\n${'x'.repeat(13 * 1024 * 1024)}\n`, { flag: 'a' });
    writeFileSync(file, lineOf('f', { t: NOW, from: 'a', bytes: level(1, 2) }), { flag: 'a' });
    const { feeds, values, rejects } = hall();
    feeds.add(replay(file, HYDRO));
    await until(() => values().length === 2, { what: 'both' });
    expect(rejects.list().map(({ path }) => path)).toEqual(['2']);
    expect([rejects.total(), feeds.health()[0]?.rejected]).toEqual([3, 3]);
  });

  test('and where there is none the feed says so', async () => {
    const { feeds } = hall();
    feeds.add(replay(join(scratch.folder(), 'none.ndjson'), HYDRO));
    await until(() => feeds.health()[0]?.state === 'down', { what: 'the loss' });
    expect(feeds.health()[0]?.error?.en).toMatch(/^there is no recording .*none\.ndjson: check `file`$/);
  });
});

test('a feed that plays owns what the recorded one owned', () => {
  expect(ownedBy(replay('x', HYDRO))).toEqual(['WL-1']);
});

test.each([
  ['of a protocol that is not played', '{ protocol: modbus }', 'as.protocol'],
  ['without a protocol', '{ devices: [] }', 'as.protocol'],
  ['that is nothing', '', 'as.protocol'],
  ['that is wrong', `{ protocol: sl651, devices: [{ device: "1", readings: {} }] }`, 'as.devices.0.readings'],
])('a recorded feed %s is refused where it stands', (_what, as, path) => {
  expect(() => replay('x', as)).toThrow(expect.objectContaining({ path }));
});

test('the file of a recorded feed may be copied whole', () => {
  const whole = `{ id: hydro, name: { zh: 水文, en: H }, listen: "127.0.0.1:5651", record: true, protocol: sl651, ${DEVICES} }`;
  expect(replay('x', whole)).toMatchObject({ id: 'r', as: { protocol: 'sl651', record: true } });
});
