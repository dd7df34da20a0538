import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { alarmSubject } from '../../core/alarms/alarm.ts';
import { openFeedSource } from '../support/feedSource.ts';
import { hubOf, openHall } from '../support/openHall.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow } from '../support/window.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const RIVER = alarmSubject('river', 'WL-002');
const rule = (id: string, sensor: string, raise: number, clear: number) =>
  `  - { rule: ${id}, name: { zh: 水, en: W }, sensor: { kind: water-level, ids: [${sensor}] }, levels: [{ level: 3, raise: ${raise}, clear: ${clear} }] }\n`;

function dataFolder(name: string, rules: string): string {
  const dir = scratch.folder(name);
  mkdirSync(join(dir, 'rules'));
  writeFileSync(join(dir, 'rules', 'ours.yaml'), `rules:\n${rules}`);
  return dir;
}

test('stations with different rules: the restarted one with the older file clears nothing; a rule of the hall’s own replaces the product’s', async () => {
  const source = scratch.keep(await openFeedSource(), (open) => open.close());
  const city = { profile: 'drill', cityFeed: source.url } as const;
  const dirA = dataFolder('a', rule('river', 'WL-002', 0.05, 0.03) + rule('waterlogging', 'WL-001', 0.01, 0.005));
  const dirB = dataFolder('b', rule('river', 'WL-002', 0.12, 0.1));
  const hallA = scratch.keep(await openHall({ dataDir: dirA, ...city }), (open) => open.close());
  const openB = async () => {
    const hall = await openHall({ dataDir: dirB, station: 'B', dial: hubOf(hallA), ...city });
    const seat = await openWindow(hall, 'deputy');
    await seat.seeStation((view) => view.link === 'online');
    const close = async () => {
      await seat.close();
      await hall.close();
    };
    return { seat, close };
  };
  const a = scratch.keep(await openWindow(hallA, 'commander'), (open) => open.close());
  const before = await openB();
  await until(() => source.listeners >= 2, { what: 'the feeds' });
  const notices = a.station()?.notices.map(({ severity, text }) => `${severity} ${text.en.slice(0, 40)}`);
  expect(notices).toEqual([expect.stringMatching(/^info "waterlogging" is taken from this hall/)]);

  source.hold('WL-002', 0.08);
  source.hold('WL-001', 0.02);
  await a.see('alarms', alarmSubject('waterlogging', 'WL-001'), (alarm) => alarm.level === 3);
  await a.see('alarms', RIVER, (alarm) => alarm.state === 'unacknowledged');
  await a.call('alarms.acknowledge', { alarm: RIVER });
  await before.seat.see('alarms', RIVER, (alarm) => alarm.state === 'acknowledged');
  await before.close();
  const after = scratch.keep(await openB(), (open) => open.close());
  const heard = () => after.seat.station()?.feeds[0]?.received ?? 0;
  await until(() => source.listeners >= 2, { what: 'the feed of the restarted station' });
  for (let i = 0; i < 4; i++) source.hold('WL-002', 0.08);
  await until(() => heard() >= 20, { within: 40_000, what: 'the water at the restarted station' });
  // What its rule would have decided by then is decided: it sees the next thing A writes.
  await a.call('alarms.acknowledge', { alarm: alarmSubject('waterlogging', 'WL-001') });
  await after.seat.see('alarms', alarmSubject('waterlogging', 'WL-001'), (alarm) => alarm.state === 'acknowledged');
  for (const seat of [a, after.seat])
    expect(seat.item('alarms', RIVER)).toMatchObject({ state: 'acknowledged', occurrence: 1 });
  source.hold('WL-002', 0.02);
  for (const seat of [a, after.seat])
    await until(() => seat.item('alarms', RIVER) === undefined, { within: 20_000, what: 'the end of the alarm' });
  expect([...a.violations, ...after.seat.violations]).toEqual([]);
});
