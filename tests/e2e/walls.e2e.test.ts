import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { paintNothing } from '../support/openHall.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';
import { takePictures } from './steps/pictures.ts';
import { makeFolder } from './steps/twoStations.ts';

/** What is pushed to the wall is on it and fills it; what is not there is not said to be. */
const picture = takePictures(join('test-results', 'walls'));
const WHOLE = 3 * PATIENCE_MS;
const folder = makeFolder('walls');
let hall: HallProcess;
let duty: Window;
let browser: Browser;
let desk: Page;
let wall: Page;
const faults: string[] = [];

async function open(query: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => faults.push(`${query}: ${error.message}`));
  await page.goto(`${hall.url}/${query}${query.includes('#') ? '&' : '#'}token=${hall.token}`);
  return page;
}

const said = (words: string | RegExp) => desk.getByText(words).first().waitFor();
const list = () => desk.getByRole('dialog', { name: '大屏' });

/** Gives the region the attention and presses W. */
async function push(region: string): Promise<void> {
  await desk.bringToFront();
  await desk.keyboard.press(region);
  await desk.keyboard.press('w');
}

beforeAll(async () => {
  const data = folder.path('A');
  paintNothing(data);
  hall = await startHall({ dataDir: data, args: ['--drill-after', '1'] });
  duty = await openWindow(hall, 'duty');
  const alarm = await until(() => duty.items('alarms').find((it) => it.source.id === 'WL-001' && it.level === 2), {
    what: 'the level II alarm',
    within: PATIENCE_MS,
  });
  const { incident } = await duty.call('incidents.open', { alarm: alarm.id });
  const { plans } = await duty.call('plans.offer', { incident });
  const plan = plans.find((offer) => offer.id === 'urban-flooding');
  await duty.call('runs.launch', { incident, plan: 'urban-flooding', version: plan?.version ?? 0 });
  const { lon, lat } = alarm.place;
  await duty.call('seat.select', { selection: { kind: 'incident', id: incident, at: { lon, lat } } });
  browser = await launchBrowser();
}, WHOLE);

afterAll(async () => {
  await browser?.close();
  duty?.close();
  await hall?.stop();
  folder.remove();
});

test(
  'W without a wall pushes nothing and says how to open one',
  async () => {
    desk = await open('?seat=duty&lang=zh-CN');
    await desk.getByRole('region', { name: '详情' }).getByText('突发事件').first().waitFor();
    await desk.keyboard.press('w');
    await said(/没有打开的大屏，未推送.*#\/wall\/wall-1/);
    expect(duty.items('walls')).toEqual([]);
    // It stands in the region that was to be shown, in the window's language, until it is read.
    const refusal = desk.getByRole('region', { name: /^态势地图|^Situation map/ }).getByRole('alert');
    await desk.getByRole('button', { name: 'Switch to English' }).click();
    await refusal.getByText(/No screen of the wall is open; nothing was pushed/).waitFor();
    await desk.getByRole('button', { name: '中文' }).click();
    await picture(desk, 'refused');
    expect(await violationsOf(desk)).toEqual([]);
    await desk.keyboard.press('Shift+X');
    await refusal.waitFor({ state: 'hidden' });
  },
  WHOLE,
);

test(
  'W shows the region at hand on the screen that is open, whatever is selected, and says what is shown where',
  async () => {
    wall = await open('?lang=zh-CN#/wall/wall-1');
    await wall.getByText('wall-1 待推送').waitFor();
    await until(() => duty.item('screens', 'wall-1') !== undefined, {
      what: 'the screen being there',
      within: PATIENCE_MS,
    });
    await push('Alt+2');
    await said(/大屏 wall-1 正在显示：告警/);
    await wall.getByRole('heading', { name: '告警' }).waitFor();
    await wall
      .getByRole('row', { name: /道路积水/ })
      .first()
      .waitFor();
    await picture(wall, 'alarms');
    expect(await violationsOf(wall)).toEqual([]);

    await push('Alt+1');
    await said(/大屏 wall-1 正在显示：态势地图 · .*道路积水/);
    await wall.getByRole('heading', { name: '态势地图' }).waitFor();
    await wall.getByRole('heading', { name: '详情' }).waitFor();
    await until(() => duty.item('walls', 'wall-1')?.view !== undefined, { what: 'the view of the map with it' });
    await picture(wall, 'situation');
    expect(await violationsOf(wall)).toEqual([]);
  },
  WHOLE,
);

test(
  'a plan fills the screen, its titles whole and read from afar',
  async () => {
    await push('Alt+5');
    const board = wall.getByRole('group', { name: '城市内涝联动预案 泳道' });
    await board.waitFor();
    await until(
      () =>
        board.evaluate((node) => {
          const [inner] = node.children;
          const fits = node.scrollWidth <= node.clientWidth + 1 && node.scrollHeight <= node.clientHeight + 1;
          return fits && (inner?.getBoundingClientRect().height ?? 0) > 0.9 * node.clientHeight;
        }),
      { what: 'the lanes filling the screen', within: PATIENCE_MS },
    );
    const titles = await board.locator('[data-step] > span:first-child').evaluateAll((nodes) =>
      nodes.map((node) => ({
        text: node.textContent,
        cut: node.scrollHeight > node.clientHeight + 1 || node.scrollWidth > node.clientWidth + 1,
        px: Number.parseFloat(getComputedStyle(node).fontSize),
      })),
    );
    expect(titles.length).toBeGreaterThan(15);
    expect(titles.filter(({ cut, px }) => cut || px < 20)).toEqual([]);
    await picture(wall, 'plan');
    expect(await violationsOf(wall)).toEqual([]);
  },
  WHOLE,
);

test(
  'the list says which screens are open and what is on each, previews one, pushes to it and clears it, by key',
  async () => {
    await desk.bringToFront();
    await desk.keyboard.press('Shift+W');
    const screen = list().getByRole('option', { name: /wall-1/ });
    await screen.filter({ hasText: '1 个窗口已打开' }).filter({ hasText: '预案执行' }).waitFor();
    await screen.filter({ hasText: '值班员' }).waitFor();
    await desk.keyboard.press('i');
    await list().getByText('收起预览').waitFor();
    await list().locator('[data-scene="plan"] [data-step]').first().waitFor();
    await picture(desk, 'list');
    expect(await violationsOf(desk)).toEqual([]);
    await desk.keyboard.press('i');

    await duty.call('wall.show', { screen: 'wall-9', scene: 'video', selection: null, cameras: [] });
    await list()
      .getByRole('option', { name: /wall-9/ })
      .filter({ hasText: '本站未打开' })
      .waitFor();
    await desk.keyboard.press('ArrowDown');
    await list()
      .getByRole('option', { name: /wall-9/, selected: true })
      .waitFor();
    await desk.keyboard.press('Enter');
    await said(/推送给 wall-9，但本站没有打开这块屏/);
    expect(duty.item('walls', 'wall-9')?.scene).not.toBe('video');
    await desk.keyboard.press('Delete');
    await said('大屏 wall-9 已清除');
    await list()
      .getByRole('option', { name: /wall-9/ })
      .waitFor({ state: 'detached' });
    await desk.keyboard.press('Escape');
    await list().waitFor({ state: 'detached' });
  },
  WHOLE,
);

test(
  'a screen that goes is a screen less, and a cleared one waits for the next push',
  async () => {
    await duty.call('wall.clear', { screen: 'wall-1' });
    await wall.getByText('wall-1 待推送').waitFor();
    await wall.close();
    await until(() => duty.items('screens').length === 0, { what: 'the screen having gone', within: PATIENCE_MS });
    expect(faults).toEqual([]);
  },
  WHOLE,
);
