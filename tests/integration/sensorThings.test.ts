import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FeedBatch } from '../../main/feeds/feed.ts';
import { createFeeds, type Feeds } from '../../main/feeds/feeds.ts';
import { readFeedConfig } from '../../main/feeds/registry.ts';
import { createRejects } from '../../main/rejects/rejects.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { halfSaid } from '../support/bothLanguages.ts';
import { createScratch } from '../support/scratch.ts';
import { type Measured, type SensorThings, startSensorThings } from '../support/sensorThings.ts';
import { until } from '../support/until.ts';

/** Answers that come in pages, as those of SensorThings do, by the file of the handbook alone. */
const scratch = createScratch();
const NOW = Date.parse('2026-11-28T06:00:00Z');
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const PAGE = readFileSync(new URL('../../docs/protocols/http-poll.md', import.meta.url), 'utf8');
const EXAMPLE =
  [...PAGE.matchAll(/^```yaml\n(id: .*?)^```/gms)]
    .map(([, text = '']) => text)
    .find((text) => text.includes('@iot.nextLink')) ?? '';
let clock: FakeClock;
let rejects: ReturnType<typeof createRejects>;
let feeds: Feeds;
let batches: FeedBatch[];

async function open(
  streams: () => readonly Measured[] | null,
  pageSize: number,
  linkTo?: string,
): Promise<SensorThings> {
  const server = scratch.keep(await startSensorThings(streams, pageSize, linkTo), (one) => one.stop());
  feeds.add(readFeedConfig('f.yaml', EXAMPLE.replace('https://sta.example/FROST-Server/v1.1', server.url)));
  return server;
}
const values = () =>
  batches.flatMap(({ observations }) => observations.map(({ sensor, t, value }) => [sensor, t - NOW, value]));
const heard = (times: number) =>
  until(() => rejects.total() + (feeds.health()[0]?.received ?? 0) >= times, { what: 'the answers' });
const at = (minutes: number) => new Date(NOW + 60_000 * minutes).toISOString();

beforeEach(() => {
  clock = createFakeClock(NOW);
  rejects = createRejects({ clock });
  batches = [];
  feeds = createFeeds({
    ...{ clock, rejects, secret: () => '', log: quiet },
    directory: { hasSensor: () => true, hasUnit: () => false },
    sinkOf: () => ({
      push(batch) {
        batches.push(batch);
        return { slow: false, rejected: 0, late: 0, faults: [] };
      },
      ready: () => Promise.resolve(),
    }),
  });
});
afterEach(async () => {
  await feeds.stop();
  await scratch.clear();
});

test('the newest observation of each datastream is taken once, from all pages; of a span of time its end counts', async () => {
  let level = 1.5;
  const streams = (): Measured[] => [
    { id: 3, newest: null },
    { id: 7, newest: { at: at(-5), result: 0.4 } },
    { id: 8, newest: { at: `${at(-10)}/${at(-2)}`, result: level } },
  ];
  const server = await open(streams, 1);
  await heard(2);
  expect(values()).toEqual([
    ['RG-901', -300_000, 0.4],
    ['WL-901', -120_000, 1.5],
  ]);
  expect(server.asked).toHaveLength(3);
  level = 1.6;
  await clock.advance(60_000);
  await heard(3);
  expect(values().slice(2)).toEqual([['WL-901', -120_000, 1.6]]);
  expect([rejects.total(), feeds.health()[0]?.state]).toEqual([0, 'live']);
});

test('a next page on another host is not asked for, and is told; what came before it is taken', async () => {
  const elsewhere = await startSensorThings(() => [], 1);
  scratch.keep(elsewhere, (one) => one.stop());
  const streams = (): Measured[] => [
    { id: 7, newest: { at: at(-5), result: 0.4 } },
    { id: 8, newest: { at: at(-2), result: 1.5 } },
  ];
  await open(streams, 1, elsewhere.url.replace('/v1.1', ''));
  await heard(2);
  expect([values(), elsewhere.asked]).toEqual([[['RG-901', -300_000, 0.4]], []]);
  const [told] = rejects.list();
  expect(told?.message.en).toContain('the next page is on another host');
  for (const said of [told?.message, told?.remedy]) expect(halfSaid(said ?? { zh: '', en: '' })).toBeNull();
});

test('pages without end are ended', async () => {
  const endless = Array.from({ length: 1000 }, (_, id) => ({ id, newest: { at: at(-1), result: id } }));
  const server = await open(() => endless, 1);
  await heard(3);
  expect(server.asked).toHaveLength(10);
  expect(values().map(([sensor]) => sensor)).toEqual(['RG-901', 'WL-901']);
  expect(rejects.list().map(({ message }) => message.en)).toContainEqual(expect.stringContaining('more than 10 pages'));
});

test('where a page cannot be had nothing is taken, and all of it is asked for again', async () => {
  let questions = 0;
  const both: Measured[] = [
    { id: 7, newest: { at: at(-5), result: 0.4 } },
    { id: 8, newest: { at: at(-2), result: 1.5 } },
  ];
  await open(() => (++questions === 2 ? null : both), 1);
  await until(() => feeds.health()[0]?.state === 'down', { what: 'the loss' });
  expect([values(), feeds.health()[0]?.fault]).toEqual([[], 'refused']);
  await clock.advance(5000);
  await heard(2);
  expect(values().map(([sensor]) => sensor)).toEqual(['RG-901', 'WL-901']);
});
