import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';
import { PATIENCE_MS } from '../../support/patience.ts';
import { until } from '../../support/until.ts';

/** The windows the main job is done in; in the workspace they are all one page. */
export interface Stage {
  /** Alarm queue, detail and status strip of the duty officer at station A. */
  desk: Page;
  video: Page;
  plan: Page;
  /** The fire department's seat at station B. */
  fire: Page;
  /** A second officer's workspace at station B. */
  deputy: Page;
  /** Exports the run's report by `click` and reads the file that came of it. */
  exported(click: () => Promise<void>): Promise<string>;
  /** Takes a picture for a person to look at. */
  picture(page: Page, name: string): Promise<void>;
}

const visible = (locator: Locator, timeout = PATIENCE_MS) => locator.first().waitFor({ state: 'visible', timeout });
const alarmRow = (page: Page) => page.getByRole('row', { name: /II 重大.*道路积水/ });
const link = (page: Page) => page.getByRole('status', { name: '网络状态' });
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true }).first();

async function linkSays(page: Page, word: string): Promise<void> {
  await until(async () => (await link(page).textContent())?.includes(word), {
    what: `the strip saying ${word}`,
    within: PATIENCE_MS,
  });
}

async function outbox(page: Page): Promise<number> {
  const text = (await page.getByRole('button', { name: /网络状态/ }).textContent()) ?? '';
  return Number(/待发 (\d+)/.exec(text)?.[1] ?? Number.NaN);
}

/** 1. The water rises, a level II alarm is first in the queue; Space shows which one it means, and acknowledges it. */
export async function acknowledgeAlarm({ desk, picture }: Stage): Promise<void> {
  await visible(alarmRow(desk), 90_000);
  // The grid's head is row 1.
  await until(async () => (await alarmRow(desk).getAttribute('aria-rowindex')) === '2', {
    what: 'the alarm being first',
  });
  // A map that is there for the screen reader only is no map.
  const map = await region(desk, '态势地图').locator('canvas').first().boundingBox();
  expect(map?.height).toBeGreaterThan(300);
  await picture(desk, '1-alarm');
  await desk.keyboard.press('Space');
  await visible(desk.getByRole('row', { name: /未确认 道路积水/, selected: true }));
  await desk.keyboard.press('Space');
  await visible(desk.getByRole('row', { name: /已确认 道路积水/ }));
}

/** 2. Enter makes it an incident; C opens four cameras that see it, live. */
export async function openIncidentAndCameras({ desk, video, picture }: Stage): Promise<void> {
  await desk.keyboard.press('Enter');
  await visible(region(desk, '详情').getByText('突发事件'));
  await desk.keyboard.press('c');
  const tiles = region(video, '视频').getByRole('group');
  await until(async () => (await tiles.count()) === 4, { what: 'four cameras', within: PATIENCE_MS });
  await until(async () => (await tiles.filter({ hasText: '实时' }).count()) === 4, {
    what: 'four live pictures',
    within: 120_000,
  });
  await picture(video, '2-cameras');
}

/** 3. L offers the plans that fit, Enter launches the first; six lanes; the fire department carries out its step at B. */
export async function launchAndHandle({ desk, plan, fire, picture }: Stage): Promise<void> {
  await plan.bringToFront();
  await plan.keyboard.press('l');
  await visible(plan.getByRole('option', { name: /符合条件 城市内涝联动预案/ }));
  await plan.keyboard.press('Enter');
  const board = plan.getByRole('group', { name: '城市内涝联动预案 泳道' });
  await visible(board);
  for (const lane of ['应急', '交警', '消防', '水务', '供电', '急救'])
    await visible(board.getByText(lane, { exact: true }));
  await visible(board.getByRole('button', { name: /^视频核实水情/, pressed: true })); // The first step is the selected one.
  for (const [key, state] of [
    ['a', '已签收'],
    ['s', '进行中'],
    ['f', '完成'],
  ] as const) {
    await plan.keyboard.press(key);
    await visible(board.getByRole('button', { name: new RegExp(`^视频核实水情 ${state}`) }));
  }

  const mine = fire.getByRole('list', { name: '我的任务' });
  const step = mine.getByRole('listitem').filter({ hasText: '派出水域救援力量' });
  await visible(step);
  // A department is not offered what only operations may do.
  expect(await fire.getByRole('button', { name: '拔掉网线' }).count()).toBe(0);
  for (const verb of ['签收', '开始', '完成'])
    await step.getByRole('button', { name: verb, exact: true }).first().click({ timeout: PATIENCE_MS });
  await visible(board.getByRole('button', { name: /^派出水域救援力量 完成/ }));
  await picture(plan, '3-run');
  await picture(fire, '3-fire-seat');
  await fire.close(); // It has done its part: what follows has the machine to itself.
  await linkSays(desk, '在线');
}

/** What is milder than before is asked for twice. */
async function setLevel(page: Page, numeral: RegExp, why: string, milder = false): Promise<void> {
  const detail = region(page, '详情');
  await detail.getByRole('radio', { name: numeral }).click({ timeout: PATIENCE_MS });
  await detail.getByRole('textbox', { name: /原因/ }).fill(why);
  await page.keyboard.press('Enter');
  if (milder) {
    await visible(detail.getByText(/再按一次/));
    await page.keyboard.press('Enter');
  }
  await until(
    async () => (await detail.getByRole('radio', { name: numeral }).getAttribute('aria-checked')) === 'true',
    {
      what: `level ${numeral} at its own station`,
      within: PATIENCE_MS,
    },
  );
  await visible(detail.getByText(why));
}

/** 4. The cable is pulled: both stations are alone, both work on, the outbox counts up. */
export async function workApart({ desk, deputy, picture }: Stage): Promise<void> {
  await deputy.keyboard.press('Control+k');
  await deputy.getByRole('combobox').last().fill('道路积水');
  await visible(deputy.getByRole('option', { name: /道路积水/ }).filter({ hasText: '突发事件' }));
  await deputy
    .getByRole('option', { name: /道路积水/ })
    .filter({ hasText: '突发事件' })
    .first()
    .click();
  await visible(region(deputy, '详情').getByRole('radio', { name: /^I级/ }));
  const before = await outbox(desk);
  await desk.getByRole('button', { name: '拔掉网线' }).click();
  await linkSays(desk, '离线自治');
  await linkSays(deputy, '离线自治');
  await setLevel(desk, /^I级/, '有人员被困');
  await setLevel(deputy, /^III级/, '水位回落', true);
  await until(async () => (await outbox(desk)) > before, { what: 'the outbox counting up', within: PATIENCE_MS });
  await picture(desk, '4-alone');
}

/** 5. The cable is back: the same on both, both values and who decided on screen until a person has seen them. */
export async function meetAgain({ desk, deputy, picture }: Stage): Promise<void> {
  await desk.getByRole('button', { name: '插回网线' }).click();
  await linkSays(desk, '在线');
  await linkSays(deputy, '在线');
  await until(async () => (await outbox(desk)) === 0, { what: 'the outbox being empty', within: PATIENCE_MS });
  for (const page of [desk, deputy]) {
    const conflict = region(page, '详情').getByRole('region', { name: /冲突/ });
    await visible(conflict);
    const text = (await conflict.first().textContent()) ?? '';
    expect(text).toMatch(/特别重大|I/);
    expect(text).toMatch(/III/);
    expect(text).toMatch(/· A/);
    expect(text).toMatch(/· B/);
    for (const why of ['有人员被困', '水位回落']) expect(text).toContain(why);
  }
  for (const page of [desk, deputy]) {
    const checked = region(page, '详情').getByRole('radio', { checked: true });
    await until(async () => /^I级/.test((await checked.first().getAttribute('aria-label')) ?? ''), {
      what: 'level I standing at both',
    });
  }
  await picture(desk, '5-conflict');
  await region(desk, '详情').getByRole('button', { name: '已阅' }).first().click();
  await region(deputy, '详情')
    .getByRole('button', { name: '已阅' })
    .first()
    .waitFor({ state: 'hidden', timeout: PATIENCE_MS });
}

/** 6. All-clear; the run's timeline is one click away and is exported as HTML. */
export async function allClear({ plan, deputy, picture, exported }: Stage): Promise<void> {
  await plan.bringToFront();
  await plan.getByRole('group', { name: '城市内涝联动预案 泳道' }).click({ position: { x: 5, y: 5 } });
  await plan.keyboard.press('e');
  await plan.getByRole('checkbox', { name: /跳过未完成/ }).check();
  await plan.getByRole('textbox', { name: /解除响应，原因/ }).fill('积水退尽');
  await plan.keyboard.press('Enter');
  await visible(region(plan, '预案执行').getByText('已解除'));
  await plan.getByRole('button', { name: '时间线' }).click();
  const timeline = plan.getByRole('list', { name: '时间线' });
  for (const line of ['启动预案', '完成“派出水域救援力量”', '响应等级调整为 I 级', '响应等级调整为 III 级', '警报解除'])
    await visible(timeline.getByText(line));
  await picture(plan, '6-timeline');
  const html = await exported(() => plan.getByRole('button', { name: '导出 HTML' }).click());
  expect(html).toContain('城市内涝联动预案');
  expect(html).toContain('积水退尽');
  await visible(region(deputy, '详情').getByText('已关闭'));
}

/** The whole main job, steps 1 to 6. */
export async function doMainJob(stage: Stage): Promise<void> {
  await acknowledgeAlarm(stage);
  await openIncidentAndCameras(stage);
  await launchAndHandle(stage);
  await workApart(stage);
  await meetAgain(stage);
  await allClear(stage);
}
