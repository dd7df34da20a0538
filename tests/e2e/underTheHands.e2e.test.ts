import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StepView } from '../../contract/features/plans.ts';
import { paintNothing } from '../../scripts/drill/paintNothing.ts';
import type { FeedSource } from '../support/feedSource.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';
import { launchFloodPlan, startFlooded } from './steps/flood.ts';
import { launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { makeFolder } from './steps/twoStations.ts';

/** What others do while somebody writes: nothing is lost, nothing is done by accident. */
const picture = takePictures(join('test-results', 'under-the-hands'));
/** A step that never comes ends a test by name before this does. */
const WHOLE = 3 * PATIENCE_MS;
const folder = makeFolder('hands');
let hall: HallProcess;
let source: FeedSource;
/** Another window of the duty officer's seat, and the department that acts meanwhile. */
let other: Window;
let pages: Pages;
let incident: string;
let run: string;

const open = (address: string): Promise<Page> => pages.open(hall, address);

const stepNow = (id: string): StepView | undefined => other.item('runs', run)?.steps.find((step) => step.id === id);
const stepBecomes = (id: string, wished: (step: StepView) => boolean) =>
  until(
    () => {
      const step = stepNow(id);
      return step && wished(step);
    },
    { what: `step ${id} as wished`, within: PATIENCE_MS },
  );
const inspectorOf = (page: Page) => page.getByRole('complementary', { name: '任务' });
const shows = (locator: Locator) => locator.first().waitFor({ state: 'visible', timeout: PATIENCE_MS });
const at = (step: string) => ({ run, step });

beforeAll(async () => {
  const dataDir = folder.path('A');
  paintNothing(dataDir);
  const flooded = await startFlooded({ dataDir, seat: 'duty' });
  ({ hall, source, window: other } = flooded);
  pages = await launchPages();
  ({ incident, run } = await launchFloodPlan(flooded));
  // An alarm that is of no incident.
  source.hold('WL-002', 0.2);
  await other.call('seat.select', { selection: { kind: 'incident', id: incident, at: null } });
  for (const step of ['verify', 'activate']) await other.call('runs.finish', at(step));
  // With these acknowledged the corridor is the most urgent step.
  for (const step of ['close-underpass', 'dispatch-rescue', 'pumps-on', 'ambulance'])
    await other.call('runs.acknowledge', at(step));
}, WHOLE);

afterAll(async () => {
  await pages?.close();
  other?.close();
  await hall?.stop();
  await source?.close();
  folder.remove();
});

test(
  'a reason being typed stays while another step becomes the most urgent, and no letter of it decides anything',
  async () => {
    const page = await open('?seat=duty&lang=zh-CN#/plan');
    const inspector = inspectorOf(page);
    await shows(inspector.getByRole('heading', { name: '开通应急通道' }));
    await page.keyboard.press('x');
    const field = inspector.getByRole('textbox', { name: /跳过，原因/ });
    await shows(field);
    await page.keyboard.type('井盖已由社区看护，水深');
    await other.call('runs.finish', at('power-check'));
    await stepBecomes('cut-power', (step) => step.state === 'ready');
    await shows(page.getByRole('button', { name: /^是否切断下穿段电源 待决策/ }));
    await page.keyboard.type('12厘米 as f');
    expect(await field.inputValue()).toBe('井盖已由社区看护，水深12厘米 as f');
    await shows(inspector.getByRole('heading', { name: '开通应急通道' }));

    await page.reload();
    await until(async () => (await field.inputValue()) === '井盖已由社区看护，水深12厘米 as f', {
      what: 'the text after a reload',
      within: PATIENCE_MS,
    });
    expect(stepNow('cut-power')).toMatchObject({ state: 'ready', chosen: null });
    await page.getByRole('button', { name: 'Switch to English' }).click();
    await shows(page.getByRole('button', { name: '中文' }));
    expect(await page.getByRole('complementary').getByRole('textbox').inputValue()).toMatch(/^井盖/);
    await page.getByRole('button', { name: '中文' }).click();
    await field.focus();
    await page.keyboard.press('Enter');
    await stepBecomes(
      'corridor',
      (step) => step.state === 'skipped' && step.note === '井盖已由社区看护，水深12厘米 as f',
    );
    await field.waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    expect(stepNow('cut-power')).toMatchObject({ state: 'ready', chosen: null });
    await page.close();
  },
  WHOLE,
);

test(
  'a step that somebody else finishes keeps what is being typed about it, says so, and lets it be copied',
  async () => {
    const page = await open('?seat=duty&lang=zh-CN#/plan');
    await page.getByRole('button', { name: /^通知医院预留床位/ }).click({ timeout: PATIENCE_MS });
    await page.keyboard.press('x');
    const inspector = inspectorOf(page);
    const field = inspector.getByRole('textbox', { name: /跳过，原因/ });
    await shows(field);
    await page.keyboard.type('医院无');
    await other.call('runs.finish', at('hospital'));
    await shows(inspector.getByText(/此任务已由他人处理（完成），不能再提交。.*文字已保留/));
    await page.keyboard.type('床位1');
    expect(await field.inputValue()).toBe('医院无床位1');
    await picture(page, 'kept');
    await shows(inspector.getByRole('button', { name: '复制文字' }));
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    await page.getByRole('button', { name: '未提交 1' }).click({ timeout: PATIENCE_MS });
    await shows(page.getByText('医院无床位1'));
    await page.getByRole('button', { name: '丢弃' }).click();
    await page.getByRole('button', { name: /未提交/ }).waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    expect(stepNow('cut-power')).toMatchObject({ state: 'ready', chosen: null });
    await page.close();
  },
  WHOLE,
);

test(
  'a decision by its number asks for the number a second time, and says what it will be',
  async () => {
    const page = await open('?seat=duty&lang=zh-CN#/plan');
    const inspector = inspectorOf(page);
    await page.getByRole('button', { name: /^是否切断下穿段电源/ }).click({ timeout: PATIENCE_MS });
    await shows(inspector.getByRole('heading', { name: '是否切断下穿段电源' }));
    await page.keyboard.press('1');
    await shows(inspector.getByText('再按一次 1 或回车键，决定“立即断电”。'));
    await picture(page, 'confirm');
    await page.keyboard.press('Escape');
    await inspector.getByText(/再按一次/).waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    await page.keyboard.press('1');
    await page.keyboard.press('2');
    await shows(inspector.getByText('再按一次 2 或回车键，决定“保电监护”。'));
    expect(stepNow('cut-power')?.chosen).toBeNull();
    await page.keyboard.press('Enter');
    await stepBecomes('cut-power', (step) => step.chosen === 'keep');
    await page.close();
  },
  WHOLE,
);

test(
  'A, S and F in a row work on one step, whatever becomes more urgent meanwhile',
  async () => {
    const page = await open('?seat=duty&lang=zh-CN#/plan');
    const inspector = inspectorOf(page);
    await page.getByRole('button', { name: /^井盖巡查与警示/ }).click({ timeout: PATIENCE_MS });
    await shows(inspector.getByRole('heading', { name: '井盖巡查与警示' }));
    for (const [key, said] of [
      ['a', '已签收'],
      ['s', '进行中'],
      ['f', '完成'],
    ] as const) {
      await page.keyboard.press(key);
      await shows(inspector.getByText(said, { exact: true }));
      await shows(inspector.getByRole('heading', { name: '井盖巡查与警示' }));
    }
    await stepBecomes('manholes', (step) => step.state === 'done');
    await shows(inspector.getByRole('button', { name: /^转到最紧要的任务/ }));
    await page.keyboard.press('Escape');
    await inspector.getByRole('heading', { name: '井盖巡查与警示' }).waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    // The most urgent of its own accord, this time: after A it is not, and S and F still mean it.
    const title = (await inspector.getByRole('heading').first().textContent()) ?? '';
    const urgent = other.item('runs', run)?.steps.find((step) => step.title.zh === title);
    // As fast as a hand can: no answer of the hall is waited for between them.
    const keys = { ready: 'asf', acknowledged: 'sf', started: 'f' }[urgent?.state as 'ready'] ?? '';
    for (const key of keys) await page.keyboard.press(key);
    await stepBecomes(urgent?.id ?? '', (step) => step.state === 'done');
    await page.close();
  },
  WHOLE,
);

test(
  'half a note stays where it is when another window of the seat chooses something, and its rest is no command',
  async () => {
    const page = await open('?seat=duty&lang=zh-CN#/');
    const detail = page.getByRole('region', { name: '详情', exact: true });
    const note = detail.getByRole('textbox', { name: /记录|情况|说明|备注/ }).last();
    await note.click({ timeout: PATIENCE_MS });
    await page.keyboard.type('积水');
    const seat = () => other.item('seats', 'duty');
    const waiting = () => other.items('alarms').filter((alarm) => alarm.acknowledged === null).length;
    const unacknowledged = waiting();
    const alarm = other.items('alarms').find((it) => it.incident === null) ?? other.items('alarms')[0];
    await other.call('seat.select', { selection: { kind: 'alarm', id: alarm?.id ?? '', at: null } });
    await shows(page.getByRole('button', { name: '另一窗口已改选 · 转到' }));
    await page.keyboard.type('c 88 lw');
    expect(await note.inputValue()).toBe('积水c 88 lw');

    // The page itself takes the caret away: what is typed on is no command either.
    await note.evaluate((field: HTMLInputElement) => field.blur());
    await page.keyboard.type('c 88 lw1\n');
    await shows(page.getByText(/输入框已关闭，按键没有执行/));
    await picture(page, 'note');
    expect(waiting()).toBeGreaterThanOrEqual(unacknowledged);
    expect(seat()?.cameras).toEqual([]);
    expect(other.items('walls')).toEqual([]);
    expect(await page.getByText('可用预案').count()).toBe(0);

    await page.getByRole('button', { name: '另一窗口已改选 · 转到' }).click();
    await shows(page.getByRole('button', { name: '未提交 1' }));
    await note.waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    await other.call('seat.select', { selection: { kind: 'incident', id: incident, at: null } });
    await until(async () => (await note.inputValue()) === '积水c 88 lw', {
      what: 'the half note',
      within: PATIENCE_MS,
    });
    await page.close();
  },
  WHOLE,
);

test(
  'what is typed outlives the hall: said beside the form while it is away, sent once it is back',
  async () => {
    const page = await open('?seat=duty&lang=zh-CN#/plan');
    const inspector = inspectorOf(page);
    await page
      .getByRole('button', { name: /^应急发电车保障泵站|^封闭下穿通道/ })
      .first()
      .click();
    const title = (await inspector.getByRole('heading').first().textContent()) ?? '';
    const step = other.item('runs', run)?.steps.find((it) => it.title.zh === title);
    await page.keyboard.press('x');
    const field = inspector.getByRole('textbox', { name: /跳过，原因/ });
    await shows(field);
    await page.keyboard.type('由交警代办');
    const { port } = hall;
    other.close();
    await hall.kill();
    await shows(page.getByText('与大厅服务的连接中断'));
    await page.keyboard.press('Enter');
    await shows(inspector.getByText('与大厅服务的连接已断，没有发出，也没有执行。连接恢复后请再提交一次。'));
    expect(await field.inputValue()).toBe('由交警代办');
    await picture(page, 'away');
    hall = await startHall({ dataDir: folder.path('A'), port, args: [] });
    other = await openWindow(hall, 'duty');
    await page.getByText('与大厅服务的连接中断').waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    expect(await field.inputValue()).toBe('由交警代办');
    await page.keyboard.press('Enter');
    await stepBecomes(step?.id ?? '', (it) => it.state === 'skipped' && it.note === '由交警代办');
    await page.close();
    expect(pages.faults).toEqual([]);
  },
  WHOLE,
);
