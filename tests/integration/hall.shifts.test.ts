import { afterEach, expect, test } from 'vitest';
import { alarmSubject } from '../../core/alarms/alarm.ts';
import { openFeedSource } from '../support/feedSource.ts';
import { hubOf, openHall } from '../support/openHall.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow } from '../support/window.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const WATER = alarmSubject('waterlogging', 'WL-001');
const DEEP = alarmSubject('waterlogging', 'WL-003');

test('a shift is handed over by two people with what is open, stands on the other station and after a restart', async () => {
  const source = scratch.keep(await openFeedSource(), (open) => open.close());
  const dataDir = scratch.folder('a');
  const city = { dataDir, profile: 'drill', cityFeed: source.url } as const;
  const hallA = scratch.keep(await openHall(city), (open) => open.close());
  const hallB = scratch.keep(
    await openHall({ dataDir: scratch.folder('b'), station: 'B', dial: hubOf(hallA) }),
    (open) => open.close(),
  );
  const duty = scratch.keep(await openWindow(hallA, 'duty'), (open) => open.close());
  const fire = scratch.keep(await openWindow(hallA, 'fire'), (open) => open.close());
  const commander = scratch.keep(await openWindow(hallB, 'commander'), (open) => open.close());
  await until(() => source.listeners >= 1, { what: 'the feed' });
  for (const sensor of ['WL-001', 'WL-003']) source.hold(sensor, 0.6);
  for (const alarm of [WATER, DEEP]) await duty.see('alarms', alarm, ({ state }) => state === 'unacknowledged');
  const { incident } = await duty.call('incidents.open', { alarm: WATER });
  await duty.call('alarms.shelve', { alarm: DEEP, minutes: 60, reason: '传感器检修' });

  await expect(fire.call('shifts.begin', { from: '赵强' })).rejects.toMatchObject({ code: 'forbidden' });
  const { handover } = await duty.call('shifts.begin', { from: '张伟', text: '三号泵待修' });
  await expect(duty.call('shifts.begin', { from: '张伟' })).rejects.toMatchObject({ code: 'refused' });
  await commander.see('handovers', handover, ({ state, seat }) => state === 'open' && seat === 'duty');
  await commander.call('shifts.note', { handover, text: '雷达已复测' });
  await duty.see('handovers', handover, ({ notes }) => notes.length === 2);
  await until(async () => (await duty.read('incidents.list', { state: 'open' })).rows.length === 1, {
    what: 'the incident in its table',
  });
  await expect(duty.call('shifts.confirm', { handover, to: '张 伟' })).rejects.toMatchObject({ code: 'refused' });
  await expect(commander.call('shifts.confirm', { handover, to: '李娜' })).rejects.toMatchObject({ code: 'refused' });
  await duty.call('shifts.confirm', { handover, to: '李娜' });

  const [confirmed] = (await duty.read('shifts.one', { id: handover })).rows;
  expect(confirmed).toMatchObject({ state: 'confirmed', from: '张伟', to: '李娜', seat: 'duty' });
  expect(confirmed?.sheet).toMatchObject({
    incidents: { count: 1, lines: [{ id: incident }] },
    shelved: { count: 1, lines: [{ id: DEEP }] },
  });
  expect(confirmed?.sheet?.unacknowledged.lines.map(({ id }) => id)).not.toContain(DEEP);
  await until(() => commander.item('handovers', handover) === undefined, { what: 'it to be over at B' });
  expect((await commander.read('shifts.one', { id: handover })).rows[0]?.sheet).toEqual(confirmed?.sheet);
  await until(async () => (await commander.read('shifts.list', { seat: 'duty' })).rows[0]?.state === 'confirmed', {
    what: 'it in the list at B',
  });
  const logged = async () => (await duty.read('log.list', { kind: 'handover', text: '李娜' })).rows;
  await until(async () => (await logged()).length > 0, { what: 'it in the duty log' });
  expect((await logged()).map(({ type }) => type)).toEqual(['handover.confirmed']);
  for (const window of [duty, fire, commander]) expect(window.violations).toEqual([]);

  duty.close();
  await hallA.close();
  const again = scratch.keep(await openHall({ ...city, cityFeed: undefined }), (open) => open.close());
  const after = scratch.keep(await openWindow(again, 'duty'), (open) => open.close());
  expect((await after.read('shifts.one', { id: handover })).rows[0]).toEqual(confirmed);
  expect((await after.read('shifts.list', {})).rows.map(({ id, to }) => [id, to])).toEqual([[handover, '李娜']]);
});
