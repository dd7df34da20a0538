import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wantsAcknowledgement } from '../../core/alarms/acknowledgement.ts';
import { paintNothing } from '../../scripts/drill/paintNothing.ts';
import { violationsOf } from '../support/axe.ts';
import type { FeedSource } from '../support/feedSource.ts';
import type { HallProcess } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { until } from '../support/until.ts';
import type { Window } from '../support/window.ts';
import { startFlooded } from './steps/flood.ts';
import { launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { makeFolder } from './steps/twoStations.ts';

/** The shift is handed over by two people, and what was done is found in the duty log. */
const picture = takePictures(join('test-results', 'shift'));
const WHOLE = 3 * PATIENCE_MS;
const folder = makeFolder('shift');
let hall: HallProcess;
let source: FeedSource;
let duty: Window;
let pages: Pages;
let desk: Page;
let sheet: Page;
let log: Page;

beforeAll(async () => {
  const data = folder.path('A');
  paintNothing(data);
  const flooded = await startFlooded({ dataDir: data, seat: 'duty' });
  ({ hall, source, window: duty } = flooded);
  const { incident } = await duty.call('incidents.open', { alarm: flooded.alarm.id });
  await duty.call('incidents.note', { incident, text: '泵车已到达南门' });
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
  'Shift+H opens the handover in a window of its own; what is typed is there after a reload',
  async () => {
    desk = await pages.open(hall, '?seat=duty&lang=zh-CN');
    await desk
      .getByRole('button', { name: /交接班/ })
      .first()
      .waitFor();
    const opened = pages.context.waitForEvent('page');
    await desk.keyboard.press('Shift+H');
    sheet = await opened;
    await sheet
      .getByRole('region', { name: '未结事件' })
      .getByText(/道路积水/)
      .first()
      .waitFor();
    await sheet.getByRole('region', { name: '未处理来电' }).waitFor();
    await until(
      async () => {
        const waiting = duty.items('alarms').filter(wantsAcknowledgement).length;
        const said = await sheet.getByRole('region', { name: '未确认告警' }).getByRole('heading').textContent();
        return said?.endsWith(` ${waiting}`);
      },
      { what: 'the sheet to count every alarm that wants acknowledgement' },
    );
    await sheet.getByLabel('交班人').fill('张伟');
    await sheet.getByLabel('遗留问题与待办事项').fill('三号泵待修');
    await sheet.reload();
    expect(await sheet.getByLabel('交班人').inputValue()).toBe('张伟');
    await picture(sheet, 'begin');
    expect(await violationsOf(sheet)).toEqual([]);
  },
  WHOLE,
);

test(
  'it is confirmed by another name only, and stays in the list with its sheet',
  async () => {
    await sheet.getByLabel('交班人').press('Enter');
    await sheet.getByRole('heading', { name: /交班中 · 交班人 张伟/ }).waitFor();
    await sheet.getByText('三号泵待修').waitFor();
    await sheet.getByLabel('接班人').fill('张 伟');
    await sheet.getByText('接班人不能与交班人相同').waitFor();
    await picture(sheet, 'confirm');
    expect(await violationsOf(sheet)).toEqual([]);
    await sheet.getByLabel('接班人').fill('李娜');
    await sheet.getByLabel('接班人').press('Enter');
    await sheet.getByRole('region', { name: '历次交接班' }).getByText('张伟 → 李娜').click();
    await sheet.getByRole('heading', { name: /张伟 交班，李娜 接班/ }).waitFor();
    await sheet
      .getByRole('region', { name: '未结事件' })
      .getByText(/道路积水/)
      .first()
      .waitFor();
    await picture(sheet, 'past');
    expect(await violationsOf(sheet)).toEqual([]);
  },
  WHOLE,
);

test(
  'Shift+D opens the duty log: a word finds the line, and choosing it selects the incident and shows its timeline',
  async () => {
    await desk.bringToFront();
    const opened = pages.context.waitForEvent('page');
    await desk.keyboard.press('Shift+D');
    log = await opened;
    const lines = log.getByRole('listbox', { name: '值班日志' });
    await lines.getByText('确认接班').waitFor();
    await log.getByRole('searchbox', { name: '查找' }).fill('泵车');
    await lines.getByRole('option', { name: /事件记录.*泵车已到达南门/ }).click();
    await log.getByRole('region', { name: '经过' }).getByText('开立事件').waitFor();
    await until(() => duty.item('seats', 'duty')?.selection?.kind === 'incident', { what: 'the incident selected' });
    await picture(log, 'log');
    expect(await violationsOf(log)).toEqual([]);
    expect(pages.faults).toEqual([]);
  },
  WHOLE,
);
