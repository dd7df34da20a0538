import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const TOKEN = 'a-token-of-a-test-system';
const HALL = 'hall: 1\nname: { zh: 试验大厅, en: Test hall }\n';
const SENSORS = (...ids: string[]) =>
  `crs: wgs84\nsensors:\n${ids.map((id) => `  - { id: ${id}, kind: water-level, unit: m, name: { zh: ${id}, en: ${id} }, lon: 121.5, lat: 31.2 }\n`).join('')}`;
const FEED = `id: posts\nprotocol: http-json\nname: { zh: 来报, en: Posts }\ntoken: ${TOKEN}\ncrs: wgs84\n`;

async function stand(files: Readonly<Record<string, string>>) {
  const dataDir = scratch.folder('hall');
  const write = (name: string, text: string) => {
    mkdirSync(join(dataDir, name, '..'), { recursive: true });
    writeFileSync(join(dataDir, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  let hall: HallProcess = await startHall({ dataDir });
  scratch.keep(null, () => hall.stop());
  const seat = async (name: string): Promise<Window> =>
    scratch.keep(await openWindow(hall, name), (open) => open.close());
  return {
    ...{ dataDir, write, seat },
    /** Posts until it is looked at: a hall that starts has much to do. */
    post: (body: string) =>
      until(
        async () => {
          const headers = { authorization: `Bearer ${TOKEN}` };
          const { status } = await fetch(`${hall.url}/feeds/posts`, { method: 'POST', headers, body });
          return status !== 429 && status;
        },
        { what: 'the message to be read' },
      ),
    async again(how: 'kill' | 'stop') {
      await hall[how]();
      hall = await startHall({ dataDir });
    },
  };
}

test('what was refused is there whole after a kill, is found by source, reason, text and state, and is told page by page', async () => {
  const { seat, post, again } = await stand({
    'hall.yaml': HALL,
    'city/a.yaml': SENSORS('WL-1'),
    'feeds/posts.yaml': FEED,
  });
  const t = Date.now();
  const unknown = JSON.stringify({
    v: 1,
    t,
    obs: [
      { sensor: 'WL-1', t, value: 1 },
      { sensor: 'WL-9', t, value: 2 },
    ],
  });
  expect(await post('{ this is not JSON 100%')).toBe(400);
  expect(await post(unknown)).toBe(200);
  const ahead = JSON.stringify({ v: 1, t, obs: [{ sensor: 'WL-1', t: t + 3_600_000, value: 3 }] });
  expect(await post(ahead)).toBe(200);
  const duty = await seat('duty');
  const list = async (which: object) => (await duty.read('rejects.list', which)).rows;
  const all = await list({ door: 'feed' });
  expect(all.map(({ source, path, state }) => [source, path, state])).toEqual([
    ['posts', 'sensor.t', 'kept'],
    ['posts', 'obs.1.sensor', 'kept'],
    ['posts', '', 'kept'],
  ]);
  expect(all.map(({ length }) => length)).toEqual([ahead.length, unknown.length, 23]);
  await again('kill');

  const later = await seat('duty');
  const paths = async (which: object) => (await later.read('rejects.list', which)).rows.map(({ path }) => path);
  expect(await paths({ door: 'feed' })).toEqual(['sensor.t', 'obs.1.sensor', '']);
  expect(await paths({ source: 'posts', reason: '大厅没有传感器' })).toEqual(['obs.1.sensor']);
  expect(await paths({ reason: 'CLOCK AHEAD' })).toEqual(['sensor.t']);
  // In what came, beyond what a list shows of it; what SQL takes for a pattern is none.
  expect(await paths({ text: '"value":2' })).toEqual(['obs.1.sensor']);
  expect(await paths({ text: '100%' })).toEqual(['']);
  expect(await paths({ text: '1_0%' })).toEqual([]);
  expect(await paths({ state: 'dropped' })).toEqual([]);
  const first = await later.read('rejects.messages', { source: 'posts', limit: 2 });
  expect(first).toMatchObject({ total: { count: 3, exact: true }, more: expect.any(String) });
  expect(first.rows.map(({ raw }) => Buffer.from(raw ?? '', 'base64').toString())).toEqual([ahead, unknown]);
  const rest = await later.read('rejects.messages', { source: 'posts', limit: 2, after: first.more ?? '' });
  expect(rest).toMatchObject({
    rows: [
      { raw: Buffer.from('{ this is not JSON 100%').toString('base64'), refusals: [{ message: { zh: '不是 JSON' } }] },
    ],
    more: null,
  });
  const [one] = (await later.read('rejects.messages', { id: all[1]?.of ?? '' })).rows;
  expect(one).toMatchObject({ id: all[1]?.of, refusals: [{ path: 'obs.1.sensor' }], topic: null });
  expect((await later.read('rejects.sources', {})).rows).toMatchObject([{ door: 'feed', source: 'posts', count: 3 }]);

  // What a window is refused is there too.
  await expect((await seat('fire')).call('setup.look', {})).rejects.toMatchObject({ code: 'forbidden' });
  await until(async () => (await paths({ door: 'window' })).length > 0, { what: 'the refusal of the window' });
});

test('what is wrong with a file is told once, however often the hall starts', async () => {
  const { seat, again } = await stand({ 'hall.yaml': HALL, 'city/a.yaml': 'sensors: [' });
  const told = async () => (await (await seat('duty')).read('rejects.list', { door: 'file' })).rows.length;
  expect(await told()).toBe(1);
  await again('stop');
  expect(await told()).toBe(1);
});

test('a message is put through again as the hall is set up now, or in other words; who did what is recorded, and twice changes nothing twice', async () => {
  const { seat, post, write } = await stand({
    'hall.yaml': HALL,
    'city/a.yaml': SENSORS('WL-1'),
    'feeds/posts.yaml': FEED,
  });
  const t = Date.now();
  const obs = [
    { sensor: 'WL-1', t, value: 1 },
    { sensor: 'WL-9', t, value: 2 },
  ];
  await post(JSON.stringify({ v: 1, t, obs }));
  await post('{"v":1');
  const duty = await seat('duty');
  const messages = async () => (await duty.read('rejects.messages', { door: 'feed' })).rows;
  const [broken, unknown] = (await messages()).map(({ id }) => id);
  const again = (id: string | undefined, raw?: string) =>
    duty.call('rejects.again', {
      id: id ?? '',
      ...(raw === undefined ? {} : { raw: Buffer.from(raw).toString('base64') }),
    });
  // Nothing was mended: it is refused as before, and stands with the message and nowhere else.
  expect(await again(unknown)).toMatchObject({
    ...{ outcome: { taken: 0, known: 1, rejected: 1, faults: [{ path: 'obs.1.sensor' }] }, state: 'put-through' },
  });
  expect(await again(broken)).toMatchObject({ outcome: { taken: 0, rejected: 1 }, state: 'kept' });
  expect(await messages()).toHaveLength(2);

  write('city/a.yaml', SENSORS('WL-1', 'WL-9'));
  await duty.call('setup.reload', {});
  await until(async () => (await duty.call('sensors.directory', {})).sensors.length === 2, {
    what: 'the new sensor',
    within: 60_000,
  });
  expect((await again(unknown)).outcome).toEqual({ taken: 2, known: 0, late: 0, rejected: 0, faults: [] });
  expect((await again(unknown)).outcome).toEqual({ taken: 0, known: 2, late: 0, rejected: 0, faults: [] });
  const history = async (limit: number) =>
    (await duty.read('sensors.history', { sensor: 'WL-9', limit })).rows.map(({ value }) => value);
  expect(await history(5)).toEqual([2]);
  const mended = JSON.stringify({ v: 1, t, obs: [{ sensor: 'WL-9', t: t + 1, value: 3 }] });
  expect(await again(broken, mended)).toMatchObject({ outcome: { taken: 1 }, state: 'put-through' });
  expect(await history(6)).toEqual([3, 2]);
  const [one] = (await duty.read('rejects.messages', { id: broken ?? '' })).rows;
  expect(Buffer.from(one?.corrected ?? '', 'base64').toString()).toBe(mended);
  expect(Buffer.from(one?.raw ?? '', 'base64').toString()).toBe('{"v":1');
  expect(one?.acts).toMatchObject([
    { actor: 'duty', did: 'corrected', outcome: { taken: 1 } },
    { actor: 'duty', did: 'put-through', outcome: { taken: 0, faults: [{ message: { zh: '不是 JSON' } }] } },
  ]);
  await duty.call('rejects.drop', { id: unknown ?? '' });
  expect((await duty.read('rejects.list', { state: 'dropped' })).rows.map(({ of }) => of)).toEqual([unknown]);

  // The log is behind the ledger by a moment.
  const log = await until(
    async () => {
      const { rows } = await duty.read('log.list', { kind: 'audit' });
      return rows.length >= 6 ? rows : null;
    },
    { what: 'six acts in the log' },
  );
  expect(log.map(({ type, seat: by }) => [type, by])).toEqual([
    ['audit.dropped', 'duty'],
    ...Array.from({ length: 5 }, () => ['audit.put-through', 'duty']),
  ]);
  const fire = await seat('fire');
  await expect(fire.call('rejects.again', { id: broken ?? '' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(fire.call('rejects.drop', { id: broken ?? '' })).rejects.toMatchObject({ code: 'forbidden' });
  const byWindow = await until(async () => (await duty.read('rejects.messages', { door: 'window' })).rows[0], {
    what: 'the refusal of fire',
  });
  await expect(again(byWindow.id)).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('in the window again'),
  });
  await expect(again('999999')).rejects.toMatchObject({ code: 'refused' });
  expect(duty.violations).toEqual([]);
});
