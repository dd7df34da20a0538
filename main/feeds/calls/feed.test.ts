import { expect, test } from 'vitest';
import type { Report } from '../../../core/calls/report.ts';
import { createFakeClock } from '../../../tests/fakes/clock.ts';
import { createRejects } from '../../rejects/rejects.ts';
import { CallsConfig } from './config.ts';
import { createCallsFeed } from './feed.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const TOKEN = 'twenty-characters-long';

function rig() {
  const clock = createFakeClock(Date.parse('2026-11-28T06:00:00Z'));
  const rejects = createRejects({ clock });
  const came: [string, readonly string[], Report][] = [];
  const hall = { refuses: false, left: 0 };
  const config = { id: 'hotline', protocol: 'calls', name: { zh: '热线', en: 'Hotline' }, token: TOKEN, crs: 'wgs84' };
  const feed = createCallsFeed(CallsConfig.parse(config), {
    ...{ clock, log: quiet, rejects, secret: () => '', directory: { hasSensor: () => false, hasUnit: () => false } },
    async takeReports({ feed: from, to }, reports) {
      if (hall.refuses) throw new Error('the disk is full');
      for (const report of reports) came.push([from, to, report]);
      return { taken: reports.length - hall.left, left: hall.left };
    },
  });
  feed.start({ push: () => ({ slow: false, rejected: 0, late: 0, faults: [] }), ready: () => Promise.resolve() });
  const post = async (value: unknown) => feed.receiver.post(Buffer.from(JSON.stringify(value)));
  return { clock, rejects, came, hall, feed, post };
}

const calls = [{ id: '1', words: '冒烟' }];

test('calls are taken and answered when they are recorded, for every seat that takes calls; the feed is never silent', async () => {
  const { clock, came, feed, post } = rig();
  expect(feed.receiver.lets(TOKEN)).toBe(true);
  expect(await post({ calls })).toEqual({ is: 'taken', taken: 1, rejected: 0, late: 0, faults: [] });
  expect(came).toMatchObject([['hotline', ['duty', 'deputy', 'commander'], { id: '1' }]]);
  await clock.advance(3_600_000);
  expect(feed.health()).toMatchObject({ state: 'live', received: 1, awaited: true });
});

test('what the hall cannot keep, or has no room for, the source has to send again', async () => {
  const { feed, hall, post } = rig();
  hall.refuses = true;
  expect(await post({ calls })).toEqual({ is: 'busy', retryMs: 5000 });
  hall.refuses = false;
  hall.left = 1;
  expect(await post({ calls })).toEqual({ is: 'busy', retryMs: 5000 });
  hall.left = 0;
  expect(await post({ calls })).toMatchObject({ is: 'taken', taken: 1 });
  expect(feed.health().received).toBe(1);
});

test('a message that is none is refused whole, of others the records that are wrong, and both can be looked at and put through again', async () => {
  const { came, feed, rejects, post } = rig();
  expect(await post({})).toMatchObject({ is: 'refused', fault: { path: 'calls' } });
  expect(await post({ calls: [{}, ...calls] })).toMatchObject({ is: 'taken', taken: 1, rejected: 1 });
  expect(rejects.list().map(({ path }) => path)).toEqual(['calls.0.id', 'calls']);
  const again = await feed.again?.({ bytes: Buffer.from(JSON.stringify({ calls: [{}, ...calls] })) }, 0);
  expect(again).toMatchObject({ taken: 1, known: 0, rejected: 1 });
  expect(came).toHaveLength(2);
});
