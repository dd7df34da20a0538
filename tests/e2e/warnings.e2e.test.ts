import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { capOf } from '../fixtures/cap/capOf.ts';
import { violationsOf } from '../support/axe.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { makeFolder } from './steps/twoStations.ts';

/** The weather office warns: what the duty officer sees, hears of by a screen reader, shows on the map and makes of it, in both languages. */
const picture = takePictures(join('test-results', 'warnings'));
const folder = makeFolder('warnings');
const TOKEN = 'a-token-of-the-weather-office';
const HOUR = 3_600_000;
const now = Date.now();
const time = (hours: number) => new Date(now + hours * HOUR).toISOString();
const POLYGON =
  '<polygon>29.05,121.80 29.05,122.00 29.15,122.05 29.25,121.95 29.20,121.82 29.05,121.80</polygon><circle>29.3,122.1 4</circle>';
let hall: HallProcess;
let pages: Pages;

async function post(identifier: string, hours: number, alert: Record<string, string>, info = {}, area = '') {
  const xml = capOf({ identifier, sent: time(hours), ...alert }, { expires: time(6), ...info }, area);
  const answer = await fetch(`${hall.url}/feeds/weather`, {
    ...{ method: 'POST', headers: { authorization: `Bearer ${TOKEN}` }, body: xml },
  });
  expect(await answer.json()).toMatchObject({ taken: 1, faults: [] });
}

beforeAll(async () => {
  const dataDir = folder.path('A');
  mkdirSync(join(dataDir, 'feeds'), { recursive: true });
  mkdirSync(join(dataDir, 'city'), { recursive: true });
  writeFileSync(
    join(dataDir, 'feeds', 'weather.yaml'),
    `id: weather\nprotocol: cap\nname: { zh: 市气象台, en: Weather office }\ntoken: ${TOKEN}\n`,
  );
  writeFileSync(
    join(dataDir, 'city', 'east.yaml'),
    'crs: wgs84\nsensors: [{ id: WL-901, kind: water-level, unit: m, name: { zh: 东门水位, en: East Gate level }, lon: 121.9, lat: 29.1 }]\n',
  );
  hall = await startHall({ dataDir, profile: 'empty' });
  pages = await launchPages();
  const gale = { event: '大风', headline: '江海市气象台发布大风蓝色预警', severity: 'Minor', expires: '' };
  await post('GALE', -3, {}, gale);
  await post('RAIN-1', -2, {}, { headline: '江海市气象台发布暴雨黄色预警', severity: 'Moderate' });
}, 3 * PATIENCE_MS);

afterAll(async () => {
  await pages?.close();
  await hall?.stop();
  folder.remove();
});

const inRail = (page: Page, name: string) => page.getByRole('navigation').getByRole('button', { name });
const warnings = (page: Page, name: string) => page.getByRole('listbox', { name });

test(
  'a warning stands while it holds, the worst first; its update is said at once, acknowledged and made an incident by key',
  async () => {
    const page = await pages.open(hall, '?seat=duty&lang=zh-CN#/');
    await inRail(page, '预警 2').waitFor();
    await post(
      'RAIN-2',
      -1,
      { msgType: 'Update', references: `weather,RAIN-1,${time(-2)}` },
      {
        headline: '江海市气象台将暴雨黄色预警升级为橙色',
        description: '未来3小时城区降雨将达50毫米以上。',
        instruction: '请避开低洼路段。',
      },
      POLYGON,
    );
    await page
      .getByRole('alert')
      .filter({ hasText: 'II 级橙色预警：江海市气象台将暴雨黄色预警升级为橙色。' })
      .waitFor();
    await page.keyboard.press('Shift+Y');
    const list = warnings(page, '预警');
    const [rain, gale] = [
      list.getByRole('option', { name: /橙色.*升级.*待确认/ }),
      list.getByRole('option', { name: /大风/ }),
    ];
    await rain.waitFor();
    expect(await gale.textContent()).toMatch(/IV蓝色.*待确认.*气象台.*约.*后失效（报文未写明）/);
    expect(await list.getByRole('option').first().textContent()).toMatch(/^II橙色/);
    expect(await list.getByRole('group', { name: '已结束' }).getByRole('option').textContent()).toMatch(/黄色.*已更新/);
    await page.keyboard.press('ArrowDown');
    await list.getByRole('option', { selected: true }).filter({ hasText: '升级' }).waitFor();
    await picture(page, '1-list-zh-dark-1366');
    expect(await violationsOf(page)).toEqual([]);
    // It calls as an alarm of its level does, until it is acknowledged.
    const mute = page.getByRole('button', { name: '静音 2 分钟' });
    await mute.waitFor();
    await page.keyboard.press('Space');
    await rain.waitFor({ state: 'detached' });
    await mute.waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.closest('[data-region="situation"]') !== null);
    await page.keyboard.press('Alt+3');
    await page.getByRole('heading', { name: /升级为橙色/ }).waitFor();
    await page.getByText('未来3小时城区降雨将达50毫米以上。').waitFor();
    await page.getByText('请避开低洼路段。').waitFor();
    await picture(page, '2-detail-zh-dark-1366');
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Shift+Y');
    await page.keyboard.press('e');
    await page.getByRole('heading', { name: /升级为橙色/ }).waitFor();
    await page.keyboard.press('Alt+6');
    await page.getByRole('listbox', { name: '未结事件' }).getByText('升级为橙色').waitFor();
    await page.keyboard.press('Shift+Y');
    await page.setViewportSize({ width: 1920, height: 1080 });
    await picture(page, '6-list-zh-dark-1920');
    await page.close();
    expect(pages.faults).toEqual([]);
  },
  3 * PATIENCE_MS,
);

test(
  'the same in English, its area on the map; a cancel ends it on every screen',
  async () => {
    const page = await pages.open(hall, '?seat=commander&lang=en&theme=light#/', {
      ...{ viewport: { width: 1920, height: 1080 }, map: true },
    });
    await inRail(page, 'Warnings 2').waitFor();
    await page.keyboard.press('Shift+Y');
    const list = warnings(page, 'Warnings');
    await list.getByRole('option', { name: /II.*orange.*Rainstorm warning, orange.*is an incident/ }).click();
    await page.keyboard.press('Enter');
    await picture(page, '3-map-en-light-1920');
    await page.keyboard.press('Shift+Y');
    await picture(page, '4-list-en-light-1920');
    expect(await violationsOf(page, '[data-region="warnings"]')).toEqual([]);
    await page.keyboard.press('Alt+3');
    await page.getByText('The message is in this language alone:').first().waitFor();
    await picture(page, '5-detail-en-light-1920');
    await page.keyboard.press('Shift+Y');
    await post('RAIN-3', -0.5, { msgType: 'Cancel', references: `weather,RAIN-2,${time(-1)}` });
    await list
      .getByRole('group', { name: 'Over' })
      .getByRole('option', { name: /orange.*cancelled/ })
      .waitFor();
    await inRail(page, 'Warnings 1').waitFor();
    await page.setViewportSize({ width: 1366, height: 768 });
    await picture(page, '7-over-en-light-1366');
    await page.close();
    expect(pages.faults).toEqual([]);
  },
  4 * PATIENCE_MS,
);
