import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planComponents } from '../../main/city/components/planComponents.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { until } from '../support/until.ts';
import { drawnIn, keepDrawn } from './steps/drawn.ts';
import { launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { makeFolder } from './steps/twoStations.ts';

const picture = takePictures('test-results/components');
const folder = makeFolder('components');
const [LON, LAT] = [121.5, 31.2];
/** So many degrees between two lamps, east and north: some 40 m. */
const STEP = 0.0004;
const SIDE = 100;
let hall: HallProcess;
let pages: Pages;

/** Ten thousand lamps, of which a map that is near sees some hundreds. */
beforeAll(async () => {
  const lines = Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [x, y] = [(i % SIDE) - SIDE / 2, Math.floor(i / SIDE) - SIDE / 2];
    return `L-${i},0107,路灯${i},路灯所,${(LON + x * STEP).toFixed(6)},${(LAT + y * STEP).toFixed(6)}`;
  });
  const dataDir = folder.path('hall');
  pages = await launchPages();
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(folder.path('路灯.csv'), `部件标识码,小类代码,部件名称,权属单位,经度,纬度\n${lines.join('\n')}\n`);
  (await planComponents({ dataDir, file: folder.path('路灯.csv'), options: { crs: 'wgs84' } })).put();
  hall = await startHall({ dataDir, profile: 'empty' });
});

afterAll(async () => {
  expect(pages.faults).toEqual([]);
  await pages.close();
  await hall.stop();
  folder.remove();
});

test('a map that is near shows the components around what it looks at, and no others; B tells which are the nearest', async () => {
  const page = await pages.open(hall, '?seat=duty&lang=zh-CN#/', { map: true, before: keepDrawn });
  await page.getByRole('button', { name: '放大（+）' }).waitFor();
  const points = async () =>
    (await drawnIn(page, 'oh-components')).map(({ geometry }) => geometry.coordinates as [number, number]);
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: '在地图上查找' }).fill(`${LAT} ${LON} WGS84`);
  await page
    .getByRole('option', { name: /WGS 84/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await until(async () => (await points()).length > 0, { what: 'components on the map', within: PATIENCE_MS });
  const drawn = await points();
  expect(drawn.length).toBeLessThan((SIDE * SIDE) / 2);
  for (const [lon, lat] of drawn) expect(Math.max(Math.abs(lon - LON), Math.abs(lat - LAT))).toBeLessThan(0.02);
  await picture(page, 'near');

  await page.keyboard.press('b');
  await page.getByRole('heading', { name: '部件 20' }).waitFor();
  await page.locator('[data-near="L-5050"]').waitFor();
});
