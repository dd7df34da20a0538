import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gbk } from '../../main/city/import/sampleFiles.ts';
import { violationsOf } from '../support/axe.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { openWindow } from '../support/window.ts';
import { launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { makeFolder } from './steps/twoStations.ts';

/** A hall engineer brings a department's table into the hall from a window: sees what it would come to, has it written, loads it, takes it back. */
const picture = takePictures(join('test-results', 'setup-import'));
const folder = makeFolder('setup-import');
let dataDir: string;
let hall: HallProcess;
let pages: Pages;

const HEAD = '站码,站名,监测类型,单位,经度,纬度,管理单位,备注\n';
const WATER = `${HEAD}WL-1,东门水位站,水位,m,121.5012,31.2031,区水务局,2019 年建\nWL-2,西门水位站,水位,m,31.2,121.5,区水务局,经纬度写反\nWL-3,南湖雨量站,雨量,mm/h,121.5101,31.1987,区水务局,\nWL-1,重复的站,水位,m,121.5,31.2,区水务局,\n`;
const table = (name: string, content: Buffer) => ({ name, mimeType: 'text/csv', buffer: content });

beforeAll(async () => {
  dataDir = folder.path('A');
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(
    join(dataDir, 'hall.yaml'),
    'hall: 1\nname: { zh: 滨江区城市运行中心, en: Binjiang Operations Hall }\n',
  );
  hall = await startHall({ dataDir });
  pages = await launchPages();
}, 3 * PATIENCE_MS);

afterAll(async () => {
  await pages?.close();
  await hall?.stop();
  folder.remove();
});

/** Pictures of a page on the smallest and on the usual screen of a desk. */
async function pictures(page: Page, name: string, at: string): Promise<void> {
  for (const [width, height] of [
    [1920, 1080],
    [1366, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page
      .getByText(at)
      .last()
      .evaluate((it) => it.scrollIntoView({ block: 'start' }) as unknown);
    await picture(page, `${name}-${width}`);
  }
}

/** Goes on by Tab to the next button of a name. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 10; presses++) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => document.activeElement?.textContent)) === name) return;
  }
  throw new Error(`Tab does not come to ${name}`);
}

test(
  'a table in GBK is chosen, its coordinates are asked for, what it comes to is seen, written, loaded and undone',
  async () => {
    const page = await pages.open(hall, '?seat=duty&lang=zh-CN#/setup');
    const section = page.getByRole('region', { name: '导入表格或地图文件', exact: true });
    await section.waitFor();
    const button = (name: string) => section.getByRole('button', { name, exact: true });
    expect(await button('预览').isDisabled()).toBe(true);
    await section.getByLabel('选择文件，或拖到这里').setInputFiles(table('水位站.csv', gbk(WATER)));
    await section.getByText('水位站.csv').waitFor();
    await button('预览').click();

    const alert = section.getByRole('alert');
    await alert.getByText('文件没有说明坐标系').waitFor();
    expect(await alert.textContent()).not.toContain('--crs');
    await pictures(page, 'asked', '文件没有说明坐标系');
    await section.getByLabel('坐标系').selectOption('GCJ-02（高德、腾讯）');
    await button('预览').click();
    const heading = section.getByRole('heading', { name: '将写入：city/sensors-水位站.json' });
    await heading.waitFor();
    expect(await heading.evaluate((it) => it === document.activeElement)).toBe(true);
    await section.getByText('csv、gb18030、4 行、坐标系 gcj02').waitFor();
    const counts = await section.locator('[data-count]').allTextContents();
    expect(counts).toEqual(['新增2WL-1、WL-3', '更改0', '不变0', '移除0', '未采用的行2']);
    const first = section.getByRole('region', { name: '前 4 行及其结果' });
    await first.getByRole('cell', { name: '东门水位站', exact: true }).waitFor();
    expect(await first.getByRole('list', { name: '导入为' }).first().textContent()).toContain('类别 water-level');
    const wrong = section.getByRole('region', { name: '未采用的行：2' }).getByRole('row');
    expect(await wrong.nth(1).textContent()).toMatch(/^3.*写反.*对调/s);
    expect(await wrong.nth(2).textContent()).toMatch(/^5.*WL-1.*编号与第 2 行相同/s);
    await page.mouse.move(5, 5);
    expect(await violationsOf(page)).toEqual([]);
    await pictures(page, 'seen', '将写入');
    await section.getByText('各列的对应关系').click();
    await section.getByText('lon: 经度').waitFor();
    await pictures(page, 'mapping', '各列的对应关系');

    await button('导入').click();
    await section.getByText('已写入 city/sensors-水位站.json，载入文件后生效。').waitFor();
    await section.getByText('未采用 2 行。').waitFor();
    expect(existsSync(join(dataDir, '.setup'))).toBe(false);
    const past = section.getByRole('row').filter({ hasText: 'sensors-水位站' });
    await past.getByText('传感器').waitFor();
    await pictures(page, 'written', '已写入');
    await button('载入文件').click();
    await section.getByRole('button', { name: '再按一次载入' }).click();
    await page.getByText('文件与正在使用的内容一致').waitFor();

    const window = await openWindow(hall, 'deputy');
    const { sensors } = await window.call('sensors.directory', {});
    expect(sensors.map(({ id }) => id).sort()).toEqual(['WL-1', 'WL-3']);
    window.close();

    // By keyboard alone: the same, corrected; what stands there is another by one.
    await section
      .getByLabel('选择文件，或拖到这里')
      .setInputFiles(table('水位站.csv', gbk(HEAD + WATER.split('\n')[1])));
    await section.getByLabel('坐标系').selectOption('gcj02');
    await section.getByLabel('坐标系').focus();
    await tabTo(page, '预览');
    await page.keyboard.press('Enter');
    await section.locator('[data-count="gone"]').getByText('WL-3').waitFor();
    await tabTo(page, '导入');
    await page.keyboard.press('Enter');
    await section.getByText('已写入 city/sensors-水位站.json').waitFor();
    await past.getByRole('button', { name: '撤销 sensors-水位站' }).click();
    await past.getByRole('button', { name: '再按一次撤销 sensors-水位站' }).click();
    await section.getByText('已恢复为上一次导入前的内容').waitFor();
    await page.getByText('文件与正在使用的内容一致').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    expect(readFileSync(join(dataDir, 'city', 'sensors-水位站.json'), 'utf8')).toContain('"WL-3"');
    expect(pages.faults).toEqual([]);
  },
  6 * PATIENCE_MS,
);

test(
  'in English: a file that is given up while it is brought, one that is empty, one that nobody knows, and one that comes in',
  async () => {
    const page = await pages.open(hall, '?seat=duty&lang=en#/setup');
    const section = page.getByRole('region', { name: 'Import a table or geo file', exact: true });
    await section.waitFor();
    const button = (name: string) => section.getByRole('button', { name, exact: true });
    const file = section.locator('input[type=file]');
    await file.setInputFiles(table('large.csv', Buffer.alloc(45_000_000, 'a,b\n')));
    await button('Preview').click();
    await section.getByRole('progressbar', { name: 'Bringing the file to the hall' }).waitFor();
    await picture(page, 'english-sending');
    await button('Cancel').click();
    await button('Preview').waitFor();
    expect(await section.getByRole('alert').count()).toBe(0);
    await expect.poll(() => existsSync(join(dataDir, '.setup')), { timeout: PATIENCE_MS }).toBe(false);

    await file.setInputFiles(table('empty.csv', Buffer.alloc(0)));
    await button('Preview').click();
    await section.getByText('The file empty.csv is empty: choose another.').waitFor();
    await file.setInputFiles(table('odd.csv', Buffer.from('甲,乙\n1,2\n')));
    await button('Preview').click();
    await section.getByText('no column was recognised for').waitFor();
    await section.getByText('A mapping to begin with').click();
    await picture(page, 'english-odd');
    expect(await violationsOf(page)).toEqual([]);

    const places = JSON.stringify({
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          properties: { id: 'gate', name: '东门', nameEn: 'East Gate' },
          geometry: { type: 'Point', coordinates: [121.5, 31.2] },
        },
      ],
    });
    await file.setInputFiles({ name: 'places.geojson', mimeType: 'application/json', buffer: Buffer.from(places) });
    await section.getByLabel('What it lists').selectOption('Places');
    await section.getByLabel('Coordinate system').selectOption('other');
    expect(await button('Preview').isDisabled()).toBe(true);
    await section.getByRole('textbox', { name: 'EPSG number' }).fill('4490');
    await button('Preview').click();
    await section.getByRole('heading', { name: 'What will be written: city/places-places.json' }).waitFor();
    await section.getByText('coordinates cgcs2000').waitFor();
    await page.mouse.move(5, 5);
    await pictures(page, 'english-seen', 'What will be written');
    expect(await violationsOf(page)).toEqual([]);
    await button('Leave').click();
    await section.getByText('Choose a file, or drop it here').waitFor();
    expect(existsSync(join(dataDir, 'city', 'places-places.json'))).toBe(false);
    await expect.poll(() => existsSync(join(dataDir, '.setup')), { timeout: PATIENCE_MS }).toBe(false);
    expect(pages.faults).toEqual([]);
  },
  6 * PATIENCE_MS,
);
