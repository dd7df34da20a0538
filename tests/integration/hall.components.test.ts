import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planComponents } from '../../main/city/components/planComponents.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { createScratch } from '../support/scratch.ts';
import { openWindow, type Window } from '../support/window.ts';

const scratch = createScratch();
const BOUNDS = { west: 121.4, south: 31.2, east: 121.42, north: 31.22 };
let hall: HallProcess;
let duty: Window;
let token = '';

/** A grid of lamps, some 20 m apart, of which a box of 2 km has 2601. */
beforeAll(async () => {
  const dataDir = scratch.folder();
  const file = join(scratch.folder('table'), '路灯.csv');
  const lines = Array.from({ length: 100 * 100 }, (_, i) => {
    const [x, y] = [i % 100, Math.floor(i / 100)];
    return `L-${i},0107,路灯 ${i},路灯所,${(121.4 + x * 0.0004).toFixed(6)},${(31.2 + y * 0.0004).toFixed(6)}`;
  });
  writeFileSync(file, `部件标识码,小类代码,部件名称,权属单位,经度,纬度\n${lines.join('\n')}\n`);
  const plan = await planComponents({ dataDir, file, options: { crs: 'wgs84' } });
  plan.put();
  writeFileSync(join(dataDir, 'city', 'components', 'components-z.db'), 'no database');
  hall = await startHall({ dataDir, profile: 'empty' });
  token = readFileSync(join(dataDir, 'integration-token'), 'utf8').trim();
  duty = await openWindow(hall, 'duty');
});

afterAll(async () => {
  duty?.close();
  await hall?.stop();
  await scratch.clear();
});

test('a window reads the components of a box page by page, and one by its id', async () => {
  const first = await duty.read('places.components', { bounds: BOUNDS, limit: 2500 });
  expect([first.rows.length, first.total]).toEqual([2500, { count: 2601, exact: true }]);
  const rest = await duty.read('places.components', { bounds: BOUNDS, limit: 2500, after: first.more ?? '' });
  expect([rest.rows.length, rest.more]).toEqual([101, null]);
  expect(new Set([...first.rows, ...rest.rows].map(({ id }) => id)).size).toBe(2601);
  expect((await duty.read('places.component', { id: 'L-101' })).rows).toEqual([
    {
      id: 'L-101',
      kind: '0107',
      name: { zh: '路灯 101', en: '路灯 101' },
      owner: '路灯所',
      lon: 121.4004,
      lat: 31.2004,
    },
  ]);
  expect((await duty.read('places.component', { id: 'none' })).rows).toEqual([]);
});

test('a box of half the world is refused with what to do, and a page that never was', async () => {
  const wide = { ...BOUNDS, east: 122 };
  await expect(duty.read('places.components', { bounds: wide, limit: 10 })).rejects.toThrow(/0\.03° wide or high/);
  await expect(duty.read('places.components', { bounds: BOUNDS, limit: 10, after: 'x' })).rejects.toThrow(
    'begin again',
  );
});

test('what is near a place has the components nearest to it', async () => {
  const near = await duty.read('places.near', { lon: 121.41, lat: 31.21, radius: 300, limit: 50 });
  expect(near.rows.map(({ what }) => what)).toEqual(Array(20).fill('component'));
  expect(near.rows[0]).toMatchObject({ type: '0107', name: { zh: '路灯 2525' }, eta: null });
});

test('other systems ask the same, and a register that cannot be read is on the strip', async () => {
  const query = new URLSearchParams({ bounds: JSON.stringify(BOUNDS), limit: '2' });
  const answer = await fetch(`${hall.url}/api/v1/places.components?${query}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect([answer.status, ((await answer.json()) as { rows: unknown[] }).rows?.length]).toEqual([200, 2]);
  const station = await duty.seeStation(({ notices }) =>
    notices.some(({ text }) => text.en.includes('components-z.db')),
  );
  expect(station.notices.find(({ text }) => text.en.includes('components-z.db'))?.severity).toBe('error');
});
