import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WarningRow } from '../../contract/features/warnings.ts';
import { capOf } from '../fixtures/cap/capOf.ts';
import { type OpenedHall, openHall, skewedClock } from '../support/openHall.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';

/** A hall whose folder has one feed of warnings, and no city. */
const scratch = createScratch();
const TOKEN = 'a-token-of-the-weather-office';
const HOUR = 3_600_000;
let dataDir: string;
let hall: OpenedHall;
let duty: Window;
let shown: readonly WarningRow[] | null = null;

const now = Date.now();
const time = (hours: number) => new Date(now + hours * HOUR).toISOString();
/** @param hours after now */
const message = (identifier: string, hours: number, alert = {}, info = {}, area = '') =>
  capOf({ identifier, sent: time(hours), ...alert }, { expires: time(6), ...info }, area);

async function post(xml: string, token = TOKEN) {
  const answer = await fetch(`${hall.url}/feeds/weather`, {
    ...{ method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/xml' }, body: xml },
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
const list = (see: (rows: readonly WarningRow[]) => boolean) =>
  until(() => (shown !== null && see(shown) ? shown : undefined), { what: 'the list of warnings' });

beforeAll(async () => {
  dataDir = scratch.folder('data');
  mkdirSync(join(dataDir, 'feeds'));
  writeFileSync(
    join(dataDir, 'feeds', 'weather.yaml'),
    `id: weather\nprotocol: cap\nname: { zh: 市气象台, en: Weather office }\ntoken: ${TOKEN}\nsenders: [weather]\n`,
  );
  hall = scratch.keep(await openHall({ dataDir }), (open) => open.close());
  duty = scratch.keep(await openWindow(hall, 'duty'), (open) => open.close());
  duty.client.query('warnings.list', {}, ({ rows }) => {
    shown = rows;
  });
});
afterAll(() => scratch.clear());

test('a warning that is posted stands in every window; its update replaces it, and another’s token or sender brings nothing', async () => {
  expect(await post(message('A', -2, {}, { severity: 'Moderate' }))).toEqual({
    status: 200,
    body: { taken: 1, rejected: 0, late: 0, faults: [] },
  });
  const [first] = await list((rows) => rows.length === 1);
  expect(first).toMatchObject({
    level: 3,
    state: 'holds',
    waits: true,
    event: { zh: '暴雨', en: 'Rainstorm' },
    at: null,
  });
  expect((await post(message('A', -2))).body).toMatchObject({ taken: 1 });
  expect(await post(message('B', -1), 'another-token-of-a-stranger')).toMatchObject({ status: 401 });
  expect(await post(message('B', -1, { sender: 'stranger' }))).toMatchObject({
    ...{ status: 400, body: { field: 'alert.sender' } },
  });
  const polygon = '<polygon>29.10,121.80 29.10,121.90 29.20,121.90 29.10,121.80</polygon>';
  await post(message('U', -1, { msgType: 'Update', references: `weather,A,${time(-2)}` }, {}, polygon));
  const rows = await list(([row]) => row?.level === 2);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ waits: true, at: { lon: 121.85, lat: 29.15 } });
  expect((await duty.read('warnings.shapes', {})).rows).toMatchObject([{ level: 2, polygons: [{ length: 4 }] }]);
  expect((await duty.read('warnings.list', { state: 'over' })).rows).toMatchObject([
    { id: first?.id, state: 'replaced' },
  ]);
});

test('a person acknowledges it and makes an incident of it, once, where it holds; others may not', async () => {
  const [row] = await list((rows) => rows.length === 1);
  const warning = row?.id ?? '';
  const fire = scratch.keep(await openWindow(hall, 'fire'), (open) => open.close());
  await expect(fire.call('warnings.acknowledge', { warning })).rejects.toMatchObject({ code: 'forbidden' });
  await duty.call('warnings.acknowledge', { warning });
  await list(([one]) => one?.waits === false);
  const { rows } = await duty.read('warnings.one', { id: warning });
  expect(rows[0]?.acknowledged).toMatchObject({ actor: 'duty' });
  const { incident } = await duty.call('warnings.openIncident', { warning });
  expect(await duty.call('warnings.openIncident', { warning })).toEqual({ incident });
  expect(await duty.incident(incident)).toMatchObject({
    ...{ type: 'storm', level: 2, title: { zh: '暴雨橙色预警', en: 'Rainstorm warning, orange' }, alarm: null },
    ...{ place: { lon: 121.85, lat: 29.15, name: { zh: '江海市' } }, words: '气象台' },
  });
  await list(([one]) => one?.incident === incident);
  await expect(duty.call('warnings.acknowledge', { warning: 'warning:none' })).rejects.toMatchObject({
    code: 'refused',
  });
  // Nobody knows where a district is, and the hall has nothing that lies anywhere.
  await post(message('D', -1, {}, { event: '大风', severity: 'Minor' }));
  const district = (await list((all) => all.length === 2)).find(({ level }) => level === 4);
  await expect(duty.call('warnings.openIncident', { warning: district?.id ?? '' })).rejects.toMatchObject({
    message: expect.stringContaining('import a map or places first'),
  });
});

test('a cancel ends it, also one that came before its alert', async () => {
  await post(message('C', -0.5, { msgType: 'Cancel', references: `weather,U,${time(-1)} weather,X,${time(-1)}` }));
  await list((rows) => rows.length === 1);
  await post(message('X', -1, {}, { severity: 'Extreme' }));
  const rows = await until(async () => {
    const over = await duty.read('warnings.list', { state: 'over' });
    return over.rows.length === 3 ? over.rows : undefined;
  });
  expect(rows.map(({ state, level }) => `${state} ${level}`).sort()).toEqual([
    'cancelled 1',
    'cancelled 2',
    'replaced 3',
  ]);
});

test('after a restart when their time is over none holds', async () => {
  duty.close();
  await hall.close();
  hall = scratch.keep(await openHall({ dataDir, clock: skewedClock(7 * HOUR) }), (open) => open.close());
  const later = scratch.keep(await openWindow(hall, 'duty'), (open) => open.close());
  const over = await until(async () => {
    const { rows } = await later.read('warnings.list', { state: 'over' });
    return rows.length === 4 ? rows : undefined;
  });
  expect(over.map(({ state }) => state)).toContain('expired');
  expect((await later.read('warnings.list', {})).rows).toEqual([]);
});
