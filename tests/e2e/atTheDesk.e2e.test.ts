import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
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

/** Small things at the desk: what comes over a window, what two windows of a seat have each, what is pasted, and room for what is there. */
const picture = takePictures(join('test-results', 'at-the-desk'));
const WHOLE = 3 * PATIENCE_MS;
const folder = makeFolder('desk');
let hall: HallProcess;
/** Another seat, which acts meanwhile. */
let other: Window;
let pages: Pages;

/** One PC: its windows share what a browser keeps. */
const open = (query: string, hash = '#/'): Promise<Page> => pages.open(hall, `${query}${hash}`, { remembers: true });

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const kept = (page: Page, name: string) => page.evaluate((key) => localStorage.getItem(key), name);

async function box(locator: Locator): Promise<{ top: number; bottom: number; height: number }> {
  const { y, height } = (await locator.boundingBox()) ?? expect.fail('it is not on the screen');
  return { top: y, bottom: y + height, height };
}

beforeAll(async () => {
  paintNothing(folder.path('A'));
  hall = await startHall({ dataDir: folder.path('A'), args: ['--drill-after', '1'] });
  other = await openWindow(hall, 'deputy');
  pages = await launchPages();
}, WHOLE);

afterAll(async () => {
  await pages?.close();
  other?.close();
  await hall?.stop();
  folder.remove();
});

test(
  'sheets and the palette end above a call that waits, whatever the window is like, and are whole',
  async () => {
    const page = await open('?seat=duty&lang=zh-CN');
    const call = region(page, '来电');
    await call.waitFor();
    for (const [width, height] of [
      [1366, 768],
      [900, 520],
    ] as const) {
      await page.setViewportSize({ width, height });
      for (const [key, name] of [
        ['?', '全部按键'],
        ['Shift+W', '大屏'],
        ['Control+k', '全部命令'],
      ] as const) {
        await page.keyboard.press(key);
        const sheet = page.getByRole('dialog', { name });
        await sheet.waitFor();
        const [its, row, strip] = [await box(sheet), await box(call), await box(page.getByRole('banner').first())];
        expect(its.bottom, `${name} at ${height}`).toBeLessThanOrEqual(row.top);
        expect(its.top, `${name} at ${height}`).toBeGreaterThanOrEqual(strip.bottom);
        await picture(page, `sheet-${name}-${height}`);
        await page.keyboard.press('Escape');
        await sheet.waitFor({ state: 'hidden' });
      }
    }
    await page.close();
  },
  WHOLE,
);

test(
  'each window has its own form for an incident, through a reload; what a window that is closed had is left to the other',
  async () => {
    const [one, other] = [await open('?seat=duty&lang=zh-CN'), await open('?seat=duty&lang=zh-CN')];
    const form = (page: Page) => region(page, '详情').getByRole('form', { name: '开立突发事件' });
    const words = (page: Page) => form(page).getByLabel('情况');
    for (const [page, text] of [
      [one, '东门冒烟'],
      [other, '西门漏水'],
    ] as const) {
      await page.bringToFront();
      await region(page, '详情').waitFor();
      await page.keyboard.press('n');
      await words(page).fill(text);
    }
    expect([await words(one).inputValue(), await words(other).inputValue()]).toEqual(['东门冒烟', '西门漏水']);
    await one.reload();
    await words(one).waitFor();
    expect([await words(one).inputValue(), await words(other).inputValue()]).toEqual(['东门冒烟', '西门漏水']);
    await other.getByRole('button', { name: /未提交/ }).waitFor({ state: 'hidden' });
    await picture(other, 'form-1366');
    expect(await violationsOf(other)).toEqual([]);

    await one.close({ runBeforeUnload: false });
    await other.getByRole('button', { name: '未提交 1' }).click();
    await other.getByText('东门冒烟').waitFor();
    await other.getByRole('button', { name: '丢弃' }).click();
    expect(await words(other).inputValue()).toBe('西门漏水');
    await other.close();
  },
  WHOLE,
);

test(
  'the language of an address is that of its window alone; one that a person chose is that of the next',
  async () => {
    const page = await open('?seat=duty');
    await region(page, '详情').waitFor();
    const english = await open('?seat=duty&lang=en');
    await region(english, 'Detail').waitFor();
    expect(await kept(english, 'opshall.lang')).toBeNull();
    await page.reload();
    await region(page, '详情').waitFor();

    await english.bringToFront();
    await english.getByRole('button', { name: '切换为中文' }).click();
    await region(english, '详情').waitFor();
    await english.getByRole('button', { name: 'Switch to English' }).click();
    await region(english, 'Detail').waitFor();
    await until(async () => (await kept(english, 'opshall.lang')) === 'en', { what: 'the language being kept' });
    await page.reload();
    await region(page, 'Detail').waitFor();
    await page.close();
    await english.close();
  },
  WHOLE,
);

test(
  'the log tells of a call who called, what was said and what became of it; it is found by who called',
  async () => {
    const calling = (words: string) =>
      until(() => other.items('calls').find(({ text }) => text.zh.includes(words)), {
        what: `the call: ${words}`,
        within: PATIENCE_MS,
      });
    await other.call('calls.note', { call: (await calling('气象台')).id });
    await other.call('incidents.openByHand', {
      ...{ type: 'traffic-accident', title: { zh: '交通事故', en: 'Traffic accident' }, level: 3, words: '车辆熄火' },
      place: { lon: 121.92, lat: 29.16, name: { zh: '港口路', en: 'Gangkou Road' } },
      ...{ caller: { name: '市民', phone: '12345' }, call: (await calling('车辆熄火')).id },
    });
    const log = await open('?seat=duty&lang=zh-CN', '#/log');
    const lines = log.getByRole('listbox', { name: '值班日志' });
    const search = log.getByRole('searchbox', { name: '查找' });
    await log.getByRole('combobox', { name: '类别' }).selectOption({ label: '来电' });
    await lines.getByRole('option', { name: /来电已知悉.*气象台/ }).waitFor();
    await lines
      .getByRole('option', { name: /来电已立项.*车辆熄火.*来电人：市民（12345） 12345.*已立为：港口路 · 交通事故/ })
      .waitFor();
    await picture(log, 'calls');
    await search.fill('12345');
    await lines.getByRole('option', { name: /^\S+\s*来电\s*12345/ }).waitFor();
    await log.close();
  },
  WHOLE,
);

/** An incident that no plan in the library fits. */
const BIRDS = {
  ...{ type: 'other', title: { zh: '大量死鸟', en: 'Dead birds' }, level: 3 as const, words: '' },
  place: { lon: 121.93, lat: 29.17, name: { zh: '港口路', en: 'Gangkou Road' } },
  caller: { name: '', phone: '' },
};
const high = async (page: Page, name: string) => (await box(region(page, name))).height;
/** Square pixels. */
const room = async (it: Locator) => {
  const { width, height } = (await it.boundingBox()) ?? expect.fail('it is not on the screen');
  return width * height;
};

test(
  'a note that is pasted too long stays whole, says by how much, and is not sent',
  async () => {
    const { incident } = await other.call('incidents.openByHand', BIRDS);
    await other.call('seat.select', { selection: { kind: 'incident', id: incident, at: null } });
    const page = await open('?seat=deputy&lang=zh-CN');
    const detail = region(page, '详情');
    const note = detail.getByRole('textbox', { name: /补充|备注|记录/ });
    await note.fill('字'.repeat(2003));
    const fault = detail.getByText('多出 3 字（最多 2000 字），请删减后再提交。');
    await fault.waitFor();
    await note.press('Enter');
    expect((await note.inputValue()).length).toBe(2003);
    expect((await other.incident(incident))?.notes).toEqual([]);
    await picture(page, 'too-long');
    expect(await violationsOf(page)).toEqual([]);
    await note.fill('字'.repeat(2000));
    await fault.waitFor({ state: 'hidden' });
    await note.press('Enter');
    await other.seeIncident(incident, ({ notes }) => notes.length === 1);

    // A plan that does not fit is chosen by the list's keys, and launched by a second press, which a screen reader is told of.
    await page.keyboard.press('Escape');
    await region(page, '态势地图').click({ position: { x: 300, y: 10 } });
    await page.keyboard.press('l');
    const offers = page.getByRole('listbox', { name: '可用预案' });
    await until(() => offers.evaluate((list) => list === document.activeElement), { what: 'the list with the keys' });
    const said = region(page, '预案执行').getByRole('status').filter({ hasText: /Enter/ });
    await said.filter({ hasText: '没有符合条件的预案' }).waitFor();
    await page.keyboard.press('ArrowDown');
    const chosen = await offers.getAttribute('aria-activedescendant');
    expect(await page.locator(`[id="${chosen}"]`).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Enter');
    await said.filter({ hasText: /条件不符：.*再按一次 Enter 仍然启动。/ }).waitFor();
    expect(await page.getByRole('option').getByRole('status').count()).toBe(0);
    await until(async () => (await high(page, '预案执行')) > 250, { what: 'room for the plans', within: PATIENCE_MS });
    await picture(page, 'second-press');
    expect(await violationsOf(page)).toEqual([]);
    expect(other.items('runs').filter((run) => run.incident === incident)).toEqual([]);
    await page.keyboard.press('Enter');
    await until(() => other.items('runs').find((run) => run.incident === incident), {
      what: 'the run',
      within: PATIENCE_MS,
    });
    await page.close();
  },
  WHOLE,
);

test(
  'the form for an incident is seen whole at 1366 by 768 while a run goes on, and gives its room back; no plan, no room for it',
  async () => {
    const page = await open('?seat=deputy&lang=en');
    const form = region(page, 'Detail').getByRole('form', { name: 'New incident' });
    const plan = region(page, 'Plan run');
    await until(async () => (await high(page, 'Plan run')) > 200, { what: 'room for the run', within: PATIENCE_MS });
    const before = await high(page, 'Detail');
    await page.keyboard.press('n');
    await form.waitFor();
    await until(async () => (await high(page, 'Detail')) > 350, { what: 'room for the form', within: PATIENCE_MS });
    await picture(page, 'form-with-run-1366');
    await page.setViewportSize({ width: 1920, height: 1080 });
    await picture(page, 'form-with-run-1920');
    const buttons = await box(form.getByRole('button', { name: 'Open an incident' }));
    expect(buttons.bottom).toBeLessThanOrEqual((await box(region(page, 'Detail'))).bottom);
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.keyboard.press('Escape');
    await until(async () => (await high(page, 'Detail')) <= before, {
      what: 'the room as before',
      within: PATIENCE_MS,
    });

    const withRun = await room(plan);
    const { incident } = await other.call('incidents.openByHand', BIRDS);
    await other.call('seat.select', { selection: { kind: 'incident', id: incident, at: null } });
    const launch = plan.getByRole('button', { name: 'Launch a plan' });
    await launch.waitFor();
    await until(async () => (await room(plan)) < 0.7 * withRun, { what: 'less room for no plan', within: PATIENCE_MS });
    expect((await box(launch)).bottom).toBeLessThanOrEqual(768);
    await picture(page, 'no-run-1366');
    await page.close();
    expect(pages.faults).toEqual([]);
  },
  WHOLE,
);
