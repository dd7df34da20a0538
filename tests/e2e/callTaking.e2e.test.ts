import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paintNothing } from '../../scripts/drill/paintNothing.ts';
import { violationsOf } from '../support/axe.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';
import { launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { makeFolder } from './steps/twoStations.ts';

/** Somebody calls, and a second one about the same: by keyboard, as fast as they speak. */
const picture = takePictures(join('test-results', 'call-taking'));
const folder = makeFolder('calls');
let hall: HallProcess;
let other: Window;
let pages: Pages;

beforeAll(async () => {
  const dataDir = folder.path('A');
  paintNothing(dataDir);
  hall = await startHall({ dataDir, args: ['--drill-after', 'never'] });
  other = await openWindow(hall, 'deputy');
  pages = await launchPages();
  // Units of the drill city have told where they are.
  await until(() => other.items('feeds').some(({ state, received }) => state === 'live' && received > 1000), {
    what: 'the units of the drill city',
    within: PATIENCE_MS,
  });
}, 3 * PATIENCE_MS);

afterAll(async () => {
  await pages?.close();
  other?.close();
  await hall?.stop();
  folder.remove();
});

const incidents = async () => (await other.read('incidents.list', { state: 'open', limit: 50 })).rows;

test(
  'a place is found as it is said, the units that would be there soonest stand beside it, and a second call is noted where the first went',
  async () => {
    const page = await pages.open(hall, '?seat=duty&lang=zh-CN');
    const detail = page.getByRole('region', { name: '详情', exact: true });
    await detail.waitFor();
    await page.keyboard.press('n');
    const form = detail.getByRole('form', { name: '开立突发事件' });
    await form.getByLabel('事件类型').selectOption('fire');
    const place = form.getByRole('combobox', { name: '地点名称' });
    await place.focus();
    // Initials of the road that the caller names.
    await page.keyboard.type('bhl');
    await form.getByRole('option', { name: /^滨河路\s*道路$/ }).waitFor();
    await picture(page, 'places');
    await page.keyboard.press('ArrowDown');
    const places = form.getByRole('listbox', { name: '匹配的地点' });
    const chosen = (await places.getByRole('option', { selected: true }).locator('span').first().textContent()) ?? '';
    await page.keyboard.press('Enter');
    await places.waitFor({ state: 'detached' });
    expect(await place.inputValue()).toBe(chosen);
    expect(await form.getByLabel('坐标').inputValue()).toMatch(/^\d+\.\d+, \d+\.\d+$/);
    const units = form.getByRole('region', { name: '最近的可用力量' });
    await units
      .getByText(/^约 \d+ 分钟$/)
      .first()
      .waitFor();
    expect(await form.getByRole('region', { name: '附近已有突发事件，可能是同一件事' }).count()).toBe(0);
    await form.getByLabel('情况').fill('二楼冒烟');
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'told');
    await page.keyboard.press('Control+Enter');
    await detail.getByRole('heading', { name: new RegExp(`${chosen} · `) }).waitFor();
    const [first] = await incidents();
    expect(first?.place.name.zh).toBe(chosen);

    await page.keyboard.press('n');
    // What is selected is where the next call is taken to be.
    expect(await form.getByRole('combobox', { name: '地点名称' }).inputValue()).toBe(chosen);
    const already = form.getByRole('region', { name: '附近已有突发事件，可能是同一件事' });
    await already
      .getByText('二楼冒烟')
      .or(already.getByText(new RegExp(chosen)))
      .first()
      .waitFor();
    const note = already.getByRole('button', { name: /^记入此事件/ });
    await note.click();
    await form.getByText('请先写明情况').waitFor();
    await form.getByLabel('情况').fill('有两人被困');
    await form.getByLabel('电话').fill('13900000000');
    await picture(page, 'already');
    expect(await violationsOf(page)).toEqual([]);
    await note.click();
    await form.waitFor({ state: 'detached' });
    await detail.getByText(/来电补充：有两人被困.*13900000000/).waitFor();
    expect((await incidents()).map(({ id }) => id)).toEqual([first?.id]);
  },
  5 * PATIENCE_MS,
);
