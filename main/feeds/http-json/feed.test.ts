import { expect, test } from 'vitest';
import { createFakeClock } from '../../../tests/fakes/clock.ts';
import { createRejects } from '../../rejects/rejects.ts';
import type { FeedBatch } from '../feed.ts';
import { createHttpJsonFeed } from './feed.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const TOKEN = 'twenty-characters-long';

function rig(maxMessagesPerSecond = 100) {
  const clock = createFakeClock();
  const rejects = createRejects({ clock });
  const batches: FeedBatch[] = [];
  const slow = { now: false, ready: Promise.withResolvers<void>() };
  const feed = createHttpJsonFeed(
    {
      ...{ id: 'gas', protocol: 'http-json', name: { zh: '燃气', en: 'Gas' }, token: TOKEN, crs: 'wgs84', owns: [] },
      ...{ silentAfter: 60, maxMessagesPerSecond },
    },
    {
      ...{ clock, log: quiet, rejects, secret: () => '' },
      directory: { hasSensor: () => true, hasUnit: () => true },
    },
  );
  feed.start({
    push(batch) {
      batches.push(batch);
      return { slow: slow.now, rejected: 0, late: 0, faults: [] };
    },
    ready: () => slow.ready.promise,
  });
  const say = (value = 1) =>
    feed.receiver.post(
      Buffer.from(JSON.stringify({ v: 1, t: clock.now(), obs: [{ sensor: 'S', t: clock.now(), value }] })),
    );
  return { clock, rejects, batches, slow, feed, say };
}

test('what is posted is delivered and answered; the feed waits for its first message, and is silent without others', async () => {
  const { clock, batches, feed, say } = rig();
  expect(feed.health()).toMatchObject({ state: 'connecting', awaited: true });
  expect(say(7)).toEqual({ is: 'taken', taken: 1, rejected: 0, late: 0, faults: [] });
  expect(batches[0]?.observations).toEqual([{ sensor: 'S', t: clock.now(), value: 7, quality: 'good' }]);
  // Nothing is said of lost messages where they have no numbers.
  say();
  expect(feed.health()).toMatchObject({ state: 'live', received: 2, gaps: 0 });
  await clock.advance(61_000);
  expect(feed.health().state).toBe('silent');
});

test('a source that is too quick, or posts what is refused, is told how long to wait', async () => {
  const { clock, feed, say } = rig(3);
  expect([say(), say(), say()].map(({ is }) => is)).toEqual(['taken', 'taken', 'taken']);
  expect(say()).toMatchObject({ is: 'busy', retryMs: expect.any(Number) });
  await clock.advance(1000);
  expect(say().is).toBe('taken');
  const flood = rig(10_000);
  for (let i = 0; i < 100; i++) flood.feed.receiver.post(Buffer.from('{'));
  expect(flood.say()).toEqual({ is: 'busy', retryMs: 1000 });
  expect(flood.rejects.total()).toBe(100);
  await flood.clock.advance(1000);
  expect(flood.say().is).toBe('taken');
  await feed.stop();
  expect(say().is).toBe('busy');
});

test('while the hall takes no more the source waits, and nothing is delivered', async () => {
  const { slow, say, batches } = rig();
  slow.now = true;
  say();
  expect(say()).toEqual({ is: 'busy', retryMs: 1000 });
  expect(batches.length).toBe(1);
  slow.now = false;
  slow.ready.resolve();
  await slow.ready.promise;
  expect(say().is).toBe('taken');
});

test('the token is compared whole', () => {
  const { lets } = rig().feed.receiver;
  expect([TOKEN, `${TOKEN}x`, TOKEN.slice(1), ''].map(lets)).toEqual([true, false, false, false]);
});
