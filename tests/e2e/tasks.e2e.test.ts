import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StepView } from '../../contract/features/plans.ts';
import { paintNothing } from '../../scripts/drill/paintNothing.ts';
import { violationsOf } from '../support/axe.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';
import { launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { countTones, tonesOf } from './steps/tones.ts';
import { makeFolder } from './steps/twoStations.ts';

/** What a department is told to do, where and how loudly; what is done and taken back; how a run ends and is rated. */
const picture = takePictures(join('test-results', 'tasks'));
/** A step that never comes ends a test by name before this does. */
const WHOLE = 3 * PATIENCE_MS;
const folder = makeFolder('tasks');
let hall: HallProcess;
let duty: Window;
let pages: Pages;
/** Two floods, each with a run of the same plan. */
let told: { incident: string; run: string };
let phoned: { incident: string; run: string };

const open = (address: string): Promise<Page> => pages.open(hall, address, { before: countTones });
const shows = (locator: Locator) => locator.first().waitFor({ state: 'visible', timeout: PATIENCE_MS });
const runNow = (run: string) => duty.item('runs', run);
const stepBecomes = (run: string, id: string, wished: (step: StepView) => boolean) =>
  until(
    () => {
      const step = runNow(run)?.steps.find((each) => each.id === id);
      return step !== undefined && wished(step);
    },
    { what: `step ${id} as wished`, within: PATIENCE_MS },
  );

beforeAll(async () => {
  const dataDir = folder.path('A');
  paintNothing(dataDir);
  hall = await startHall({ dataDir });
  duty = await openWindow(hall, 'duty');
  pages = await launchPages();
  const launch = async (incident: string) => {
    const { plans } = await duty.call('plans.offer', { incident });
    const version = plans.find(({ id }) => id === 'urban-flooding')?.version ?? 0;
    const { run } = await duty.call('runs.launch', { incident, plan: 'urban-flooding', version });
    return { incident, run };
  };
  const flood = (level: 2 | 3, zh: string, en: string, lon: number) =>
    duty.call('incidents.openByHand', {
      ...{ type: 'urban-flooding', title: { zh: '道路积水', en: 'Road under water' }, level, words: '' },
      place: { lon, lat: 29.17, name: { zh, en } },
      caller: { name: '', phone: '' },
    });
  told = await launch((await flood(2, '滨河路下穿', 'Binhe Road underpass', 121.97)).incident);
  phoned = await launch((await flood(3, '南塘路', 'Nantang Road', 121.94)).incident);
}, WHOLE);

afterAll(async () => {
  await pages?.close();
  duty?.close();
  await hall?.stop();
  folder.remove();
});

test(
  'a department hears its tasks and sees where each is, how bad, and of which incident; the map goes with the choice',
  async () => {
    const page = await open('?seat=fire&lang=zh-CN');
    const cards = page.getByRole('list', { name: '我的任务' }).locator('> li');
    const [first, second] = [cards.nth(0), cards.nth(1)];
    await shows(first.getByText('II级 重大'));
    // Nothing is to be done yet; then there is, and it is heard.
    expect(await tonesOf(page)).toBe(0);
    for (const { run } of [told, phoned]) await duty.call('runs.finish', { run, step: 'verify' });
    await shows(first.getByText(/滨河路下穿/));
    await shows(first.getByText('事件 1/2'));
    await shows(second.getByText('III级 较大'));
    await shows(second.getByText(/南塘路/));
    await shows(second.getByText('事件 2/2'));
    const others = page.getByRole('complementary', { name: '事件与各部门进度' });
    for (const where of [/^滨河路下穿 · /, /^南塘路 · /]) await shows(others.getByRole('region', { name: where }));
    const beside = others.getByRole('region');
    expect(await beside.allInnerTexts()).toEqual([
      expect.stringContaining('滨河路下穿'),
      expect.stringContaining('南塘路'),
    ]);
    await picture(page, 'department');
    expect(await violationsOf(page)).toEqual([]);

    await shows(page.getByText('有任务待签收，提示音响起，签收后停止'));
    await until(async () => (await tonesOf(page)) > 0, { what: 'a tone', within: PATIENCE_MS });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('静音 2 分钟');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: '静音 2 分钟，原因' }).fill('正在通话');
    await page.keyboard.press('Enter');
    await shows(page.getByText(/已静音，剩 .*正在通话/));

    await page.getByRole('region', { name: '预案执行' }).first().focus();
    await page.keyboard.press('ArrowDown');
    await duty.see('seats', 'fire', (seat) => seat.selection?.id === phoned.incident, PATIENCE_MS);
    await page.keyboard.press('a');
    await page.keyboard.press('s');
    await page.keyboard.press('f');
    await stepBecomes(phoned.run, 'dispatch-rescue', (step) => step.state === 'done');
    await shows(page.getByRole('status').filter({ hasText: '已完成“派出水域救援力量”' }));
    await page.keyboard.press('u');
    await stepBecomes(phoned.run, 'dispatch-rescue', (step) => step.state === 'started' && step.reopened !== null);
    expect(runNow(told.run)?.steps.find(({ id }) => id === 'dispatch-rescue')).toMatchObject({ state: 'ready' });
    await page.close();
  },
  WHOLE,
);

test(
  'a decision is taken by two presses and back by one; a settled step is opened again with a reason',
  async () => {
    for (const step of ['activate', 'power-check']) await duty.call('runs.finish', { run: told.run, step });
    const page = await open(`?seat=duty&lang=en#/plan/${told.run}`);
    await page.getByRole('button', { name: /^Cut the underpass power/ }).click({ timeout: PATIENCE_MS });
    // The same plan runs twice: where is said of each.
    const pick = page.getByRole('combobox', { name: 'Choose a run' });
    for (const where of ['Binhe Road underpass', 'Nantang Road'])
      await pick.locator('option', { hasText: `${where} · ` }).waitFor({ state: 'attached', timeout: PATIENCE_MS });
    const inspector = page.getByRole('complementary', { name: 'Step' });
    await page.keyboard.press('1');
    await shows(inspector.getByText(/Press 1 again or Enter to decide “Cut it now”/));
    await page.keyboard.press('1');
    await stepBecomes(told.run, 'cut-power', (step) => step.chosen === 'cut');
    await shows(page.getByRole('button', { name: /Take back/ }));
    await picture(page, 'undo');
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('u');
    await stepBecomes(told.run, 'cut-power', (step) => step.chosen === null && step.state === 'ready');
    await page.getByRole('button', { name: /Take back/ }).waitFor({ state: 'hidden', timeout: PATIENCE_MS });

    await page.getByRole('button', { name: /^Verify on video/ }).click();
    await page.keyboard.press('r');
    await inspector.getByRole('textbox', { name: 'Opened again because' }).fill('the wrong underpass');
    await page.keyboard.press('Enter');
    await stepBecomes(told.run, 'verify', (step) => step.state === 'ready' && step.note === 'the wrong underpass');
    await shows(inspector.getByText('the wrong underpass'));
    await duty.call('runs.finish', { run: told.run, step: 'verify' });
    await page.close();
  },
  WHOLE,
);

test(
  'an all-clear that is refused says so beside its form without codes; given by force it is taken back, and rated at last',
  async () => {
    const page = await open(`?seat=duty&lang=zh-CN#/plan/${told.run}`);
    const plan = page.getByRole('region', { name: '预案执行' });
    await shows(plan.getByText('执行中', { exact: true }));
    const reason = plan.getByRole('textbox', { name: '解除响应，原因' });
    await page.keyboard.press('e');
    await reason.fill('积水退尽');
    await page.keyboard.press('Enter');
    const refusal = plan.getByRole('alert');
    await shows(refusal.filter({ hasText: /尚有 \d+ 项任务未结束/ }));
    expect(await refusal.first().textContent()).not.toMatch(/[A-Za-z]{4,}/);
    const force = plan.getByRole('checkbox', { name: /跳过未完成的/ });
    await force.focus();
    await page.keyboard.press('Enter');
    await until(() => force.isChecked(), { what: 'the box ticked by Enter', within: PATIENCE_MS });
    await reason.focus();
    await page.keyboard.press('Enter');
    await until(() => runNow(told.run)?.state === 'ended', { what: 'the end', within: PATIENCE_MS });
    await shows(plan.getByText(/跳过 \d+$/));
    await shows(plan.getByRole('status').filter({ hasText: '响应已解除' }));
    await picture(page, 'all-clear');
    await page.keyboard.press('u');
    await until(() => runNow(told.run)?.state === 'running' && runNow(told.run)?.skipped === 0, {
      what: 'the run going on',
      within: PATIENCE_MS,
    });
    expect((await duty.incident(told.incident))?.state).toBe('open');

    await duty.call('runs.allClear', { run: told.run, reason: '积水退尽', force: true });
    await shows(plan.getByText('已解除', { exact: true }));
    await page.keyboard.press('p');
    const words = plan.getByRole('textbox', { name: '评价意见' });
    await shows(words);
    await page.keyboard.press('Enter'); // Nothing is chosen in advance.
    await shows(plan.getByText('请先按 1–5 选择评分。'));
    await page.keyboard.press('5');
    await until(() => plan.getByRole('radio', { name: '5 优秀' }).isChecked(), { what: 'a 5', within: PATIENCE_MS });
    await words.fill('到场很快');
    await page.keyboard.press('Enter');
    await shows(plan.getByText(/评价 5 优秀 · 到场很快/));
    await picture(page, 'rated');
    expect(await violationsOf(page)).toEqual([]);
    // A hall that is busy says so, and is asked again.
    const { html } = await until(
      () => duty.call('runs.report', { run: told.run, lang: 'zh-CN' }).catch(() => undefined),
      { what: 'the report', within: PATIENCE_MS },
    );
    expect(html).toMatch(/首次签收.*末项完成.*★★★★★ 5\/5.*到场很快/s);
    expect(html).not.toMatch(/duty@|timer@|rule\.|incident:/);
    await page.close();
  },
  WHOLE,
);

test(
  'a plan that runs is not said to fit; a run is aborted with a reason, also after a reload, stays to be taken back, and its incident goes on',
  async () => {
    const { plans } = await duty.call('plans.offer', { incident: phoned.incident });
    expect(plans.find(({ id }) => id === 'urban-flooding')).toMatchObject({ running: true, fits: false });
    const page = await open('?seat=commander&lang=en#/plan');
    const plan = page.getByRole('region', { name: 'Plan run' });
    await shows(plan.getByText('Running', { exact: true }));
    await page.keyboard.press('q');
    const reason = plan.getByRole('textbox', { name: 'Aborted because' });
    await reason.fill('the wrong plan');
    await page.reload();
    await until(async () => (await reason.inputValue()) === 'the wrong plan', {
      what: 'the reason after the reload',
      within: PATIENCE_MS,
    });
    await reason.focus();
    await page.keyboard.press('Enter');
    await shows(plan.getByText('Aborted', { exact: true }));
    await shows(plan.getByRole('button', { name: /^Take back/ }));
    expect((await duty.incident(phoned.incident))?.state).toBe('open');
    await page.keyboard.press('Shift+R');
    await plan.getByRole('textbox', { name: 'Resumed because' }).fill('it was right');
    await page.keyboard.press('Enter');
    await shows(plan.getByText('Running', { exact: true }));
    await page.close();
  },
  WHOLE,
);

test(
  'without the hall a key says beside the task that nothing was done, in the language of the window',
  async () => {
    const page = await open('?seat=fire&lang=zh-CN');
    const tasks = page.getByRole('list', { name: '我的任务' });
    await shows(tasks.getByText('派出水域救援力量'));
    await shows(tasks.getByText('进行中'));
    await page.getByRole('region', { name: '预案执行' }).first().focus();
    hall.kill();
    await shows(page.getByText(/非实时/));
    const alert = tasks.getByRole('alert');
    // A task that has only just come takes no key: one presses again.
    const answered = async () => {
      await page.keyboard.press('f');
      return (await alert.count()) > 0;
    };
    await until(answered, { what: 'the word that nothing was sent', within: PATIENCE_MS });
    await shows(alert);
    expect(await alert.first().textContent()).toMatch(/没有发出，也没有执行/);
    expect(await alert.first().textContent()).not.toMatch(/[A-Za-z]{4,}/);
    expect(pages.faults).toEqual([]);
    await page.close();
  },
  WHOLE,
);
