import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { SetupView } from '../../contract/features/setup.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';

const scratch = createScratch();
const windows: Window[] = [];
let hall: HallProcess;
afterEach(async () => {
  for (const window of windows.splice(0)) window.close();
  await hall?.stop();
  await scratch.clear();
});

const SENSOR = (id: string) =>
  `  - { id: ${id}, kind: water-level, unit: m, name: { zh: ${id}, en: ${id} }, lon: 121.5, lat: 31.2 }\n`;

async function stand(files: Record<string, string>) {
  const dataDir = scratch.folder('hall');
  const write = (name: string, text: string | null) => {
    mkdirSync(join(dataDir, name, '..'), { recursive: true });
    if (text === null) rmSync(join(dataDir, name));
    else writeFileSync(join(dataDir, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  hall = await startHall({ dataDir });
  const seat = async (name: string) => {
    const window = await openWindow(hall, name);
    windows.push(window);
    return window;
  };
  return { dataDir, write, seat };
}
const HALL = { 'hall.yaml': 'hall: 1\nname: { zh: 试验大厅, en: Test hall }\n' };

/** What is another, in short: `sensors +1 ~1 -1`. */
const changes = ({ parts }: SetupView) =>
  parts
    .filter(({ added, changed, gone }) => added.count + changed.count + gone.count > 0)
    .map(({ part, added, changed, gone }) => `${part} +${added.count} ~${changed.count} -${gone.count}`);

test('files that were changed are told before they are read, and read again without a new start of the program', async () => {
  const { write, seat } = await stand({
    ...HALL,
    'city/a.yaml': `crs: wgs84\nsensors:\n${SENSOR('WL-1')}${SENSOR('WL-2')}`,
  });
  const duty = await seat('duty');
  const before = await duty.call('setup.look', {});
  expect(before).toMatchObject({ own: true, name: { zh: '试验大厅' }, differs: false, reloads: true, notices: [] });
  expect(changes(before)).toEqual([]);
  expect(duty.station()).toMatchObject({ simulated: false, name: { zh: '试验大厅' } });
  const { incident } = await duty.call('incidents.openByHand', {
    ...{ type: 'other', level: 4, title: { zh: '试', en: 'T' }, words: '', caller: { name: '', phone: '' } },
    place: { lon: 121.5, lat: 31.2, name: { zh: '东', en: 'E' } },
  });
  write('city/a.yaml', `crs: wgs84\nsensors:\n${SENSOR('WL-2').replace('121.5', '121.6')}${SENSOR('WL-3')}`);
  write('city/b.yaml', 'sensors: [');
  write('hall.yaml', 'hall: 1\nname: { zh: 新名, en: New name }\n');
  const looked = await duty.call('setup.look', {});
  expect(changes(looked)).toEqual(['sensors +1 ~1 -1']);
  expect(looked.parts.find(({ part }) => part === 'sensors')).toMatchObject({
    ...{ count: 2, added: { examples: ['WL-3'] }, changed: { examples: ['WL-2'] }, gone: { examples: ['WL-1'] } },
  });
  expect(looked).toMatchObject({ differs: true, notices: [{ severity: 'error' }] });
  expect(looked.notices[0]?.text.en).toContain('b.yaml');
  // Nothing of it is in use yet, and what is wrong with a file that nobody has asked to be used is no notice.
  expect((await duty.call('sensors.directory', {})).sensors.map(({ id }) => id)).toEqual(['WL-1', 'WL-2']);
  expect(duty.items('notices').map(({ id }) => id)).not.toContain(expect.stringContaining('b.yaml'));

  const pid = hall.pid;
  write(
    'gb28181.yaml',
    'id: "34020000002000000001"\nlisten: 127.0.0.1:1\ndevices: [{ device: "34020000001180000001", password: "a" }]\n',
  );
  expect(changes(await duty.call('setup.look', {}))).toEqual(['sensors +1 ~1 -1', 'feeds +1 ~0 -0']);
  write('gb28181.yaml', null);
  await duty.call('setup.reload', {});
  await duty.seeStation(({ name }) => name?.en === 'New name', 60_000);
  expect((await duty.call('sensors.directory', {})).sensors.map(({ id }) => id)).toEqual(['WL-2', 'WL-3']);
  expect((await duty.incident(incident))?.state).toBe('open');
  await until(() => duty.items('notices').some(({ id }) => id.includes('b.yaml')), { what: 'the notice of b.yaml' });
  expect([hall.pid, hall.exited]).toEqual([pid, false]);
  expect(changes(await duty.call('setup.look', {}))).toEqual([]);

  // And once more, by two who ask at the same time.
  write('city/b.yaml', null);
  const deputy = await seat('deputy');
  await Promise.all([duty.call('setup.reload', {}), deputy.call('setup.reload', {})]);
  await until(() => duty.items('notices').every(({ id }) => !id.includes('b.yaml')), {
    what: 'b.yaml is gone',
    within: 60_000,
  });
  expect(duty.violations).toEqual([]);
});

test('a department may not set the hall up', async () => {
  const { seat } = await stand(HALL);
  const fire = await seat('fire');
  await expect(fire.call('setup.look', {})).rejects.toMatchObject({ code: 'forbidden' });
  await expect(fire.call('setup.reload', {})).rejects.toMatchObject({ code: 'forbidden' });
});

test('an alarm whose sensor was taken away stays until a person withdraws it; one whose sensor is there clears by itself alone', async () => {
  const { write, seat } = await stand({
    ...HALL,
    'city/a.yaml': `crs: wgs84\nsensors:\n${SENSOR('WL-1')}${SENSOR('WL-2')}`,
    'feeds/posts.yaml':
      'id: posts\nprotocol: http-json\nname: { zh: 试, en: T }\ntoken: a-token-of-a-test-system\ncrs: wgs84\nowns: ["WL-*"]\n',
  });
  const duty = await seat('duty');
  const t = Date.now();
  for (const at of [t - 10_000, t]) {
    const obs = ['WL-1', 'WL-2'].map((sensor) => ({ sensor, t: at, value: 0.6 }));
    await fetch(`${hall.url}/feeds/posts`, {
      ...{ method: 'POST', headers: { authorization: 'Bearer a-token-of-a-test-system' } },
      body: JSON.stringify({ v: 1, t: at, obs }),
    });
  }
  const [one, other] = ['alarm:waterlogging:WL-1', 'alarm:waterlogging:WL-2'] as const;
  await duty.see('alarms', one, ({ state }) => state === 'unacknowledged', 60_000);
  await duty.see('alarms', other, ({ state }) => state === 'unacknowledged', 60_000);
  write('city/a.yaml', `crs: wgs84\nsensors:\n${SENSOR('WL-2')}`);
  const before = duty.station()?.startedAt ?? 0;
  await duty.call('setup.reload', {});
  await duty.seeStation(({ startedAt }) => startedAt > before, 60_000);
  await duty.see('alarms', one, ({ state }) => state === 'unacknowledged', 60_000);
  await expect(duty.call('alarms.withdraw', { alarm: other, reason: 'x' })).rejects.toMatchObject({ code: 'refused' });
  await duty.call('alarms.withdraw', { alarm: one, reason: 'the gauge was taken down' });
  await until(() => duty.item('alarms', one) === undefined, { what: 'the alarm is over', within: 60_000 });
  expect(duty.item('alarms', other)?.state).toBe('unacknowledged');
  const { moments } = await duty.call('alarms.timeline', { alarm: one });
  expect(moments[0]).toMatchObject({ what: 'cleared' });
});
