import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alarmSubject } from '../../core/alarms/alarm.ts';
import { launchBrowser } from '../support/browser.ts';
import { type FeedSource, openFeedSource } from '../support/feedSource.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { paintNothing } from '../support/openHall.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';
import { takePictures } from './steps/pictures.ts';
import { makeFolder } from './steps/twoStations.ts';

/** A flood of alarms at the duty officer's desk, by keyboard: thirty gauges say rain, two say water, and one of these is the real one. */
const picture = takePictures(join('test-results', 'alarm-flood'));
const WHOLE = 3 * PATIENCE_MS;
const folder = makeFolder('flood');
let source: FeedSource;
let hall: HallProcess;
let duty: Window;
let browser: Browser;
const faults: string[] = [];

const RAIN = Array.from({ length: 30 }, (_, i) => `RG-${String(i + 1).padStart(3, '0')}`);
const rain = (gauge: string) => alarmSubject('rain-anywhere', gauge);
const FLOOD = alarmSubject('waterlogging', 'WL-001');
const RULES = `rules:
  - rule: rain-anywhere
    name: { zh: 降雨, en: Rain }
    sensor: { kind: rain }
    levels: [{ level: 3, raise: 30, clear: 20, for: 2 }]
`;

async function open(query: string, viewport = { width: 1366, height: 768 }): Promise<Page> {
  const page = await browser.newPage({ viewport });
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => faults.push(`${query}: ${error.message}`));
  await page.goto(`${hall.url}/${query}&token=${hall.token}`, { timeout: PATIENCE_MS });
  return page;
}

const shows = (locator: Locator) => locator.first().waitFor({ state: 'visible', timeout: PATIENCE_MS });
const stateOf = (alarm: string) => duty.item('alarms', alarm)?.state;
const waiting = () => duty.items('alarms').filter(({ acknowledged }) => acknowledged === null).length;
/** The row that has the mark, as a screen reader says it. */
async function marked(page: Page): Promise<string> {
  const grid = page.getByRole('grid', { name: /告警队列|Alarm queue/ }).or(page.getByRole('treegrid'));
  const id = await grid.first().getAttribute('aria-activedescendant');
  return id === null ? '' : ((await page.locator(`[id="${id}"]`).textContent()) ?? '');
}
const marks = (page: Page, words: RegExp) =>
  until(async () => words.test(await marked(page)), { what: `the mark on ${words}`, within: PATIENCE_MS });

beforeAll(async () => {
  const dataDir = folder.path('A');
  paintNothing(dataDir);
  mkdirSync(join(dataDir, 'rules'), { recursive: true });
  writeFileSync(join(dataDir, 'rules', 'rain.yaml'), RULES);
  source = await openFeedSource();
  hall = await startHall({ dataDir, env: { OPSHALL_CITY_FEED: source.url } });
  duty = await openWindow(hall, 'duty');
  await until(() => source.listeners > 0, { what: 'the feed', within: PATIENCE_MS });
  for (const gauge of RAIN) source.hold(gauge, 53.3);
  source.hold('WL-002', 0.2);
  source.hold('WL-001', 0.61);
  await until(() => waiting() === 33, { what: 'thirty-three alarms', within: PATIENCE_MS });
  browser = await launchBrowser();
}, WHOLE);

afterAll(async () => {
  await browser?.close();
  duty?.close();
  await hall?.stop();
  await source?.close();
  folder.remove();
});

test(
  'arrows walk the queue from Alt+2 on, the mark stays on its alarm, and Space takes only what is marked and can be seen',
  async () => {
    const page = await open('?seat=duty&lang=zh-CN#/');
    await shows(page.getByRole('row', { name: /II 重大.*道路积水/ }));
    await page.keyboard.press('Space');
    await marks(page, /未确认.*道路积水.*滨河路下穿/);
    expect(waiting()).toBe(33); // The first press shows which one it will be.
    await page.keyboard.press('Space');
    await until(() => stateOf(FLOOD) === 'acknowledged', { what: 'the flood acknowledged', within: PATIENCE_MS });
    // Its row goes down with it, and so does the mark.
    await marks(page, /已确认.*道路积水.*滨河路下穿/);
    await picture(page, '1-acknowledged');

    await page.keyboard.press('Alt+2');
    await page.keyboard.press('Home');
    await marks(page, /未确认.*降雨/);
    const first = await marked(page);
    await page.keyboard.press('ArrowDown');
    await until(async () => (await marked(page)) !== first, { what: 'the next row', within: PATIENCE_MS });
    const second = duty.item('seats', 'duty')?.selection?.id;
    await page.keyboard.press('Space');
    await until(() => waiting() === 31, { what: 'one alarm more acknowledged', within: PATIENCE_MS });
    expect(stateOf(duty.item('seats', 'duty')?.selection?.id ?? '')).toBe('acknowledged');
    expect(second === undefined || stateOf(second) !== undefined).toBe(true);

    // One stop of Tab: the next one is out of the queue's rows.
    const grid = page
      .locator('[data-region=alarms]')
      .getByRole('grid')
      .or(page.locator('[data-region=alarms]').getByRole('treegrid'));
    await grid.first().focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('[role=grid], [role=treegrid]') === null)).toBe(
      true,
    );

    // Scrolled away, the marked alarm is brought back first.
    await page.keyboard.press('Alt+2');
    await page.keyboard.press('Home');
    await marks(page, /未确认/);
    const before = waiting();
    await page.keyboard.press('Escape');
    expect(waiting()).toBe(before);
    await page.close();
  },
  WHOLE,
);
