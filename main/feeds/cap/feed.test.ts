import { expect, test } from 'vitest';
import type { WarningMessage } from '../../../core/warnings/message.ts';
import { createFakeClock } from '../../../tests/fakes/clock.ts';
import { capOf } from '../../../tests/fixtures/cap/capOf.ts';
import { createRejects } from '../../rejects/rejects.ts';
import { CapConfig } from './config.ts';
import { createCapFeed } from './feed.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const TOKEN = 'twenty-characters-long';
const NOW = Date.parse('2026-11-28T06:00:00+08:00');

function rig(more: object = {}) {
  const clock = createFakeClock(NOW);
  const rejects = createRejects({ clock });
  const came: string[] = [];
  const disk = { refuses: false };
  const config = { id: 'weather', protocol: 'cap', name: { zh: '气象', en: 'Weather' }, token: TOKEN, ...more };
  const feed = createCapFeed(CapConfig.parse(config), {
    ...{ clock, log: quiet, rejects, secret: () => '', directory: { hasSensor: () => false, hasUnit: () => false } },
    async takeWarning(from, { identifier, until, sent }: WarningMessage) {
      if (disk.refuses) throw new Error('the disk is full');
      came.push(`${from} ${identifier} ${(until - sent) / 3_600_000} h`);
    },
  });
  feed.start({ push: () => ({ slow: false, rejected: 0, late: 0, faults: [] }), ready: () => Promise.resolve() });
  const post = async (xml: string) => feed.receiver.post(Buffer.from(xml));
  return { clock, rejects, came, disk, feed, post };
}

test('a warning is taken and answered when it is recorded; the feed waits for its first, and is never silent', async () => {
  const { clock, came, feed, post } = rig({ holdHours: 12 });
  expect(feed.health()).toMatchObject({ state: 'connecting', awaited: true });
  expect(await post(capOf())).toEqual({ is: 'taken', taken: 1, rejected: 0, late: 0, faults: [] });
  await post(capOf({ identifier: 'B' }, { expires: '' }));
  expect(came).toEqual(['weather A 6 h', 'weather B 12 h']);
  expect(await post(capOf({ msgType: 'Ack' }))).toMatchObject({ is: 'taken', taken: 0 });
  await clock.advance(3_600_000);
  expect(feed.health()).toMatchObject({ state: 'live', received: 2, clockOffsetMs: null });
});

test('what the disk refuses the source has to send again', async () => {
  const { came, disk, feed, post } = rig();
  disk.refuses = true;
  expect(await post(capOf())).toEqual({ is: 'busy', retryMs: 5000 });
  disk.refuses = false;
  expect(await post(capOf())).toMatchObject({ is: 'taken', taken: 1 });
  expect([came.length, feed.health().received]).toEqual([1, 1]);
});

test('a message that is none is refused and kept to be looked at; a warning with a bad outline is taken, and that is told', async () => {
  const { rejects, came, post } = rig();
  expect(await post('{"v":1}')).toMatchObject({ is: 'refused' });
  const taken = await post(capOf({}, {}, '<polygon>1,2</polygon>'));
  expect(taken).toMatchObject({ is: 'taken', taken: 1, faults: [{ path: 'alert.info.0.area.0.polygon' }] });
  expect([came.length, rejects.total()]).toEqual([1, 2]);
  expect(rejects.list()[0]).toMatchObject({
    door: 'feed',
    source: 'weather',
    excerpt: expect.stringContaining('<alert'),
  });
});

test('a feed brings what its senders say, and no other', async () => {
  const { came, post } = rig({ senders: ['4201*', 'water@jianghai.example'] });
  for (const [i, sender] of ['42010041600000', 'water@jianghai.example', '33000041600000', 'water'].entries())
    await post(capOf({ sender, identifier: `m${i}` }));
  expect(came.map((each) => each.split(' ')[1])).toEqual(['m0', 'm1']);
});

test('a source that is too quick waits, one that stopped takes nothing', async () => {
  const { clock, feed, post } = rig({ maxMessagesPerSecond: 2 });
  const all = [await post(capOf()), await post(capOf({ identifier: 'B' })), await post(capOf({ identifier: 'C' }))];
  expect(all.map(({ is }) => is)).toEqual(['taken', 'taken', 'busy']);
  await clock.advance(1000);
  expect((await post(capOf({ identifier: 'C' }))).is).toBe('taken');
  await feed.stop();
  expect((await post(capOf({ identifier: 'D' }))).is).toBe('busy');
  expect([TOKEN, `${TOKEN}x`, ''].map(feed.receiver.lets)).toEqual([true, false, false]);
});
