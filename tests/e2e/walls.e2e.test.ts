import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paintNothing } from '../../scripts/drill/paintNothing.ts';
import { violationsOf } from '../support/axe.ts';
import type { FeedSource } from '../support/feedSource.ts';
import type { HallProcess } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { until } from '../support/until.ts';
import type { Window } from '../support/window.ts';
import { launchFloodPlan, startFlooded } from './steps/flood.ts';
import { launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { makeFolder } from './steps/twoStations.ts';

/** What is pushed to the wall is on it and fills it; what is not there is not said to be. */
const picture = takePictures(join('test-results', 'walls'));
const WHOLE = 3 * PATIENCE_MS;
const folder = makeFolder('walls');
let hall: HallProcess;
let source: FeedSource;
let duty: Window;
let pages: Pages;
let desk: Page;
let wall: Page;

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
  const flooded = await startFlooded({ dataDir: data, seat: 'duty' });
  ({ hall, source, window: duty } = flooded);
  const { incident } = await launchFloodPlan(flooded);
  const { lon, lat } = flooded.alarm.place;
  await duty.call('seat.select', { selection: { kind: 'incident', id: incident, at: { lon, lat } } });
  pages = await launchPages();
}, WHOLE);

afterAll(async () => {
  await pages?.close();
  duty?.close();
  await hall?.stop();
  await source?.close();
  folder.remove();
});

test(
  'W without a wall pushes nothing and says how to open one',
  async () => {
    desk = await pages.open(hall, '?seat=duty&lang=zh-CN');
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
    wall = await pages.open(hall, '?lang=zh-CN#/wall/wall-1', { map: true, viewport: { width: 1920, height: 1080 } });
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

    // What the map looks at goes along.
    const map = await pages.open(hall, '?seat=duty&lang=zh-CN#/situation', {
      ...{ map: true, viewport: { width: 640, height: 480 } },
    });
    await map.getByRole('button', { name: '放大（+）' }).waitFor();
    await map.keyboard.press('w');
    await map
      .getByText(/大屏 wall-1 正在显示：态势地图 · .*道路积水/)
      .first()
      .waitFor();
    await wall.getByRole('heading', { name: '态势地图' }).waitFor();
    await wall.getByRole('heading', { name: '详情' }).waitFor();
    await until(() => duty.item('walls', 'wall-1')?.view !== undefined, { what: 'the view of the map with it' });
    await map.close();
    await wall.getByText('正在绘制地图…').waitFor({ state: 'hidden' });
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
    expect(pages.faults).toEqual([]);
  },
  WHOLE,
);
