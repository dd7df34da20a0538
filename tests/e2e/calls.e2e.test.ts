import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { makeFolder } from './steps/twoStations.ts';

/** A hotline hands over what it was told: what the duty officer sees of it, and makes of it by keys. */
const picture = takePictures(join('test-results', 'calls'));
const folder = makeFolder('hotline');
const TOKEN = 'a-token-of-the-hotline';
let hall: HallProcess;
let pages: Pages;

async function post(...calls: object[]) {
  const answer = await fetch(`${hall.url}/feeds/hotline`, {
    ...{ method: 'POST', headers: { authorization: `Bearer ${TOKEN}` }, body: JSON.stringify({ calls }) },
  });
  expect(await answer.json()).toMatchObject({ rejected: 0, faults: [] });
}

beforeAll(async () => {
  const dataDir = folder.path('A');
  for (const each of ['feeds', 'city']) mkdirSync(join(dataDir, each), { recursive: true });
  writeFileSync(
    join(dataDir, 'feeds', 'hotline.yaml'),
    `id: hotline\nprotocol: calls\nname: { zh: 12345 热线, en: Hotline }\ntoken: ${TOKEN}\ncrs: wgs84\nkinds: { 火警: fire, 噪声: noise }\n`,
  );
  writeFileSync(
    join(dataDir, 'city', 'east.yaml'),
    'crs: wgs84\nsensors: [{ id: WL-901, kind: water-level, unit: m, name: { zh: 东门水位, en: East Gate level }, lon: 121.9, lat: 29.1 }]\n',
  );
  hall = await startHall({ dataDir, profile: 'empty' });
  pages = await launchPages();
}, 3 * PATIENCE_MS);

afterAll(async () => {
  await pages?.close();
  await hall?.stop();
  folder.remove();
});

test(
  'a call says whose it is and its number there, fills the form when it is answered, and leaves when its system closes it',
  async () => {
    const page = await pages.open(hall, '?seat=duty&lang=zh-CN');
    const detail = page.getByRole('region', { name: '详情', exact: true });
    await detail.waitFor();
    const call = page.getByRole('region', { name: '来电' });
    const caller = { name: '王先生', phone: '13900000000' };
    const place = { lon: 121.901, lat: 29.101, name: '解放路 1 号' };
    await post(
      { id: 'A-0042', words: '三楼冒烟', kind: '火警', caller, place },
      { id: 'A-0043', words: '夜间施工', kind: '噪声' },
    );
    await call.getByText('三楼冒烟').waitFor();
    await call.getByText('12345 热线 A-0042').waitFor();
    await call.getByText('另有 1 个').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'waits');

    await page.keyboard.press('y');
    const form = detail.getByRole('form', { name: '开立突发事件' });
    expect(await form.getByLabel('事件类型').inputValue()).toBe('fire');
    expect(await form.getByLabel('情况').inputValue()).toBe('三楼冒烟');
    expect(await form.getByRole('combobox', { name: '地点名称' }).inputValue()).toBe('解放路 1 号');
    await page.keyboard.press('Control+Enter');
    await detail.getByRole('heading', { name: /解放路 1 号/ }).waitFor();

    await call.getByText('夜间施工').waitFor();
    await post({ id: 'A-0043', words: '夜间施工', kind: '噪声', over: true });
    await call.waitFor({ state: 'detached' });
  },
  3 * PATIENCE_MS,
);

test(
  'a kind that the form has no word for is left to whoever answers; noted, it is gone, and does not come again',
  async () => {
    const page = await pages.open(hall, '?seat=duty&lang=en');
    const call = page.getByRole('region', { name: 'Call' });
    await post({ id: 'A-0044', words: 'Building work at night', kind: '噪声' });
    await call.getByText('Hotline A-0044').waitFor();
    await page.keyboard.press('y');
    const form = page.getByRole('form', { name: 'New incident' });
    await form.waitFor();
    expect(await form.getByLabel('Kind').inputValue()).toBe('');
    await page.keyboard.press('Escape');
    await page.keyboard.press('k');
    await call.waitFor({ state: 'detached' });
    await post({ id: 'A-0044', words: 'Building work at night, again' }, { id: 'A-0045', words: 'A lamp is dark' });
    await call.getByText('A lamp is dark').waitFor();
    expect(await call.getByText(/more/).count()).toBe(0);
  },
  3 * PATIENCE_MS,
);
