import { afterEach, expect, test } from 'vitest';
import { alarmSubject } from '../../core/alarms/alarm.ts';
import { halfSaid } from '../support/bothLanguages.ts';
import { openFeedSource } from '../support/feedSource.ts';
import { openHall } from '../support/openHall.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow } from '../support/window.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const ALARM = alarmSubject('waterlogging', 'WL-001');

test('R1 R3 in a hall a wall only looks, a department acts on its own steps, and what they may not is kept for those who look', async () => {
  const source = scratch.keep(await openFeedSource(), (open) => open.close());
  const hall = scratch.keep(
    await openHall({ dataDir: scratch.folder(), profile: 'drill', cityFeed: source.url }),
    (open) => open.close(),
  );
  const at = async (seat: string) => scratch.keep(await openWindow(hall, seat), (open) => open.close());
  const [duty, wall, fire, emergency] = [await at('duty'), await at('wall'), await at('fire'), await at('emergency')];
  await until(() => source.listeners === 1, { what: 'the feed' });
  source.hold('WL-001', 0.6);
  for (const window of [duty, wall]) await window.see('alarms', ALARM, (alarm) => alarm.state === 'unacknowledged');

  await expect(wall.call('alarms.acknowledge', { alarm: ALARM })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(wall.call('link.cut', {})).rejects.toMatchObject({ code: 'forbidden' });
  await expect(fire.call('incidents.open', { alarm: ALARM })).rejects.toMatchObject({
    code: 'forbidden',
    message: 'the seat fire may not open incidents (right incidents.open)',
  });
  const { incident } = await duty.call('incidents.open', { alarm: ALARM });
  const { plans } = await duty.call('plans.offer', { incident });
  const plan = plans.find(({ id }) => id === 'urban-flooding');
  const { run } = await duty.call('runs.launch', { incident, plan: 'urban-flooding', version: plan?.version ?? 0 });
  const { department } =
    (await wall.see('runs', run, () => true)).steps.find(({ id }) => id === 'verify') ?? expect.fail('no step verify');
  expect(department).toBe('emergency');
  await expect(fire.call('runs.acknowledge', { run, step: 'verify' })).rejects.toMatchObject({ code: 'forbidden' });
  await emergency.call('runs.acknowledge', { run, step: 'verify' });
  const seen = await wall.see('runs', run, ({ steps }) => steps.some(({ acknowledged }) => acknowledged !== null));
  expect(seen.steps.find(({ id }) => id === 'verify')?.acknowledged?.actor).toBe('emergency');

  const { rows: rejects } = await duty.read('rejects.list', {});
  expect(rejects.map(({ door, source, excerpt }) => `${door} ${source}: ${excerpt}`).sort()).toEqual([
    'window test:fire: incidents.open',
    'window test:fire: runs.acknowledge',
    'window test:wall: alarms.acknowledge',
    'window test:wall: link.cut',
  ]);
  // Whatever language the window that was refused is in, the list is read in that of whoever opens it.
  expect(rejects.find(({ excerpt }) => excerpt === 'incidents.open')?.message).toEqual({
    zh: '席位 fire 无权建立事件（权限 incidents.open）',
    en: 'the seat fire may not open incidents (right incidents.open)',
  });
  for (const { message, remedy } of rejects) expect([halfSaid(message), halfSaid(remedy)]).toEqual([null, null]);
  await duty.seeStation((view) => view.rejects === 4 && !view.cut);
  for (const window of [duty, wall, fire, emergency]) expect(window.violations).toEqual([]);
});
