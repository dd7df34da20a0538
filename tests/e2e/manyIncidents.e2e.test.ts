import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paintNothing } from '../../scripts/drill/paintNothing.ts';
import { violationsOf } from '../support/axe.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';
import { launchFloodPlan } from './steps/flood.ts';
import { type Looks, launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { makeFolder } from './steps/twoStations.ts';

/** Two incidents at once, by keyboard: the list, the way from one to the other, and that the whole screen speaks of the same one. */
const picture = takePictures(join('test-results', 'many-incidents'));
/** A step that never comes ends a test by name before this does. */
const WHOLE = 3 * PATIENCE_MS;
const folder = makeFolder('many');
let hall: HallProcess;
/** Another seat, which acts meanwhile. */
let other: Window;
let pages: Pages;
/** The level II flood with a running plan, and the level III gas leak without one. */
let flood: string;
let leak: string;

const LEAK = {
  ...{ type: 'gas-leak', title: { zh: '燃气泄漏', en: 'Gas leak' }, level: 3 as const, words: '闻到燃气味' },
  place: { lon: 121.93, lat: 29.17, name: { zh: '港口路', en: 'Gangkou Road' } },
  caller: { name: '李女士', phone: '13900000000' },
};

const open = (address: string, looks?: Looks): Promise<Page> => pages.open(hall, address, looks);
const shows = (locator: Locator) => locator.first().waitFor({ state: 'visible', timeout: PATIENCE_MS });
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

beforeAll(async () => {
  const dataDir = folder.path('A');
  paintNothing(dataDir);
  hall = await startHall({ dataDir, args: ['--drill-after', '1'] });
  other = await openWindow(hall, 'deputy');
  pages = await launchPages();
  const alarm = await until(() => other.items('alarms').find((it) => it.source.id === 'WL-001' && it.level === 2), {
    what: 'the level II alarm',
    within: PATIENCE_MS,
  });
  ({ incident: flood } = await launchFloodPlan({ window: other, alarm }));
  ({ incident: leak } = await other.call('incidents.openByHand', LEAK));
}, WHOLE);

afterAll(async () => {
  await pages?.close();
  other?.close();
  await hall?.stop();
  folder.remove();
});

test(
  'the list has every open incident with what goes on for it, and arrows and Ctrl+arrows go through them',
  async () => {
    // The map says of which incident it speaks, too.
    const page = await open('?seat=duty&lang=zh-CN', { map: true });
    await shows(region(page, '详情'));
    await page.keyboard.press('Alt+6');
    const list = region(page, '突发事件').getByRole('listbox', { name: '未结事件' });
    const row = (name: RegExp) => list.getByRole('option', { name });
    await shows(row(/II.*滨河路下穿.*新情况.*城市内涝.*负责.*预案 1 个.*处理任务/));
    await shows(row(/III.*港口路 · 燃气泄漏.*1 项新情况.*预案 0 个.*启动预案/));
    await page.keyboard.press('ArrowDown');
    await shows(list.getByRole('option', { name: /滨河路下穿/, selected: true }));
    await page.keyboard.press('ArrowDown');
    await shows(list.getByRole('option', { name: /港口路/, selected: true }));
    // What was looked at is not new any more; the list stays, and Enter goes to what is chosen.
    await until(async () => !(await row(/港口路/).textContent())?.includes('新情况'), { what: 'the leak as read' });
    await picture(page, 'list-1366');
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Enter');
    const detail = region(page, '详情');
    await shows(detail.getByRole('heading', { name: '港口路 · 燃气泄漏' }));
    await shows(detail.getByText('第 2 个，共 2 个'));
    await shows(region(page, '预案执行').getByText('此事件尚未启动预案'));
    expect(await violationsOf(page)).toEqual([]);

    await page.keyboard.press('Control+ArrowDown');
    await shows(detail.getByRole('heading', { name: /滨河路下穿/ }));
    for (const part of ['详情', '预案执行', '态势地图']) await shows(region(page, part).getByText('第 1 个，共 2 个'));
    await page.keyboard.press('Control+ArrowUp');
    await shows(detail.getByRole('heading', { name: '港口路 · 燃气泄漏' }));
    await page.close();
  },
  WHOLE,
);

test(
  'an incident is told of by keyboard, in English; what was written stays until it is opened',
  async () => {
    const page = await open('?seat=commander&lang=en');
    const detail = region(page, 'Detail');
    await shows(detail);
    await page.keyboard.press('n');
    const form = detail.getByRole('form', { name: 'New incident' });
    const kind = form.getByLabel('Kind');
    await until(() => kind.evaluate((field) => field === document.activeElement), { what: 'the caret in the form' });
    await page.keyboard.type('Fire');
    expect(await kind.inputValue()).toBe('fire');
    for (const text of [null, 'Gangkou Road 12', '121.931, 29.171']) {
      await page.keyboard.press('Tab');
      if (text !== null) await page.keyboard.type(text);
    }
    await form.getByLabel('What was told').focus();
    await page.keyboard.type('smoke from the third floor');
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    await page.keyboard.press('n');
    expect(await form.getByLabel('What was told').inputValue()).toBe('smoke from the third floor');
    await form.getByLabel('Caller').focus();
    await page.keyboard.type('Ms Li');
    await page.keyboard.press('Tab');
    await page.keyboard.type('13900000000');
    await picture(page, 'new-1366');
    // A place outside the city is asked about, and nothing is opened; a notation that the search reads is read here.
    const at = form.getByLabel('Coordinates');
    await at.fill('0, 0');
    await page.keyboard.press('Control+Enter');
    await shows(form.getByText(/^This place is .* km outside the city/));
    expect(await at.getAttribute('aria-invalid')).toBe('true');
    await at.fill('29.171°N 121.931°E');
    const place = form.getByLabel('Name of the place');
    await place.fill('Gangkou\u202e Road');
    await shows(form.getByText(/^Holds a character that cannot be seen/));
    expect(await violationsOf(page)).toEqual([]);
    await place.fill('Gangkou Road 12');
    await page.keyboard.press('Control+Enter');
    await shows(detail.getByRole('heading', { name: 'Gangkou Road 12 · Fire' }));
    for (const said of ['smoke from the third floor', 'Ms Li · 13900000000']) await shows(detail.getByText(said));
    await shows(detail.getByText(/^\d of 3$/));
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Add a note');
    await page.keyboard.press('Enter');
    const note = detail.getByRole('textbox', { name: 'Add a note…' });
    await until(() => note.evaluate((field) => field === document.activeElement), { what: 'the caret in the note' });
    await page.keyboard.type('two engines on their way');
    await page.keyboard.press('Enter');
    await shows(detail.getByText('two engines on their way'));
    const { rows } = await other.read('incidents.list', { type: 'fire', limit: 1 });
    expect(rows[0]).toMatchObject({
      state: 'open',
      level: 3,
      owner: 'commander',
      place: { lon: 121.931, lat: 29.171 },
    });

    // Closing weighs: it is pressed twice; and it can be opened again.
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Close incident');
    await page.keyboard.press('Enter');
    const reason = detail.getByRole('textbox', { name: 'Close the incident because' });
    await reason.focus();
    await page.keyboard.type('false alarm');
    await page.keyboard.press('Enter');
    await shows(detail.getByText('Press Enter again to close it.'));
    expect((await other.incident(rows[0]?.id ?? ''))?.state).toBe('open');
    await page.keyboard.press('Enter');
    await shows(detail.getByText(/· lasted /));
    // The form has gone; the keys stay with its region.
    await until(() => detail.evaluate((it) => it === document.activeElement), {
      what: 'the keys staying with the detail',
    });
    await page.keyboard.press('o');
    await detail.getByRole('textbox', { name: 'Open the incident again because' }).focus();
    await page.keyboard.type('it burns after all');
    await page.keyboard.press('Enter');
    await other.seeIncident(rows[0]?.id ?? '', ({ state, closedAt }) => state === 'open' && closedAt === null);
    await page.close();
  },
  WHOLE,
);

test(
  'an alarm joins an incident that is open, and two incidents become one and two again, by keyboard',
  async () => {
    const page = await open('?seat=duty&lang=zh-CN');
    const detail = region(page, '详情');
    await shows(detail);
    // What kind of thing it is finds it, too.
    await page.keyboard.press('Control+k');
    await page.keyboard.type('突发事件 燃气');
    await shows(page.getByRole('dialog').getByRole('option', { name: /港口路 · 燃气泄漏/ }));
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('短时强降雨');
    await page.keyboard.press('Enter');
    await shows(detail.getByRole('heading', { name: /短时强降雨/ }));
    await page.keyboard.press('j');
    const join = detail.getByRole('listbox', { name: '并入哪个事件' });
    await shows(join.getByRole('option', { name: /滨河路下穿.*可能是同一事件/, selected: true }));
    await picture(page, 'join-1366');
    await page.keyboard.press('Enter');
    await shows(detail.getByRole('heading', { name: /滨河路下穿 · 道路积水/ }));
    await shows(detail.getByRole('button', { name: /短时强降雨.*已确认/ }));

    await page.keyboard.press('Control+k');
    await page.keyboard.type('港口路 · 燃气泄漏');
    await page.keyboard.press('Enter');
    await shows(detail.getByRole('heading', { name: '港口路 · 燃气泄漏' }));
    await page.keyboard.press('m');
    const merge = detail.getByRole('listbox', { name: '与哪个事件合并' });
    await shows(merge);
    for (let at = 0; at < 3; at++) {
      if ((await merge.getByRole('option', { name: /滨河路下穿/, selected: true }).count()) > 0) break;
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
    // The flood was opened earlier: it stays, and says what went into it.
    await shows(detail.getByRole('heading', { name: /滨河路下穿 · 道路积水/ }));
    await shows(detail.getByText('已并入此事件'));
    await other.seeIncident(leak, ({ state, into }) => state === 'merged' && into === flood);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('港口路 · 燃气泄漏');
    // What is no longer open is asked of the hall.
    const over = page.getByRole('dialog').getByRole('option', { name: /突发事件.*港口路 · 燃气泄漏/ });
    await shows(over.and(page.getByRole('option', { selected: true })));
    await page.keyboard.press('Enter');
    await shows(detail.getByText('已合并'));
    await page.keyboard.press('m');
    await other.seeIncident(leak, ({ state, into }) => state === 'open' && into === null);

    // A plan that does not fit is launched by a second press, which is asked for with what does not fit.
    await page.keyboard.press('l');
    const offers = page.getByRole('listbox', { name: '可用预案' });
    await shows(offers.getByRole('option', { name: /^符合条件/, selected: true }));
    const unfit = offers.getByRole('option', { name: /^条件不符/, selected: true });
    for (let at = 0; at < 8 && (await unfit.count()) === 0; at++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const said = region(page, '预案执行').getByRole('status');
    await shows(said.filter({ hasText: /条件不符：.*再按一次 Enter 仍然启动/ }));
    const launched = () => other.items('runs').filter((run) => run.incident === leak).length;
    expect(launched()).toBe(0);
    await page.keyboard.press('Enter');
    await until(() => launched() === 1, { what: 'the run of a plan that does not fit', within: PATIENCE_MS });
    await page.close();
  },
  WHOLE,
);

test(
  'what the drill tells the seats waits at the foot of the window, becomes an incident or is noted',
  async () => {
    const page = await open('?seat=duty&lang=zh-CN');
    const call = region(page, '来电');
    await shows(call.getByText('气象台：未来一小时滨河片区强降雨。'));
    await page.keyboard.press('k');
    await shows(call.getByText('12345：市民来电，滨河路下穿有车辆熄火。'));
    // What is said meanwhile covers nothing of it: it stands in the corner of the map.
    await page.keyboard.press('v');
    const said = page.getByText('布局：平时').first();
    await shows(said);
    const [toast, row, map] = [
      await said.boundingBox(),
      await call.boundingBox(),
      await region(page, '态势地图').boundingBox(),
    ];
    expect((toast?.y ?? 0) + (toast?.height ?? 0)).toBeLessThan(row?.y ?? 0);
    expect((toast?.y ?? 0) + (toast?.height ?? 0)).toBeLessThan((map?.y ?? 0) + (map?.height ?? 0));
    expect(toast?.x).toBeGreaterThan(map?.x ?? 0);
    for (let presses = 0; presses < 5; presses++) await page.keyboard.press('v');
    await shows(page.getByText('布局：随态势自动').first());
    await picture(page, 'call-1366');
    // What was begun without a call stays for N: the call is answered with its own words.
    const form = region(page, '详情').getByRole('form', { name: '开立突发事件' });
    await page.keyboard.press('n');
    await form.getByLabel('情况').fill('另一件事');
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    await page.keyboard.press('y');
    await shows(form.getByText('答复来电：'));
    expect(await form.getByLabel('情况').inputValue()).toBe('12345：市民来电，滨河路下穿有车辆熄火。');
    expect(await form.getByLabel('电话').inputValue()).toBe('12345');
    await form.getByLabel('事件类型').selectOption({ label: '交通事故' });
    await form.getByLabel('坐标').fill('121.92, 29.16');
    await page.keyboard.press('Control+Enter');
    await shows(region(page, '详情').getByRole('heading', { name: '交通事故' }));
    await call.getByText('滨河路下穿有车辆熄火').waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    const { rows } = await other.read('incidents.list', { type: 'traffic-accident', limit: 1 });
    expect(rows[0]).toMatchObject({ state: 'open', owner: 'duty', title: { zh: '交通事故' } });
    expect((await other.incident(rows[0]?.id ?? ''))?.words).toBe('12345：市民来电，滨河路下穿有车辆熄火。');
    await page.keyboard.press('n');
    expect(await form.getByLabel('情况').inputValue()).toBe('另一件事');
    expect(await form.getByLabel('坐标').inputValue()).toBe('121.92000, 29.16000');
    await page.close();
  },
  WHOLE,
);

test('no window has met an error', () => {
  expect(pages.faults).toEqual([]);
});
