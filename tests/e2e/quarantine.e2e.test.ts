import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { until } from '../support/until.ts';
import { launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { makeFolder } from './steps/twoStations.ts';

/** A department's system sends what the hall cannot take; whoever looks after it finds out why, corrects it, and puts it through again. */
const picture = takePictures(join('test-results', 'quarantine'));
const folder = makeFolder('quarantine');
const TOKEN = 'a-token-of-a-test-system';
let hall: HallProcess;
let pages: Pages;

beforeAll(async () => {
  const dataDir = folder.path('A');
  const write = (name: string, text: string) => {
    mkdirSync(join(dataDir, name, '..'), { recursive: true });
    writeFileSync(join(dataDir, name), text);
  };
  write('hall.yaml', 'hall: 1\nname: { zh: 滨江区城市运行中心, en: Binjiang Operations Hall }\n');
  write(
    'city/a.yaml',
    'crs: wgs84\nsensors:\n  - { id: WL-1, kind: water-level, unit: m, name: { zh: 东门水位, en: East Gate level }, lon: 121.5, lat: 31.2 }\n',
  );
  for (const [id, zh, en] of [
    ['hydro', '水文站', 'Hydrological stations'],
    ['gas', '燃气公司', 'Gas company'],
  ])
    write(
      `feeds/${id}.yaml`,
      `id: ${id}\nprotocol: http-json\nname: { zh: ${zh}, en: ${en} }\ntoken: ${TOKEN}\ncrs: wgs84\n`,
    );
  hall = await startHall({ dataDir });
  pages = await launchPages();
}, 3 * PATIENCE_MS);

afterAll(async () => {
  await pages?.close();
  await hall?.stop();
  folder.remove();
});

/** Posts until it is looked at. */
async function post(feed: string, body: string | Buffer<ArrayBuffer>): Promise<void> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  await until(
    async () => (await fetch(`${hall.url}/feeds/${feed}`, { method: 'POST', headers, body })).status !== 429,
    {
      what: 'the message to be read',
    },
  );
}
const level = (value: unknown, t = Date.now()) => JSON.stringify({ v: 1, t, obs: [{ sensor: 'WL-1', t, value }] });

const option = (page: Page, name: RegExp) => page.getByRole('listbox').getByRole('option', { name });
const oneLine = (page: Page) =>
  until(async () => (await page.getByRole('listbox').getByRole('option').count()) === 1, { what: 'one line' });

test(
  'a message is found by its source and reason, corrected, put through again, and what became of it stands beside it',
  async () => {
    await post('hydro', level('1,25'));
    await post('gas', '{"v":1,"readings":[]');
    await post('gas', Buffer.from([0x7e, 0x7e, 0x01, 0x00, 0xff, 0xfe]));
    const window = await pages.open(hall, '?seat=duty&lang=zh-CN#/quarantine');
    await option(window, /水文站/).waitFor();
    await option(window, /燃气公司/)
      .nth(1)
      .waitFor();
    await window.getByLabel('来源').selectOption({ label: '水文站（1）' });
    await oneLine(window);
    await window.keyboard.press('Escape');
    await window.getByRole('listbox').focus();
    await window.keyboard.press('ArrowDown');
    await window.getByRole('button', { name: '改正' }).waitFor();
    await picture(window, 'chosen');
    expect(await violationsOf(window)).toEqual([]);

    // As it came it is refused as before; corrected it is taken.
    await window.getByRole('button', { name: '重新投递' }).click();
    await window.getByText('拒收 1 条').waitFor();
    await window.getByRole('button', { name: '改正' }).click();
    const text = window.getByLabel('改正后的报文');
    expect(await text.inputValue()).toContain('"1,25"');
    const mended = level(1.25);
    await text.fill(mended);
    // Nothing that is typed is lost, whatever is pressed or chosen meanwhile.
    await window.keyboard.press('Escape');
    await window.getByRole('button', { name: '改正' }).click();
    expect(await text.inputValue()).toBe(mended);
    await picture(window, 'correcting');
    expect(await violationsOf(window)).toEqual([]);
    await window.reload();
    await option(window, /水文站/).click();
    expect(await text.inputValue()).toBe(mended);
    await text.press('Control+Enter');
    await window.getByText('采用 1 条').waitFor();
    await window.getByText('改正后投递').waitFor();
    await picture(window, 'put-through');
    expect(await violationsOf(window)).toEqual([]);

    // What is no text is shown in hex; it is dropped.
    await window.getByLabel('来源').selectOption('');
    await window.getByLabel('报文内容').fill('~~');
    await oneLine(window);
    await option(window, /燃气公司/).click();
    await window.getByText('7e 7e 01 00 ff fe').waitFor();
    await window.getByRole('button', { name: '放弃' }).click();
    await window.getByRole('listbox').getByText('已放弃').waitFor();
    await picture(window, 'hex');

    await window.getByLabel('报文内容').fill('');
    await until(async () => (await window.getByRole('listbox').getByRole('option').count()) >= 3, {
      what: 'all lines',
    });
    const saved = window.waitForEvent('download');
    await window.getByRole('button', { name: '导出' }).click();
    const file = await (await saved).path();
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    const rows = lines.map((line) => JSON.parse(line) as { source: string; state: string; corrected: string | null });
    expect(rows.filter(({ source }) => ['gas', 'hydro'].includes(source)).map(({ state }) => state)).toEqual([
      ...['dropped', 'kept', 'put-through'],
    ]);
    expect(Buffer.from(rows.find(({ source }) => source === 'hydro')?.corrected ?? '', 'base64').toString()).toBe(
      mended,
    );
    await window.getByText('已导出').waitFor();
    expect(await cut(window)).toEqual([]);
  },
  6 * PATIENCE_MS,
);

test(
  'in English, in the other theme, and at a department’s seat, which may look and not act',
  async () => {
    const duty = await pages.open(hall, '?seat=duty&lang=en&theme=light#/quarantine');
    await option(duty, /Gas company/)
      .first()
      .click();
    await duty.getByRole('button', { name: 'Correct', exact: true }).waitFor();
    await picture(duty, 'english');
    expect(await violationsOf(duty)).toEqual([]);
    expect(await cut(duty)).toEqual([]);
    const fire = await pages.open(hall, '?seat=fire&lang=en#/quarantine');
    await option(fire, /Hydrological stations/)
      .first()
      .click();
    await fire.getByText('This seat may look at it, and not deal with it.').waitFor();
    expect(await fire.getByRole('button', { name: 'Put through again' }).count()).toBe(0);
    expect(pages.faults).toEqual([]);
  },
  4 * PATIENCE_MS,
);

/** What reaches beyond the window's edges, or is wider than what it stands in. */
function cut(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-region="quarantine"] *')].flatMap((each) => {
      const { right, width } = each.getBoundingClientRect();
      const wide =
        width > 0 &&
        (right > innerWidth + 1 || each.scrollWidth > each.clientWidth + 1 + (each.offsetWidth - each.clientWidth));
      const inline = getComputedStyle(each).display === 'inline';
      return wide && !inline && !(each instanceof SVGElement) ? [`${each.tagName} ${each.className}`] : [];
    }),
  );
}
