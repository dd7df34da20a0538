import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';
import { takePictures } from './steps/pictures.ts';
import { keepScenes, lendScenes, makeFolder } from './steps/twoStations.ts';

const picture = takePictures(join('test-results', 'desk-fits'));
const folder = makeFolder('fits');
const faults: string[] = [];
let hall: HallProcess;
let duty: Window;
let browser: Browser;

const start = (port = 0) => startHall({ dataDir: folder.path('A'), port, args: ['--drill-after', '1'] });

async function open(hash: string, query = '?seat=duty&lang=zh-CN'): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => faults.push(`${hash}: ${error.message}`));
  await page.goto(`${hall.url}/${query}${hash}&token=${hall.token}`);
  return page;
}

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

async function sizeOf(page: Page, name: string): Promise<{ width: number; height: number }> {
  const { width = 0, height = 0 } = (await region(page, name).boundingBox()) ?? {};
  return { width: Math.round(width), height: Math.round(height) };
}

/** Waits until the hands have rested long enough and the region is as wished. */
const sized = (page: Page, name: string, wished: (size: { width: number; height: number }) => boolean, what: string) =>
  until(async () => wished(await sizeOf(page, name)), { what, within: PATIENCE_MS });

beforeAll(async () => {
  lendScenes(folder.path('A'));
  hall = await start();
  duty = await openWindow(hall, 'duty');
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  duty?.close();
  await hall?.stop();
  keepScenes(folder.path('A'));
  folder.remove();
});

test('room goes to what goes on, by itself, by key and by hand, and stays through a reload', async () => {
  const alarm = await until(() => duty.items('alarms').find((it) => it.source.id === 'WL-001'), {
    what: 'the alarm of the drill',
    within: PATIENCE_MS,
  });
  const page = await open('#/?');
  await region(page, '预案执行').waitFor();
  const calm = await sizeOf(page, '预案执行');
  await duty.call('incidents.open', { alarm: alarm.id });
  await page.keyboard.press('Alt+2');
  const incident = await until(async () => (await duty.read('incidents.list', { state: 'open', limit: 1 })).rows[0], {
    what: 'the incident',
  });
  await duty.call('seat.select', { selection: { kind: 'incident', id: incident.id, at: null } });
  await sized(page, '预案执行', ({ height }) => height > calm.height + 100, 'the plan having room for an incident');
  await picture(page, 'incident-1366');

  // The whole window for one region, and the others as they were.
  const before = await sizeOf(page, '告警');
  await page.keyboard.press('Alt+2');
  await page.keyboard.press('Alt+0');
  await sized(page, '告警', ({ height, width }) => height > 600 && width > 1200, 'the alarms alone');
  expect(await region(page, '视频').isVisible()).toBe(false);
  await page.keyboard.press('Alt+0');
  await sized(page, '告警', ({ height }) => height === before.height, 'the alarms as before');

  // Collapsed, and back by its number.
  await page.keyboard.press('Alt+4');
  await page.keyboard.press('Alt+-');
  await sized(page, '视频', ({ width }) => width < 40, 'the video as a head alone');
  await picture(page, 'collapsed-1366');
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press('Alt+4');
  await sized(page, '视频', ({ width }) => width > 200, 'the video open again');

  // A situation chosen by key stays, whatever goes on.
  const list = await sizeOf(page, '告警');
  await page.keyboard.press('v');
  await page.getByText('布局：平时').first().waitFor();
  await page.keyboard.press('v');
  await page.getByText('布局：告警').first().waitFor();
  await sized(page, '告警', ({ height }) => height > list.height + 80, 'the queue with room for a flood');
  await picture(page, 'alarms-1366');
  const chosen = await sizeOf(page, '告警');
  await page.reload();
  await sized(page, '告警', (size) => size.height === chosen.height, 'the same layout after a reload');

  // A window too low for anything, and back.
  await page.setViewportSize({ width: 1366, height: 140 });
  await page.setViewportSize({ width: 1366, height: 768 });
  await sized(page, '告警', (size) => size.height === chosen.height, 'the same sizes after a window 140 pixels high');
  for (let presses = 0; presses < 4; presses++) await page.keyboard.press('v');
  await page.getByText('布局：随态势自动').first().waitFor();
  expect(faults).toEqual([]);
  await page.close();
});

test('nothing is cut on small windows and with large letters, and windows are told apart by their names', async () => {
  const page = await open('#/?');
  await region(page, '详情').waitFor();
  expect(await page.title()).toBe('值班员 · OpsHall 运行大厅');
  /** What of the strip and of the regions' heads is not on the screen. */
  const outside = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('header button, header time')].flatMap((it) => {
        const { left, top, right, bottom } = it.getBoundingClientRect();
        const inside = left >= 0 && top >= 0 && right <= innerWidth + 1 && bottom <= innerHeight + 1;
        return inside ? [] : [it.getAttribute('aria-label') ?? it.textContent];
      }),
    );
  const nothingOutside = (what: string) => until(async () => (await outside()).length === 0, { what });
  for (const [width, height] of [
    [1366, 768],
    [911, 512],
    [900, 700],
    [2560, 1440],
  ] as const) {
    await page.setViewportSize({ width, height });
    await nothingOutside(`everything on the screen at ${width}`);
    await picture(page, `strip-${width}`);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
  const letters = () => page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
  const usual = await letters();
  await page.keyboard.press('Control+=');
  await page.keyboard.press('Control+=');
  await until(async () => (await letters()) > usual * 1.25, { what: 'larger letters' });
  await nothingOutside('everything on the screen with large letters');
  await picture(page, 'letters');
  expect(await violationsOf(page)).toEqual([]);
  await page.reload();
  await until(async () => (await letters()) > usual * 1.25, {
    what: 'larger letters after a reload',
    within: PATIENCE_MS,
  });
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press('Control+=');
  await until(async () => (await letters()) > usual * 1.9, { what: 'the largest letters' });
  const clock = await page.locator('header time').boundingBox();
  expect((clock?.x ?? 0) + (clock?.width ?? Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(1366);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1366);
  await picture(page, 'letters-largest');
  await page.keyboard.press('Control+0');
  await until(async () => (await letters()) === usual, { what: 'letters as they were' });

  // The theme of an address is that of its window alone.
  await page.goto(`${hall.url}/?seat=duty&lang=zh-CN&theme=light#/?&token=${hall.token}`);
  await region(page, '详情').waitFor();
  expect(await page.evaluate(() => localStorage.getItem('opshall.theme'))).toBeNull();

  const alarms = await open('#/alarms?', '?seat=commander&lang=en');
  await until(async () => (await alarms.title()) === 'Alarms · Incident commander · OpsHall', {
    what: 'the name of the window',
  });
  await alarms.close();
  await page.close();
});

test('pictures one, four or all at a time, under names that differ, and there again after the hall has gone', async () => {
  const ids = ['CAM-003', 'CAM-004', 'CAM-005', 'CAM-006', 'CAM-007'];
  await duty.call('seat.watch', { cameras: ids });
  const page = await open('#/video?');
  const tiles = page.locator('[data-camera]');
  const shown = (count: number) =>
    until(async () => (await tiles.count()) === count, { what: `${count} pictures`, within: PATIENCE_MS });
  await shown(5);
  const names = await tiles.evaluateAll((all) => all.map((tile) => tile.querySelector('button')?.textContent));
  expect(new Set(names).size).toBe(5);
  await page.keyboard.press('4');
  await shown(4);
  await page.getByText('第 1 页，共 2 页 · 5 路').waitFor();
  await page.keyboard.press('ArrowRight');
  await shown(1);
  await page.keyboard.press('1');
  await shown(1);
  await page.keyboard.press('9');
  await shown(5);
  await picture(page, 'five');
  expect(await violationsOf(page)).toEqual([]);

  const { port } = hall;
  duty.close();
  await hall.stop();
  hall = await start(port);
  duty = await openWindow(hall, 'duty');
  await duty.see('seats', 'duty', ({ cameras }) => cameras.join() === ids.join(), PATIENCE_MS);
  await page.getByText('与大厅服务的连接中断').waitFor({ state: 'detached' });
  await shown(5);
  expect(faults).toEqual([]);
  await page.close();
});
