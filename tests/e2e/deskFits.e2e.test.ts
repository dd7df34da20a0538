import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';
import { type Flooded, startFlooded } from './steps/flood.ts';
import { launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { keepScenes, lendScenes, makeFolder } from './steps/twoStations.ts';

const picture = takePictures(join('test-results', 'desk-fits'));
const folder = makeFolder('fits');
let flooded: Flooded;
let hall: HallProcess;
let duty: Window;
let pages: Pages;

const open = (hash: string, query = '?seat=duty&lang=zh-CN'): Promise<Page> => pages.open(hall, `${query}${hash}`);

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

async function sizeOf(page: Page, name: string): Promise<{ width: number; height: number }> {
  const { width = 0, height = 0 } = (await region(page, name).boundingBox()) ?? {};
  return { width: Math.round(width), height: Math.round(height) };
}

/** Waits until the hands have rested long enough and the region is as wished. */
const sized = (page: Page, name: string, wished: (size: { width: number; height: number }) => boolean, what: string) =>
  until(async () => wished(await sizeOf(page, name)), { what, within: PATIENCE_MS });

beforeAll(async () => {
  const dataDir = folder.path('A');
  lendScenes(dataDir);
  // A file that cannot be read is something that somebody ought to know.
  mkdirSync(join(dataDir, 'plans'), { recursive: true });
  writeFileSync(join(dataDir, 'plans', 'odd.yaml'), 'plan: [');
  flooded = await startFlooded({ dataDir, seat: 'duty' });
  ({ hall, window: duty } = flooded);
  pages = await launchPages();
});

afterAll(async () => {
  await pages?.close();
  duty?.close();
  await hall?.stop();
  await flooded?.source.close();
  keepScenes(folder.path('A'));
  folder.remove();
});

test('room goes to what goes on, by itself, by key and by hand, and stays through a reload', async () => {
  const page = await open('#/?');
  await region(page, '预案执行').waitFor();
  const calm = await sizeOf(page, '预案执行');
  await duty.call('incidents.open', { alarm: flooded.alarm.id });
  await page.keyboard.press('Alt+2');
  const incident = await until(async () => (await duty.read('incidents.list', { state: 'open', limit: 1 })).rows[0], {
    what: 'the incident',
  });
  await duty.call('seat.select', { selection: { kind: 'incident', id: incident.id, at: null } });
  // An incident without a run has no pane for one; with a run it has.
  const { plans } = await duty.call('plans.offer', { incident: incident.id });
  const version = plans.find(({ id }) => id === 'urban-flooding')?.version ?? 0;
  await duty.call('runs.launch', { incident: incident.id, plan: 'urban-flooding', version });
  await sized(page, '预案执行', ({ height }) => height > calm.height + 100, 'the plan having room for a run');
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
  let chosen = await sizeOf(page, '告警');
  await page.reload();
  await sized(page, '告警', (size) => size.height === chosen.height, 'the same layout after a reload');

  // The line below the queue is moved by pointer and by key, and stays where it was put.
  const line = region(page, '告警').locator('xpath=ancestor::*/following-sibling::*[@role="separator"]').first();
  const { x = 0, y = 0, width = 0, height = 0 } = (await line.boundingBox()) ?? {};
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + height / 2 - 90, { steps: 3 });
  await page.mouse.up();
  await sized(
    page,
    '告警',
    (size) => Math.abs(chosen.height - size.height - 90) < 4,
    'the queue lower by what was dragged',
  );
  const dragged = await sizeOf(page, '告警');
  await line.focus();
  for (let presses = 0; presses < 4; presses++) await page.keyboard.press('ArrowDown');
  await sized(page, '告警', (size) => size.height > dragged.height + 10, 'the queue higher by key');
  chosen = await sizeOf(page, '告警');
  await page.reload();
  await sized(page, '告警', (size) => size.height === chosen.height, 'the same sizes after a reload');

  // A window too low for anything, and back.
  await page.setViewportSize({ width: 1366, height: 140 });
  await page.setViewportSize({ width: 1366, height: 768 });
  await sized(page, '告警', (size) => size.height === chosen.height, 'the same sizes after a window 140 pixels high');
  for (let presses = 0; presses < 4; presses++) await page.keyboard.press('v');
  await page.getByText('布局：随态势自动').first().waitFor();
  expect(pages.faults).toEqual([]);
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
  /** Texts of the strip of which a part is not seen; a drill's name may be long. */
  const cut = () =>
    page.evaluate(() =>
      [...(document.querySelector('header')?.querySelectorAll<HTMLElement>('span, button, strong') ?? [])]
        .filter(
          (it) =>
            it.offsetWidth > 1 && getComputedStyle(it).display !== 'inline' && it.scrollWidth > it.clientWidth + 1,
        )
        .map((it) => it.textContent),
    );
  for (const [width, height] of [
    [1366, 768],
    [911, 512],
    [900, 700],
    [2560, 1440],
  ] as const) {
    await page.setViewportSize({ width, height });
    await nothingOutside(`everything on the screen at ${width}`);
    await until(async () => (await cut()).length === 0, { what: `the strip whole at ${width}` });
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
  // The letters are there before the hall is, and keys with it.
  await region(page, '详情').waitFor();
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press('Control+=');
  await until(async () => (await letters()) > usual * 1.9, { what: 'the largest letters' });
  const clock = await page.locator('header time').first().boundingBox();
  expect((clock?.x ?? 0) + (clock?.width ?? Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(1366);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1366);
  await picture(page, 'letters-largest');
  await page.keyboard.press('Control+0');
  await until(async () => (await letters()) === usual, { what: 'letters as they were' });

  // Theme and language of an address are those of its window alone.
  await page.goto(`${hall.url}/?seat=duty&lang=zh-CN&theme=light#/?&token=${hall.token}`);
  await region(page, '详情').waitFor();
  expect(await page.evaluate(() => localStorage.getItem('opshall.theme'))).toBeNull();
  expect(await page.evaluate(() => localStorage.getItem('opshall.lang'))).toBeNull();

  // What is over the window, in both themes: what somebody ought to know, everything by name, the keys.
  await page.getByRole('button', { name: /^提示 \d+$/ }).click();
  await page.getByText(/odd\.yaml/).waitFor();
  await picture(page, 'notices');
  expect(await violationsOf(page, '[role=dialog]')).toEqual([]);
  await page.keyboard.press('Escape');
  for (const [key, name] of [
    ['Control+k', '全部命令'],
    ['?', '全部按键'],
  ] as const) {
    await page.keyboard.press(key);
    await page.getByRole('dialog', { name }).waitFor();
    await picture(page, name);
    expect(await violationsOf(page, '[role=dialog]')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name }).waitFor({ state: 'detached' });
  }

  // The keys are more than fit on the screen: they are scrolled by keys.
  await page.keyboard.press('?');
  const keys = page.getByRole('region', { name: '全部按键' });
  await keys.waitFor();
  await page.keyboard.press('ArrowDown');
  await until(() => keys.evaluate((list) => list.scrollTop > 0), { what: 'the keys being scrolled' });
  await page.keyboard.press('Escape');

  const alarms = await open('#/alarms?', '?seat=commander&lang=en');
  await until(async () => (await alarms.title()) === 'Alarms · Incident commander · OpsHall', {
    what: 'the name of the window',
  });
  // In a drill the first word of the name is that it is one.
  const { world } = await duty.call('worlds.open', { script: 'flood' });
  await alarms.goto(`${hall.url}/?seat=commander&lang=en&world=${world}#/alarms?token=${hall.token}`);
  await until(async () => /^\[DRILL.* · Alarms · Incident commander · OpsHall$/.test(await alarms.title()), {
    ...{ what: 'the name of a window in a drill', within: PATIENCE_MS },
  });
  // A drill's frame stands around all of it and lies over nothing.
  const overFrame = await alarms.evaluate(() => {
    const frame = document.querySelector('[data-drill]');
    if (!frame) return null;
    const { left, top, right, bottom } = frame.getBoundingClientRect();
    const width = Number.parseFloat(getComputedStyle(frame).borderTopWidth);
    return [...frame.querySelectorAll('header, section, nav, [role=dialog]')].flatMap((it) => {
      const its = it.getBoundingClientRect();
      const within =
        its.left >= left + width &&
        its.top >= top + width &&
        its.right <= right - width &&
        its.bottom <= bottom - width;
      return within || its.width === 0 ? [] : [it.getAttribute('aria-label') ?? it.className];
    });
  });
  expect(overFrame).toEqual([]);
  await alarms.close();
  await duty.call('worlds.end', { world });
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
  hall = await startHall({ dataDir: folder.path('A'), port });
  duty = await openWindow(hall, 'duty');
  await duty.see('seats', 'duty', ({ cameras }) => cameras.join() === ids.join(), PATIENCE_MS);
  await page.getByText('与大厅服务的连接中断').waitFor({ state: 'detached' });
  await shown(5);
  expect(pages.faults).toEqual([]);
  await page.close();
});
