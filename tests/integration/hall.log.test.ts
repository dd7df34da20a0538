import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { QueryState } from '../../contract/wire/hallClient.ts';
import { alarmSubject } from '../../core/alarms/alarm.ts';
import { openFeedSource } from '../support/feedSource.ts';
import { openHall } from '../support/openHall.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow } from '../support/window.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const ALARM = alarmSubject('waterlogging', 'WL-001');

test('what is decided comes onto an open page of the log, is found by its Chinese and its initials, and is there after a restart, also one that finds views.db gone', async () => {
  const source = scratch.keep(await openFeedSource(), (open) => open.close());
  const dataDir = scratch.folder();
  const start = () => openHall({ dataDir, profile: 'drill', cityFeed: source.url });
  const first = await start();
  const window = await openWindow(first, 'duty');
  let page: QueryState<'log.list'> | null = null;
  window.client.query('log.list', { kind: 'incident', limit: 2 }, (state) => {
    page = state;
  });
  const shown = () => page?.rows?.map(({ type }) => type).join();
  await until(() => page?.fresh === true, { what: 'the log' });
  expect(shown()).toBe('');
  await until(() => source.listeners > 0, { what: 'the feed' });
  source.hold('WL-001', 0.6);
  await window.see('alarms', ALARM, (alarm) => alarm.state === 'unacknowledged');
  const { incident } = await window.call('incidents.open', { alarm: ALARM });
  await until(() => shown() === 'incident.opened', { what: 'the incident in the log' });
  for (const text of ['泵站已启动两台机组', '现场水深继续上涨'])
    await window.call('incidents.note', { incident, text });
  await until(() => shown() === 'incident.noted,incident.noted', { what: 'the notes in the log' });
  expect(page).toMatchObject({ total: { count: 3, exact: true }, more: expect.stringMatching(/./) });
  expect(window.violations).toEqual([]);
  window.close();
  await first.close();

  expect(existsSync(join(dataDir, 'views.db'))).toBe(true);
  for (const lost of [false, true]) {
    if (lost) rmSync(join(dataDir, 'views.db'));
    await isFound(await start(), incident);
  }
});

async function isFound(hall: Awaited<ReturnType<typeof openHall>>, incident: string): Promise<void> {
  const again = await openWindow(hall, 'fire');
  const found = async (text: string) => (await again.read('log.list', { text })).rows.map((row) => row.text);
  expect(await found('启动')).toEqual(['泵站已启动两台机组']);
  expect(await found('xcss')).toEqual(['现场水深继续上涨']);
  expect(await found('没有这样的话')).toEqual([]);
  const { rows } = await again.read('log.list', { subject: incident, seat: 'duty', limit: 1 });
  expect(rows).toMatchObject([{ type: 'incident.noted', station: expect.any(String), text: '现场水深继续上涨' }]);
  again.close();
  await hall.close();
}
