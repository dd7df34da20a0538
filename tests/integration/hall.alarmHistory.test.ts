import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { alarmSubject } from '../../core/alarms/alarm.ts';
import { openFeedSource } from '../support/feedSource.ts';
import { openHall } from '../support/openHall.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const ALARM = alarmSubject('waterlogging', 'WL-001');

test('an alarm that is over is found by its Chinese, its initials and its time, and told with who did what, also after views.db is gone', async () => {
  const source = scratch.keep(await openFeedSource(), (open) => open.close());
  const dataDir = scratch.folder();
  const start = () => openHall({ dataDir, profile: 'drill', cityFeed: source.url });
  const first = await start();
  const window = await openWindow(first, 'duty');
  await until(() => source.listeners > 0, { what: 'the feed' });
  source.hold('WL-001', 0.6);
  await window.see('alarms', ALARM, (alarm) => alarm.state === 'unacknowledged');
  await window.call('alarms.acknowledge', { alarm: ALARM });
  source.hold('WL-001', 0.05);
  await until(() => window.item('alarms', ALARM) === undefined, { what: 'the alarm over' });
  await isTold(window);
  window.close();
  await first.close();

  rmSync(join(dataDir, 'views.db'));
  const second = await start();
  const again = await openWindow(second, 'fire');
  await isTold(again);
  expect(again.violations).toEqual([]);
  again.close();
  await second.close();
});

async function isTold(window: Window): Promise<void> {
  const found = async (text: string, from = 0) =>
    (await window.read('alarms.history', { text, from })).rows.map(({ id, times, state }) => [id, times, state]);
  const line = [ALARM, 1, 'normal'];
  await until(async () => (await found('积水')).length === 1, { what: 'the alarm in the history' });
  expect(await found('积水')).toEqual([line]);
  expect(await found('dljs')).toEqual([line]);
  expect(await found('没有这样的话')).toEqual([]);
  expect((await window.read('alarms.nuisances', { by: 'chattering', from: 0, standing: 1 })).rows).toEqual([]);
  expect((await window.read('alarms.one', { id: ALARM })).rows).toMatchObject([
    { id: ALARM, state: 'normal', acknowledged: { actor: 'duty' } },
  ]);
  const { moments } = await window.call('alarms.timeline', { alarm: ALARM });
  expect(moments.map(({ what, actor }) => [what, actor])).toEqual([
    ['cleared', 'rule.waterlogging'],
    ['acknowledged', 'duty'],
    ['raised', 'rule.waterlogging'],
  ]);
}
