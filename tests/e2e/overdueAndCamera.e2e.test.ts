import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HallProcess } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { openSlowLink } from '../support/slowLink.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';
import { type Flooded, startFlooded } from './steps/flood.ts';
import { type Looks, launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { countTones, tonesOf } from './steps/tones.ts';
import { keepScenes, lendScenes, makeFolder } from './steps/twoStations.ts';

const picture = takePictures(join('test-results', 'overdue'));
const folder = makeFolder('overdue');
let flooded: Flooded;
let hall: HallProcess;
let duty: Window;
let pages: Pages;
/** The one whose run is late. */
let incident: string;

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

const open = (address: string, looks?: Looks): Promise<Page> => pages.open(hall, address, looks);

const shown = (page: Page, words: string | RegExp) =>
  page.getByText(words).first().waitFor({ state: 'visible', timeout: PATIENCE_MS });

beforeAll(async () => {
  const data = folder.path('A');
  lendScenes(data);
  writeHurriedPlan(data);
  flooded = await startFlooded({ dataDir: data, seat: 'duty' });
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

test('a step that nobody acknowledges turns red and goes up, on the lanes and at the department’s seat', async () => {
  ({ incident } = await duty.call('incidents.open', { alarm: flooded.alarm.id }));
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

  // It is muted as the new task that it was: what is heard now is that it is late.
  const ready = duty.item('runs', run)?.steps.find(({ id }) => id === 'dispatch-rescue')?.readyAt ?? 0;
  const heard = [{ alarm: `${run}~dispatch-rescue`, occurrence: 2 * ready, level: 2 as const }];
  const fire = await openWindow(hall, 'fire');
  await fire.call('seat.mute', { heard, reason: '正在通话' });
  fire.close();
  const seat = await open('?seat=fire&lang=zh-CN#/', { before: countTones });
  await shown(seat, '静音期间有新的任务，提示音响起');
  await until(async () => (await tonesOf(seat)) > 0, { what: 'a tone for the late task', within: PATIENCE_MS });
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
  // Overdue steps of a run that is not shown are counted where one looks: in the list, and above the plan that is.
  const other = await duty.call('incidents.openByHand', {
    ...{ type: 'gas-leak', title: { zh: '燃气泄漏', en: 'Gas leak' }, level: 3, words: '' },
    place: { lon: 121.93, lat: 29.17, name: { zh: '港口路', en: 'Gangkou Road' } },
    caller: { name: '', phone: '' },
  });
  const { plans } = await duty.call('plans.offer', { incident: other.incident });
  const version = plans.find(({ id }) => id === 'gas-leak')?.version ?? 0;
  await duty.call('runs.launch', { incident: other.incident, plan: 'gas-leak', version });
  await duty.call('seat.select', { selection: { kind: 'incident', id: other.incident, at: null } });
  const page = await open('?seat=duty&lang=zh-CN&theme=dark#/');
  await shown(page, /^其他预案 \d+ 项超时$/);
  await page.keyboard.press('Alt+6');
  const late = page.getByRole('option', { name: /滨河路下穿/ }).getByText(/^\d+ 项超时$/);
  await late.waitFor();
  await page.keyboard.press('Alt+3');
  await duty.call('seat.select', { selection: { kind: 'incident', id: incident, at: null } });
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
  // Who wants no movement gets none, not two thousand short ones.
  const moving = await page.evaluate(() => {
    const { dataset } = document.documentElement;
    dataset.theme = 'light';
    const all = document.getAnimations().filter((it) => it instanceof CSSTransition).length;
    dataset.theme = 'dark';
    return all;
  });
  expect(moving).toBe(0);
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
  const page = await pages.open(
    { url: `http://127.0.0.1:${link.port}`, token: hall.token },
    '?seat=duty&lang=zh-CN#/alarms',
  );
  await page.getByRole('region', { name: '告警', exact: true }).waitFor();
  // Shorter than the silence after which a window gives its connection up.
  link.lengthen(3000);
  await shown(page, /^画面落后 \d+ s$/);
  await picture(page, 'behind');
  await page.close();
  await link.close();
});

test('a page without a token asks for it, and enters with it', async () => {
  const page = await pages.open({ ...hall, token: '' }, '?seat=duty&lang=zh-CN#/alarms');
  const box = page.getByRole('textbox', { name: '口令' });
  await box.fill(hall.token, { timeout: PATIENCE_MS });
  await page.getByRole('button', { name: '进入' }).click();
  await page.getByRole('region', { name: '告警', exact: true }).waitFor({ timeout: PATIENCE_MS });
  await page.close();
  expect(pages.faults).toEqual([]);
});
