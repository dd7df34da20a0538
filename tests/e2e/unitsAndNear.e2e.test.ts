import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paintNothing } from '../../scripts/drill/paintNothing.ts';
import { violationsOf } from '../support/axe.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';
import { drawnIn, keepDrawn } from './steps/drawn.ts';
import { pixelOf, type Readout, readout } from './steps/mapReadout.ts';
import { type Looks, launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { makeFolder } from './steps/twoStations.ts';

/** Units, what is near, and what is found: by keyboard, in both languages. */
const picture = takePictures(join('test-results', 'units-and-near'));
const WHOLE = 3 * PATIENCE_MS;
const folder = makeFolder('units');
let hall: HallProcess;
let duty: Window;
let pages: Pages;

/** Most of what a test is about here is about the map. */
const open = (address: string, looks?: Looks): Promise<Page> =>
  pages.open(hall, address, { map: true, before: keepDrawn, ...looks });
const shows = (locator: Locator) => locator.first().waitFor({ state: 'visible', timeout: PATIENCE_MS });
const mapBecomes = (page: Page, what: string, wished: (at: Readout) => boolean) =>
  until(
    async () => {
      const at = await readout(page);
      return at !== null && wished(at);
    },
    { what, within: PATIENCE_MS },
  );
/** Ctrl+K, a name, Enter. */
async function byName(page: Page, name: string, option: RegExp): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /全部命令|Everything|commands/i }).fill(name);
  await shows(page.getByRole('option', { name: option }));
  await page.keyboard.press('Enter');
}

beforeAll(async () => {
  const dataDir = folder.path('A');
  paintNothing(dataDir);
  hall = await startHall({ dataDir, args: ['--drill-after', '1'] });
  duty = await openWindow(hall, 'duty');
  pages = await launchPages();
}, WHOLE);

afterAll(async () => {
  await pages?.close();
  duty?.close();
  await hall?.stop();
  folder.remove();
});

test(
  'a unit chosen by name says what it does and where it is now, the map goes there and follows it until it is moved',
  async () => {
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const page = await open('?seat=duty&lang=zh-CN#/', {
      async before(made) {
        await keepDrawn(made);
        await made.route('**/city/roads.geojson', (route) => asked.then(() => route.continue()));
      },
    });
    const detail = page.getByRole('region', { name: '详情' });
    await shows(page.getByRole('button', { name: '放大（+）' }));
    // As long as not all of the map has come it says so.
    const drawing = page.getByText('正在绘制地图…');
    await shows(drawing);
    answer();
    await byName(page, '警车110', /警车110/);
    await shows(detail.getByRole('heading', { name: '警车110' }));
    for (const word of ['状态', '车速', '航向', '报告时间', '轿车', '公安'])
      await shows(detail.getByText(word, { exact: true }));
    await shows(detail.getByText(/^\d+ km\/h$/));
    await shows(detail.getByText(/°E {2}[\d.]+°N/));
    await mapBecomes(page, 'the map being near', ({ zoom }) => zoom >= 15);
    // Where it is changes while nobody does anything, and is not older than its report.
    const reported = () => detail.getByText(/^\d\d:\d\d:\d\d · /).textContent();
    const before = await reported();
    await until(async () => (await reported()) !== before, { what: 'another report', within: PATIENCE_MS });

    // The way it came is a line on the map.
    const trail = async () => (await drawnIn(page, 'oh-trail')).map(({ geometry }) => geometry);
    await until(
      async () => (await trail()).some(({ type, coordinates }) => type === 'LineString' && coordinates.length > 1),
      {
        ...{ what: 'the way the unit came', within: PATIENCE_MS },
      },
    );

    await page.keyboard.press('g');
    await shows(page.getByText(/^正在跟随 警车110/));
    await shows(detail.getByRole('button', { name: '停止跟随' }));
    await picture(page, 'followed');
    expect(await violationsOf(page)).toEqual([]);
    await page.locator('canvas').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText(/^正在跟随 警车110/).waitFor({ state: 'detached', timeout: PATIENCE_MS });

    // C goes by where it is.
    await page.keyboard.press('c');
    await until(() => (duty.item('seats', 'duty')?.cameras.length ?? 0) > 0, { what: 'cameras', within: PATIENCE_MS });
    await duty.call('seat.select', { selection: null });
    await until(async () => (await trail()).length === 0, { what: 'no way of no unit', within: PATIENCE_MS });
    await drawing.waitFor({ state: 'hidden' });
    await page.close();
  },
  WHOLE,
);

test(
  'a crossing, initials and coordinates are found from the map and from Ctrl+K, and the place has its name',
  async () => {
    const page = await open('?seat=duty&lang=zh-CN#/');
    const detail = page.getByRole('region', { name: '详情' });
    const found = page.getByRole('listbox', { name: '查找结果' });
    const type = async (text: string) => {
      await page.keyboard.press('/');
      await page.getByRole('combobox', { name: '在地图上查找' }).fill(text);
    };
    await shows(page.getByRole('button', { name: '放大（+）' }));
    await type('环城路与滨河路');
    await shows(found.getByRole('option', { name: /滨河路.*路口/ }));
    await page.keyboard.press('Enter');
    await shows(detail.getByRole('heading', { name: /^环城路与滨河路路口（[东西]）$/ }));
    await mapBecomes(page, 'the crossing near', ({ zoom }) => zoom >= 15);

    await type('bhlxc');
    await shows(found.getByRole('option', { name: /滨河路下穿/ }));
    await page.keyboard.press('Enter');
    await shows(detail.getByRole('heading', { name: '滨河路下穿' }));

    await type('29°10.0266′N 121°55.2756′E');
    for (const system of ['WGS 84', 'GCJ-02', 'BD-09'])
      await shows(found.getByRole('option', { name: new RegExp(system) }));
    await picture(page, 'found');
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await shows(detail.getByRole('heading', { name: '地图上的一点' }));
    await mapBecomes(
      page,
      'the point in the middle',
      ({ lon, lat }) => Math.hypot(lon - 121.92126, lat - 29.16711) < 0.001,
    );

    await byName(page, 'bhlxc', /滨河路下穿/);
    await shows(detail.getByRole('heading', { name: '滨河路下穿' }));

    // A point that nothing stands at: the right button chooses it, N opens an incident there.
    const map = await page.locator('canvas').first().boundingBox();
    if (map === null) throw new Error('the map is not on the screen');
    await page.mouse.click(map.x + map.width * 0.7, map.y + map.height * 0.6, { button: 'right' });
    await shows(detail.getByRole('heading', { name: '地图上的一点' }));

    // How far and in which direction from the middle: the circle goes along with the pointer, and stays to be looked at until it is cleared.
    const [x, y] = [map.x + map.width / 2, map.y + map.height / 2];
    await page.getByRole('button', { name: '量半径与方位' }).click();
    await page.mouse.click(x, y);
    await page.mouse.move(x + 120, y, { steps: 3 });
    await shows(page.getByText(/→ 半径 .*方位 090°/));
    await page.mouse.click(x + 120, y);
    await shows(page.getByText(/^半径 [\d.]+ k?m，面积 [\d.]+ (m²|ha|km²) · 方位 090° · 点击或回车加点/));
    await page.keyboard.press('Escape');
    await shows(page.getByText(/^半径 .* · Esc 清除$/));
    const circles = async () =>
      (await drawnIn(page, 'oh-measure')).filter(({ geometry }) => geometry.type === 'Polygon').length;
    await page.mouse.click(map.x + map.width * 0.7, map.y + map.height * 0.6, { button: 'right' });
    expect(await circles()).toBe(1);
    await page.keyboard.press('Escape');
    await page.getByText(/Esc 清除$/).waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    // The map hears of it after the words have gone.
    await until(async () => (await circles()) === 0, { what: 'no circle on the map', within: PATIENCE_MS });
    await page.keyboard.press('n');
    const form = detail.getByRole('form', { name: '开立突发事件' });
    await shows(form);
    expect(await form.getByLabel('坐标').inputValue()).toMatch(/^121\.\d+, 29\.\d+$/);
    await page.close();
  },
  WHOLE,
);

test(
  'what is near an alarm stands by road time within a radius that keys set, and one of it can be chosen and followed up',
  async () => {
    const alarm = await until(() => duty.items('alarms').find((it) => it.source.id === 'WL-001'), {
      what: 'the alarm',
      within: PATIENCE_MS,
    });
    await duty.call('seat.select', { selection: { kind: 'alarm', id: alarm.id, at: null } });
    const page = await open('?seat=duty&lang=en#/');
    const detail = page.getByRole('region', { name: 'Detail', exact: true });
    await shows(detail.getByRole('button', { name: 'Near by' }));
    await mapBecomes(page, 'the map at the alarm', ({ zoom }) => zoom >= 15);
    await page.keyboard.press('b');
    const radius = detail.getByRole('slider', { name: 'Radius' });
    await shows(radius);
    const units = detail.getByRole('region', { name: /^\d+ units?$/ });
    const many = async () => Number(/^\d+/.exec((await units.getAttribute('aria-label')) ?? '')?.[0] ?? '-1');
    await until(async () => (await many()) > 0, { what: 'units near by', within: PATIENCE_MS });
    const few = await many();
    for (let i = 0; i < 7; i++) await page.keyboard.press('ArrowLeft');
    await shows(detail.getByText('300 m', { exact: true }));
    await until(async () => (await many()) < few, { what: 'fewer units', within: PATIENCE_MS });
    for (const list of [/facilit(y|ies)$/, /cameras?$/]) await shows(detail.getByRole('region', { name: list }));
    await shows(detail.getByText(/^Units and facilities by time over the roads/));

    const minutes = (await units.getByRole('listitem').allTextContents()).map((row) =>
      /under 1 min$/.test(row) ? 0 : Number(/(\d+) min$/.exec(row)?.[1] ?? Number.NaN),
    );
    expect(minutes.length).toBeGreaterThan(0);
    expect(minutes).toEqual([...minutes].sort((a, b) => a - b));

    // Its ring is pulled wider on the map, by the handle at its eastern end.
    const [circle, handle] = (await drawnIn(page, 'oh-near')).map(({ geometry }) => geometry.coordinates);
    expect(circle).toHaveLength(1);
    const { x, y } = await pixelOf(page, handle as [number, number]);
    const middle = await pixelOf(page, [alarm.place.lon, alarm.place.lat]);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + (x - middle.x), y, { steps: 4 });
    await page.mouse.up();
    await shows(detail.getByText('600 m', { exact: true }));
    await picture(page, 'ring');
    expect(await violationsOf(page)).toEqual([]);
    await radius.focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
    await shows(detail.getByText('1.0 km', { exact: true }));
    await until(async () => (await many()) >= few, { what: 'as many units again', within: PATIENCE_MS });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await until(() => duty.item('seats', 'duty')?.selection?.kind === 'unit', {
      what: 'a unit chosen',
      within: PATIENCE_MS,
    });
    await shows(radius);
    await page.keyboard.press('Escape');
    await shows(detail.getByText('Reported at', { exact: true }));
    await page.close();
  },
  WHOLE,
);

test(
  'a unit is sent for a step by key, from the step and from what is near, and says in its detail for what',
  async () => {
    const alarm = await until(() => duty.items('alarms').find((it) => it.source.id === 'WL-001' && it.level <= 3), {
      what: 'an alarm that a plan fits',
      within: PATIENCE_MS,
    });
    const { incident } = await duty.call('incidents.open', { alarm: alarm.id });
    const { plans } = await duty.call('plans.offer', { incident });
    const version = plans.find(({ id }) => id === 'urban-flooding')?.version ?? 0;
    const { run } = await duty.call('runs.launch', { incident, plan: 'urban-flooding', version });
    const sent = () => duty.item('runs', run)?.steps.flatMap(({ units }) => units) ?? [];
    const sends = (count: number) =>
      until(() => sent().length === count, { what: `${count} units sent`, within: PATIENCE_MS });

    const page = await open(`?seat=duty&lang=en#/plan/${run}`, { map: false });
    const inspector = page.getByRole('complementary', { name: 'Step' });
    await shows(inspector.getByRole('button', { name: 'Send a unit' }));
    await page.keyboard.press('d');
    const choice = inspector.getByRole('listbox', { name: 'Send a unit' });
    await shows(choice.getByRole('option'));
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await sends(1);
    await shows(inspector.getByRole('list', { name: 'Units sent' }).getByText(/away, about \d+ min|at the scene/));
    await picture(page, 'sent');
    await page.close();

    const { lon, lat } = alarm.place;
    await duty.call('seat.select', { selection: { kind: 'incident', id: incident, at: { lon, lat } } });
    const desk = await open('?seat=duty&lang=zh-CN#/', { map: false });
    const detail = desk.getByRole('region', { name: '详情', exact: true });
    await shows(detail.getByRole('button', { name: '近旁' }));
    await desk.keyboard.press('b');
    await shows(detail.getByRole('combobox', { name: '派往任务' }));
    await shows(detail.getByRole('button', { name: /^派出 / }));
    await desk.keyboard.press('ArrowDown');
    await desk.keyboard.press('d');
    await shows(desk.getByText(/^已派 .+ 执行“/));
    expect(await violationsOf(desk)).toEqual([]);
    const [unit] = sent();
    await duty.call('seat.select', { selection: { kind: 'unit', id: unit?.unit ?? '', at: null } });
    await desk.keyboard.press('Escape');
    await shows(detail.getByRole('region', { name: '承担的任务' }));
    await desk.close();
  },
  WHOLE,
);

test('no window had a fault', () => {
  expect(pages.faults).toEqual([]);
});
