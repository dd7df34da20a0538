import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alarmSubject } from '../../core/alarms/alarm.ts';
import { paintNothing } from '../../scripts/drill/paintNothing.ts';
import { violationsOf } from '../support/axe.ts';
import { type FeedSource, openFeedSource } from '../support/feedSource.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';
import { type Looks, launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { makeFolder } from './steps/twoStations.ts';

/** A flood of alarms at the duty officer's desk, by keyboard: thirty gauges say rain, two say water, and one of these is the real one. */
const picture = takePictures(join('test-results', 'alarm-flood'));
const WHOLE = 3 * PATIENCE_MS;
const folder = makeFolder('flood');
let source: FeedSource;
let hall: HallProcess;
let duty: Window;
let pages: Pages;

const RAIN = Array.from({ length: 30 }, (_, i) => `RG-${String(i + 1).padStart(3, '0')}`);
const FLOOD = alarmSubject('waterlogging', 'WL-001');
const RULES = `rules:
  - rule: rain-anywhere
    name: { zh: 降雨, en: Rain }
    sensor: { kind: rain }
    levels: [{ level: 3, raise: 30, clear: 20, for: 2 }]
`;

const open = (address: string, looks?: Looks): Promise<Page> => pages.open(hall, address, looks);
const shows = (locator: Locator) => locator.first().waitFor({ state: 'visible', timeout: PATIENCE_MS });
const stateOf = (alarm: string) => duty.item('alarms', alarm)?.state;
const waiting = () => duty.items('alarms').filter(({ acknowledged }) => acknowledged === null).length;
const waits = (count: number) =>
  until(() => waiting() === count, { what: `${count} alarms that wait`, within: PATIENCE_MS });
const gridOf = (page: Page) => page.getByRole('grid', { name: /^(告警队列|Alarm queue)$/ });
/** The row that has the mark, as a screen reader finds it. */
async function marked(page: Page): Promise<string> {
  const id = await gridOf(page).getAttribute('aria-activedescendant');
  return id === null ? '' : ((await page.locator(`[id="${id}"]`).textContent()) ?? '');
}
const marks = (page: Page, words: RegExp) =>
  until(async () => words.test(await marked(page)), { what: `the mark on ${words}`, within: PATIENCE_MS });

beforeAll(async () => {
  const dataDir = folder.path('A');
  paintNothing(dataDir);
  mkdirSync(join(dataDir, 'rules'), { recursive: true });
  writeFileSync(join(dataDir, 'rules', 'rain.yaml'), RULES);
  // Behind the clock by what is said here: ages are those of a shift.
  source = await openFeedSource(Date.now() - 600_000);
  hall = await startHall({ dataDir, env: { OPSHALL_CITY_FEED: source.url } });
  duty = await openWindow(hall, 'duty');
  await until(() => source.listeners > 0, { what: 'the feed', within: PATIENCE_MS });
  for (const gauge of RAIN) source.hold(gauge, 53.3);
  source.hold('WL-002', 0.2);
  source.hold('WL-001', 0.61);
  await waits(32);
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
  'arrows walk the queue from Alt+2 on, and Space takes only what is marked: the first press shows it, the second acknowledges it',
  async () => {
    const page = await open('?seat=duty&lang=zh-CN#/');
    const row = page.getByRole('row', { name: /II 重大.*道路积水/ });
    await shows(row);
    const levels = page.getByRole('group', { name: '队列显示内容' }).getByRole('button', { name: /^[IV]+ \d/ });
    expect(await levels.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')))).toEqual([
      ...['I 0 特别重大', 'II 1 重大', 'III 30 较大', 'IV 1 一般'],
    ]);
    // What its gauge says now, how old that is and where it is going, beside the value that raised it.
    for (const [value, going] of [
      [0.7, '上升'],
      [0.5, '下降'],
    ] as const) {
      source.say('WL-001', value);
      await shows(row.getByRole('img', { name: going }));
      expect(await row.textContent()).toMatch(new RegExp(`${value.toFixed(2)}m\\d+.* · 触发 0\\.61`));
    }
    await page.keyboard.press('Space');
    await marks(page, /未确认道路积水滨河路下穿/);
    expect(waiting()).toBe(32);
    await page.keyboard.press('Space');
    await until(() => stateOf(FLOOD) === 'acknowledged', { what: 'the flood acknowledged', within: PATIENCE_MS });
    // It keeps its place under the mark, and is not the next to be taken.
    await marks(page, /已确认道路积水滨河路下穿/);
    await picture(page, '1-acknowledged');
    expect(await violationsOf(page)).toEqual([]);

    await page.keyboard.press('Alt+2');
    await page.keyboard.press('ArrowDown');
    await marks(page, /未确认降雨/);
    await page.keyboard.press('Space');
    await marks(page, /已确认降雨/);
    await waits(30);
    // The grid is one stop of Tab.
    await page.keyboard.press('Tab');
    expect(await gridOf(page).evaluate((grid) => grid.contains(document.activeElement))).toBe(false);
    await page.close();
  },
  WHOLE,
);

/** The marks on the map around which a ring says that something is new: for how many alarms each stands, and where, the fullest first. */
const rings = (page: Page) =>
  page.locator('[data-alarms]').evaluateAll((all) =>
    all
      .map((ring) => {
        const { x, y } = ring.getBoundingClientRect();
        return { count: Number(ring.getAttribute('data-alarms')), x, y };
      })
      .sort((one, other) => other.count - one.count),
  );

test(
  'on the map alarms near each other stand as one mark, which opens; the chosen one stands by itself',
  async () => {
    const page = await open('?seat=duty&lang=zh-CN#/situation', {
      ...{ map: true, viewport: { width: 720, height: 480 } },
    });
    const canvas = page.locator('canvas[aria-label="地图"]');
    await shows(canvas);
    await canvas.focus();
    const together = async () => {
      const all = await rings(page);
      return (all[0]?.count ?? 0) > 10 && all.reduce((sum, { count }) => sum + count, 0) >= waiting();
    };
    /** Goes so far away that most alarms stand as one; between two steps the map comes to rest, and rings are where marks are. */
    const goFar = async (what: string) => {
      const step = async () => {
        for (let presses = 0; presses < 3; presses++) await canvas.press('-');
        return until(together, { within: 3000 });
      };
      await until(async () => (await together()) || (await step()), { what, within: PATIENCE_MS });
    };
    await goFar('a mark that stands for more than ten alarms');
    await picture(page, '2-together');
    // A map that was still on its way has drawn marks together since, and one that moves is clicked beside the mark.
    let most = 0;
    const opened = async () => {
      const [fullest] = await rings(page);
      most = Math.max(most, fullest?.count ?? 0);
      return fullest !== undefined && fullest.count < most;
    };
    const click = async () => {
      const [fullest] = await rings(page);
      if (fullest) await page.mouse.click(fullest.x, fullest.y);
      return until(opened, { within: 3000 });
    };
    await until(async () => (await opened()) || (await click()), {
      what: 'the mark being opened',
      within: PATIENCE_MS,
    });

    const before = duty.item('seats', 'duty')?.selection ?? null;
    const one = duty.items('alarms').find(({ rule, acknowledged }) => rule === 'rain-anywhere' && !acknowledged);
    if (!one) throw new Error('no alarm of the rain waits');
    await duty.call('seat.select', { selection: { kind: 'alarm', id: one.id, at: null } });
    const alone = page.locator(`[data-mark="alarm/${one.id}"][data-alarms="1"]`);
    await alone.waitFor({ state: 'attached', timeout: PATIENCE_MS });
    await goFar('the others as one mark beside the chosen');
    await alone.waitFor({ state: 'attached', timeout: PATIENCE_MS });
    await picture(page, '2-chosen-alone');
    expect(await violationsOf(page)).toEqual([]);
    await duty.call('seat.select', { selection: before });
    await page.close();
  },
  WHOLE,
);

test(
  'a group is opened and asked for by the first press, and acknowledged by the second, each alarm by an event of its own',
  async () => {
    const page = await open('?seat=duty&lang=zh-CN#/alarms', { viewport: { width: 900, height: 600 } });
    await shows(page.getByText(/告警潮：10 分钟内 \d+ 条/));
    await shows(page.getByRole('row', { name: /未确认 降雨/ }));
    await page.keyboard.press('t');
    await shows(page.getByRole('row', { name: /降雨 ×30/ }));
    await page.keyboard.press('End');
    await marks(page, /降雨 ×30/);
    await page.keyboard.press('Space');
    await shows(page.getByText('再按一次空格，确认“降雨 ×30”中的 29 条告警'));
    await shows(page.getByRole('row', { name: /未确认 降雨/ }));
    expect(waiting()).toBe(30);
    await picture(page, '3-asked');
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByText(/再按一次空格/).waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    await page.keyboard.press('Space');
    await page.keyboard.press('Space');
    await waits(1);
    const rained = duty.items('alarms').filter(({ id }) => id.startsWith('alarm:rain-anywhere:'));
    expect(new Set(rained.map(({ acknowledged }) => acknowledged?.event)).size).toBe(30);
    for (let presses = 0; presses < 3; presses++) await page.keyboard.press('t');
    expect(await page.getByRole('combobox', { name: '分组' }).inputValue()).toBe('none');
    await page.keyboard.press('p');
    await page.reload();
    await until(async () => (await page.getByRole('combobox', { name: '排序' }).inputValue()) === 'newest', {
      ...{ what: 'the order that was chosen', within: PATIENCE_MS },
    });
    await page.close();
  },
  WHOLE,
);

test(
  'in English: levels and words filter by key, the detail tells the rule, and a new level I is said to a screen reader',
  async () => {
    const page = await open('?seat=duty&lang=en#/alarms', { viewport: { width: 900, height: 600 } });
    await shows(page.getByRole('row', { name: /Acked Rain/ }));
    await page.keyboard.press('4');
    await page.getByRole('row', { name: /Rain/ }).first().waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    await shows(page.getByRole('row', { name: /New Road waterlogging/ }));
    await page.keyboard.press('0');
    await page.keyboard.press('f');
    await page.keyboard.type('waterlogging');
    await page.getByRole('row', { name: /Rain/ }).first().waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Home');
    await marks(page, /Road waterlogging.*raised 0\.61/);
    source.hold('WL-001', 1.3);
    const said = page.getByRole('alert').filter({ hasText: /Level I alarm: .*Binhe Road underpass/ });
    await said.waitFor({ state: 'attached' });
    await page.close();

    const detail = await open('?seat=duty&lang=en#/detail', { viewport: { width: 900, height: 900 } });
    await shows(detail.getByText('at or above 1.20 m for 3 s · clears at 1 m'));
    await shows(detail.getByText(/threshold 1\.20 m/));
    await shows(detail.getByText(/The system administrator: a rule of the same name/));
    await picture(detail, '4-rule');
    expect(await violationsOf(detail)).toEqual([]);
    await detail.close();
  },
  WHOLE,
);

test(
  'an alarm that got worse after its incident was closed says so, and Enter makes another incident of it',
  async () => {
    const other = alarmSubject('waterlogging', 'WL-002');
    const before = duty.item('seats', 'duty')?.selection ?? null;
    const { incident: closed } = await duty.call('incidents.open', { alarm: other });
    await duty.call('incidents.close', { incident: closed, reason: '积水已退' });
    source.hold('WL-002', 0.61);
    const page = await open('?seat=duty&lang=zh-CN#/');
    await shows(page.getByRole('row', { name: /事件结束后加重/ }));
    await duty.call('seat.select', { selection: { kind: 'alarm', id: other, at: null } });
    await shows(page.getByText(/结束后，告警在 \S+ 加重为II级 重大/));
    await page.keyboard.press('Enter');
    const another = await until(() => [duty.item('alarms', other)?.incident].find((it) => it && it !== closed), {
      ...{ what: 'another incident', within: PATIENCE_MS },
    });
    await shows(page.getByText('此前已结束的事件'));
    await picture(page, '4-worse');
    await duty.call('incidents.close', { incident: another, reason: '积水已退' });
    await duty.call('seat.select', { selection: before });
    await page.close();
  },
  WHOLE,
);

test(
  'what is over is found on H by initials, chosen by arrows and told; Shift+A lists nuisances, and Escape brings the queue back',
  async () => {
    for (const gauge of RAIN) source.hold(gauge, 5);
    await until(() => duty.items('alarms').every(({ rule }) => rule !== 'rain-anywhere'), {
      ...{ what: 'the rain over', within: PATIENCE_MS },
    });
    const page = await open('?seat=duty&lang=zh-CN#/');
    await shows(gridOf(page));
    await page.keyboard.press('h');
    const history = page.getByRole('listbox', { name: '告警历史' });
    await shows(history.getByRole('option', { name: /降雨/ }));
    await page.keyboard.press('f');
    await page.keyboard.type('jiangyu');
    await shows(page.getByText('没有符合条件的告警'));
    await page.keyboard.press('Escape');
    await page.keyboard.press('f');
    await page.keyboard.type('jy');
    await until(async () => (await history.getByRole('option').count()) === 30, {
      ...{ what: 'what its initials find', within: PATIENCE_MS },
    });
    expect(await history.getByRole('option', { name: /降雨/ }).count()).toBe(30);
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await shows(history.getByRole('option', { name: /降雨/, selected: true }));
    const story = page.getByRole('list', { name: '告警经过' });
    await shows(story.getByText(/第 1 次触发：.*53\.3/));
    await shows(story.getByText(/^解除：/));
    await picture(page, '5-history');
    await page.keyboard.press('Shift+A');
    // Raised, and once worse.
    await shows(page.getByRole('listbox', { name: '干扰告警：频发' }).getByRole('option', { name: /道路积水.*2 次/ }));
    await page.keyboard.press('Escape');
    await shows(gridOf(page));
    await page.close();
    expect(pages.faults).toEqual([]);
  },
  WHOLE,
);
