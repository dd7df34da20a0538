import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import pino from 'pino';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { SimulatorOrder } from '../../contract/simulation.ts';
import { DrillScript } from '../../core/drills/script.ts';
import { type Clock, systemClock } from '../../main/clock.ts';
import { readFile } from '../../main/config/catalogue.ts';
import { readOwnFeeds } from '../../main/feeds/ownFeeds.ts';
import { readHallFolder } from '../../main/kernel/hallFolder.ts';
import { createRejects } from '../../main/rejects/rejects.ts';
import { startProgram } from '../../main/simulation/program.ts';
import { openSimulation } from '../../main/simulation/simulation.ts';
import { paintNothing } from '../../scripts/drill/paintNothing.ts';
import { openHall } from '../support/openHall.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow } from '../support/window.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const PROJECT = resolve(import.meta.dirname, '..', '..');
const resources = join(PROJECT, 'resources');
const FLOOD = join(resources, 'drills', 'flood.yaml');
const TOKEN = 'a-simulator-of-a-test-0123456789-0123456789';
const clock = systemClock();

function order(): Omit<SimulatorOrder, 'version' | 'again'> {
  const home = scratch.folder();
  paintNothing(home);
  return {
    ...{ folder: join(home, 'simulator'), home, keep: home, resources, token: TOKEN },
    ...{ script: FLOOD, byHand: false, feed: null },
  };
}

async function open(given: Partial<SimulatorOrder> = {}) {
  const read = readFile(FLOOD, DrillScript, createRejects({ clock }));
  return scratch.keep(
    await openSimulation({
      ...{ program: 'city', order: { ...order(), ...given }, script: 'item' in read ? read.item : null },
      ...{ clock, log: pino({ level: 'silent' }), ears: { lost() {}, back() {}, well() {} } },
    }),
    (it) => it.close(),
  );
}

/** The folder as a hall reads it that has nothing else. */
function hallIn(folder: string) {
  const rejects = createRejects({ clock });
  const hall = readHallFolder({ resources, hallDir: folder, rejects, now: clock.now() });
  const [sensors, units] = [hall.city.sensors, hall.city.units].map((all) => new Set(all.map(({ id }) => id)));
  const { feeds, notices } = readOwnFeeds([join(folder, 'feeds')], {
    ...{ rejects, now: clock.now() },
    directory: { hasSensor: (id) => sensors?.has(id) === true, hasUnit: (id) => units?.has(id) === true },
  });
  const feed = feeds.find(({ id }) => id === 'drill-city');
  if (feed?.protocol !== 'ws-json') throw new Error('no feed is in the folder');
  const notRead = hall.notices.filter(({ id }) => id.startsWith('file:'));
  return { ...hall, feed, said: [...notRead, ...notices].map(({ text }) => text.en), refused: rejects.total() };
}

/** The newest value of a sensor that the feed tells. */
function listen(url: string): Map<string, number> {
  const values = new Map<string, number>();
  const socket = scratch.keep(new WebSocket(url), (it) => it.terminate());
  socket.on('message', (data) => {
    for (const { sensor, value } of JSON.parse(String(data)).obs) values.set(sensor, value);
  });
  return values;
}

test('the folder that it writes is a hall’s like any: nothing of it is refused, and its feed and cameras are served where it says', async () => {
  const { folder } = await open();
  const { city, said, refused } = hallIn(folder);
  expect([said, refused]).toEqual([[], 0]);
  const { sensors, units, cameras, departments, facilities } = city;
  expect([sensors.length, units.length, cameras.length, departments.length]).toEqual([102, 2000, 200, 14]);
  expect(facilities.length).toBeGreaterThan(100);
  expect(city.places.filter(({ zh }) => zh === '滨河路').map(({ kind }) => kind)).toEqual(['road']);
  // All of it, for another station; a part of the own hall's comes from devices.
  const values = listen(readFileSync(join(folder, '..', 'city-feed'), 'utf8').trim());
  await until(() => values.size === sensors.length, { what: 'every sensor' });
  const source = String(cameras[0]?.source);
  expect((await fetch(source.replace(/k=.*/, 'k=guess'))).status).toBe(401);
});

test('it begins when it is told to; a camera vanishes and comes back; one that it has not is named', async () => {
  const { folder, begin, setGone } = await open();
  const { feed, city } = hallIn(folder);
  const values = listen(feed.url);
  await until(() => values.has('WL-001'), { what: 'the gauge' });
  const dry = values.get('WL-001') ?? 0;
  await begin();
  await until(() => (values.get('WL-001') ?? 0) > dry, { what: 'the water rises', within: 60_000 });

  const [camera] = city.cameras;
  const asked = () => fetch(String(camera?.source)).then(async (response) => void (await response.body?.cancel()));
  await asked();
  await setGone(camera?.id ?? '', true);
  await expect(asked()).rejects.toThrow();
  await setGone(camera?.id ?? '', false);
  await asked();
  await expect(setGone('CAM-none', true)).rejects.toMatchObject({ code: 'not-found' });
});

test('where another’s feed is taken the folder names that one', async () => {
  const { folder } = await open({ feed: 'ws://127.0.0.1:9/telemetry?token=x' });
  expect(hallIn(folder).feed.url).toBe('ws://127.0.0.1:9/telemetry?token=x');
});

test('it takes commands of nobody without the token, and none that it does not know', async () => {
  const child = program();
  child.stdin.write(`${JSON.stringify({ version: 1, ...order() })}\n`);
  const { control } = JSON.parse(await answer(child));
  const ask = async (method: string, path: string, token = TOKEN, body?: string) =>
    (await fetch(`${control}${path}`, { method, headers: { authorization: `Bearer ${token}` }, body: body ?? null }))
      .status;
  expect(await ask('POST', '/begin', 'guess')).toBe(401);
  expect(await ask('PUT', '/cameras/CAM-001', 'guess', '{"gone":true}')).toBe(401);
  expect(await ask('POST', '/begin')).toBe(204);
  expect(await ask('POST', '/begin', TOKEN, '{"second":12.5}')).toBe(204);
  expect(await ask('POST', '/begin', TOKEN, '{"second":-1}')).toBe(400);
  expect(await ask('GET', '/begin')).toBeGreaterThanOrEqual(400);
  expect(await ask('PUT', '/cameras/CAM-001', TOKEN, '{"gone":1}')).toBe(400);
  expect(await ask('PUT', '/cameras/CAM-001', TOKEN, `{"gone":true,"x":"${'x'.repeat(9999)}"}`)).toBe(400);
  expect(await ask('PUT', '/cameras/CAM-001', TOKEN, '{"gone":true}')).toBe(204);
  expect(await ask('PUT', '/cameras/..%2Fx', TOKEN, '{"gone":true}')).toBe(404);
  // Whoever started it is gone, however that was.
  child.stdin.end();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('whoever started it hears when it ends by itself, and not when it was closed', async () => {
  const why: string[] = [];
  const start = () =>
    startProgram({
      ...{ program: 'city', order: { version: 1, again: false, ...order() }, clock, log: pino({ level: 'silent' }) },
      lost: (reason) => why.push(reason),
    });
  await (await start()).close();
  const running = scratch.keep(await start(), (it) => it.close());
  process.kill(running.pid ?? 0, 'SIGKILL');
  await until(() => why.length > 0, { what: 'the end' });
  expect(why).toEqual(['SIGKILL']);
});

test('where the program that runs is no Node it is a thread, which is steered and ends in the same way', async () => {
  const why: string[] = [];
  const running = await startProgram({
    ...{
      program: 'city',
      order: { version: 1, again: false, ...order() },
      clock,
      log: pino({ level: 'silent' }),
      thread: true,
    },
    lost: (reason) => why.push(reason),
  });
  const begun = await fetch(`${running.control}/begin`, {
    ...{ method: 'POST', headers: { authorization: `Bearer ${TOKEN}` } },
  });
  expect([begun.status, running.pid]).toEqual([204, undefined]);
  await running.close();
  await expect(fetch(`${running.control}/begin`)).rejects.toThrow();
  expect(why).toEqual([]);
  // It ends by itself once it has said why: nobody has to.
  const ended: number[] = [];
  const patient: Clock = {
    ...clock,
    setTimeout: (then, ms) =>
      clock.setTimeout(() => {
        ended.push(ms);
        then();
      }, 4 * ms),
  };
  await expect(
    startProgram({
      ...{
        program: 'city',
        order: { version: 1, again: false, ...order(), resources: scratch.folder() },
        thread: true,
      },
      clock: patient,
      ...{ log: pino({ level: 'silent' }), lost: (reason: string) => why.push(reason) },
    }),
  ).rejects.toMatchObject({
    name: 'SimulatorFailed',
    text: { en: expect.stringMatching(/city\.json cannot be read/) },
  });
  expect(ended).toEqual([]);
});

test('an order that it cannot carry out is answered with why', async () => {
  await expect(open({ resources: scratch.folder() })).rejects.toMatchObject({
    name: 'SimulatorFailed',
    text: { zh: expect.stringContaining('city.json 无法读取'), en: expect.stringMatching(/city\.json cannot be read/) },
  });
  const child = program();
  child.stdin.write('{}\n');
  expect(JSON.parse(await answer(child))).toMatchObject({ failed: { en: expect.stringContaining('folder') } });
});

test('departments’ systems of the made-up city dial the hall or are dialled: their values come by their own protocols, and nothing is refused', async () => {
  const dataDir = scratch.folder();
  const hall = scratch.keep(await openHall({ dataDir, profile: 'drill' }), (it) => it.close());
  const duty = scratch.keep(await openWindow(hall, 'duty'), (it) => it.close());
  const names = ['air-monitors', 'city-management-vehicles', 'drill-city', 'water-stations', 'weather-service'];
  const { feeds } = await duty.seeStation(({ feeds: all }) =>
    names.every((id) => all.some((feed) => feed.id === id && feed.state === 'live' && feed.received > 3)),
  );
  expect(feeds.map(({ id, rejected }) => [id, rejected]).toSorted()).toEqual(names.map((id) => [id, 0]));
  await duty.seeSensor('AQ-001', ({ value }) => value !== null);
  await duty.seeSensor('WD-001', ({ value }) => value !== null);
  await duty.seeSensor('WL-002', ({ value }) => value !== null);
});

function program() {
  const file = join(PROJECT, 'simulator', 'city.simulator.ts');
  return scratch.keep(spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] }), (it) =>
    it.kill('SIGKILL'),
  );
}

async function answer(child: ReturnType<typeof program>): Promise<string> {
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return line;
}
