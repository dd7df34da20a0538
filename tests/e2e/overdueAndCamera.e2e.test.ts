import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { openSlowLink } from '../support/slowLink.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';
import { takePictures } from './steps/pictures.ts';
import { keepScenes, lendScenes, makeFolder } from './steps/twoStations.ts';

const picture = takePictures(join('test-results', 'overdue'));
const folder = makeFolder('overdue');
let hall: HallProcess;
let duty: Window;
let browser: Browser;
const faults: string[] = [];

/** The flood plan with next to no time for anything: three seconds to acknowledge, six to finish. */
function writeHurriedPlan(dataDir: string): void {
  const file = join(dataDir, 'plans', 'hurried.yaml');
  const plan = readFileSync(join('resources', 'plans', 'urban-flooding.yaml'), 'utf8')
    .replace('plan: urban-flooding', 'plan: hurried-flooding')
    .replace(/acknowledge: \w+/g, 'acknowledge: 3s')
    .replace(/finish: \w+/g, 'finish: 6s');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, plan);
}

async function open(query: string, token = hall.token): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => faults.push(`${query}: ${error.message}`));
  await page.goto(`${hall.url}/${query}${token === '' ? '' : `${query.includes('#') ? '&' : '#'}token=${token}`}`);
  return page;
}

const shown = (page: Page, words: string | RegExp) =>
  page.getByText(words).first().waitFor({ state: 'visible', timeout: PATIENCE_MS });

beforeAll(async () => {
  const data = folder.path('A');
  lendScenes(data);
  writeHurriedPlan(data);
  hall = await startHall({ dataDir: data, args: ['--drill-after', '1'] });
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

test('a step that nobody acknowledges turns red and goes up, on the lanes and at the department’s seat', async () => {
  const alarm = await until(() => duty.items('alarms').find((it) => it.source.id === 'WL-001' && it.level === 2), {
    what: 'the level II alarm',
    within: PATIENCE_MS,
  });
  const { incident } = await duty.call('incidents.open', { alarm: alarm.id });
  const { run } = await duty.call('runs.launch', { incident, plan: 'hurried-flooding', version: 3 });
  await duty.call('seat.select', { selection: { kind: 'incident', id: incident, at: null } });
  await duty.call('runs.finish', { run, step: 'verify' });

  const plan = await open('?seat=duty&lang=zh-CN#/plan');
  const board = plan.getByRole('group', { name: '城市内涝联动预案 泳道' });
  const card = board.getByRole('button', { name: /^封闭下穿通道/ });
  await until(async () => /完成超时|签收超时/.test((await card.textContent()) ?? ''), {
    what: 'the card saying that it is late',
    within: PATIENCE_MS,
  });
  await card.click();
  const inspector = plan.getByRole('complementary', { name: '任务' });
  await inspector.getByText('已上报：应急').waitFor({ timeout: PATIENCE_MS });
  await until(async () => (await inspector.textContent())?.includes('完成超时'), { what: 'finish being late, too' });
  await shown(plan, /^\d+ 项超时$/);
  // Red, not only in words: the band along the card's foot is the colour of the worst level.
  const band = card.getByText('完成超时').locator('xpath=ancestor::span[1]');
  expect(await band.evaluate((node) => getComputedStyle(node).backgroundColor)).toBe('rgb(255, 77, 79)');
  await picture(plan, 'lanes');
  await plan.close();

  const seat = await open('?seat=fire&lang=zh-CN#/');
  const task = seat
    .getByRole('list', { name: '我的任务' })
    .getByRole('listitem')
    .filter({ hasText: '派出水域救援力量' });
  await task.getByText('已上报：应急').waitFor({ timeout: PATIENCE_MS });
  await task.getByText('完成超时').first().waitFor({ timeout: PATIENCE_MS });
  await task.getByText(/^-\d+:\d\d$/).waitFor({ timeout: PATIENCE_MS });
  await picture(seat, 'seat');
  await seat.close();
});

test('a camera that vanishes says so and since when on its tile, and comes back by itself', async () => {
  await duty.call('seat.watch', { cameras: ['CAM-003', 'CAM-004'] });
  const page = await open('?seat=duty&lang=zh-CN#/video');
  const tile = page.locator('[data-camera="CAM-003"]');
  const live = () => tile.getAttribute('data-live').then((is) => is === 'true');
  await until(live, { what: 'a live picture', within: PATIENCE_MS });
  await duty.call('cameras.setGone', { camera: 'CAM-003', gone: true });
  await tile.getByText(/自 \d\d:\d\d:\d\d 起无画面/).waitFor({ state: 'attached', timeout: PATIENCE_MS });
  const said = (await tile.getByRole('status').textContent()) ?? '';
  expect(said).toMatch(/起无画面 · \p{Script=Han}/u);
  expect(said).not.toMatch(/[a-z]+: /);
  await picture(page, 'gone');
  await duty.call('cameras.setGone', { camera: 'CAM-003', gone: false });
  await until(live, { what: 'the picture being back', within: PATIENCE_MS });
  await page.close();
});

test('the same desk in English and in the light theme, by the switches of the strip', async () => {
  const page = await open('?seat=duty&lang=zh-CN&theme=dark#/');
  await page.getByRole('button', { name: 'Switch to English' }).click({ timeout: PATIENCE_MS });
  for (const name of ['Situation map', 'Alarms', 'Detail', 'Video', 'Plan run'])
    await page.getByRole('region', { name, exact: true }).waitFor({ timeout: PATIENCE_MS });
  for (const words of [/^Level I+V?|Binhe Road underpass · Road waterlogging/, 'All-clear', 'Lanes of Urban flooding'])
    await until(
      async () =>
        (await page
          .getByText(words)
          .or(page.getByRole('group', { name: `${words}` }))
          .count()) > 0,
      { what: `${words} on the screen`, within: PATIENCE_MS },
    );
  await page.getByRole('button', { name: 'Theme: Dark' }).click();
  await page.getByRole('button', { name: 'Theme: Light' }).waitFor({ timeout: PATIENCE_MS });
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('light');
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  await until(() => page.evaluate(() => getComputedStyle(document.body).backgroundColor === 'rgb(228, 234, 241)'), {
    what: 'light ground',
  });
  // Nothing of the product's own words is left in the other language: names in the strip are those of the language switch.
  const strip = (await page.getByRole('banner').first().textContent()) ?? '';
  expect(strip.replace('中文', '')).not.toMatch(/\p{Script=Han}/u);
  await picture(page, 'english-light');
  await page.close();
});

test('a window on a line that has become slow says by how much it is behind', async () => {
  const link = await openSlowLink({ port: hall.port }, { bitsPerSecond: 100_000_000, delayMs: 1 });
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`http://127.0.0.1:${link.port}/?seat=duty&lang=zh-CN#/alarms?token=${hall.token}`);
  await page.getByRole('region', { name: '告警', exact: true }).waitFor();
  // Shorter than the silence after which a window gives its connection up.
  link.lengthen(3000);
  await shown(page, /^画面落后 \d+ s$/);
  await picture(page, 'behind');
  await page.close();
  await link.close();
});

test('a page without a token asks for it, and enters with it', async () => {
  const page = await open('?seat=duty&lang=zh-CN#/alarms', '');
  const box = page.getByRole('textbox', { name: '口令' });
  await box.fill(hall.token, { timeout: PATIENCE_MS });
  await page.getByRole('button', { name: '进入' }).click();
  await page.getByRole('region', { name: '告警', exact: true }).waitFor({ timeout: PATIENCE_MS });
  await page.close();
  expect(faults).toEqual([]);
});
