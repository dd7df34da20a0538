import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTelemetryJournal } from '../../native/sqlite/telemetryJournal.ts';
import { violationsOf } from '../support/axe.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { makeFolder } from './steps/twoStations.ts';

/** A hall engineer changes files of a hall that runs, sees what they would come to, and has them loaded. */
const picture = takePictures(join('test-results', 'setup'));
const folder = makeFolder('setup');
let dataDir: string;
let hall: HallProcess;
let pages: Pages;

const write = (name: string, text: string) => {
  mkdirSync(join(dataDir, name, '..'), { recursive: true });
  writeFileSync(join(dataDir, name), text);
};
const sensors = (...ids: string[]) =>
  `crs: wgs84\nsensors:\n${ids.map((id) => `  - { id: ${id}, kind: smoke, name: { zh: 烟感${id}, en: Smoke ${id} }, lon: 121.5, lat: 31.2 }\n`).join('')}`;

beforeAll(async () => {
  dataDir = folder.path('A');
  write('hall.yaml', 'hall: 1\nname: { zh: 滨江区城市运行中心, en: Binjiang Operations Hall }\n');
  write('kinds.yaml', 'sensors: [{ kind: smoke, name: { zh: 烟感, en: Smoke detector }, look: fire }]\n');
  write(
    'city/departments.yaml',
    'departments: [{ id: lifeboat, name: { zh: 水上救援队, en: Lifeboats } }, { id: water, name: { zh: 区水务局, en: Water Bureau } }]\n',
  );
  write('city/a.yaml', sensors('SM-1'));
  // What SM-1 said an hour ago.
  const then = Date.now() - 3_600_000;
  const journal = openTelemetryJournal({ file: join(dataDir, 'telemetry.db'), now: () => then });
  for (const [i, value] of [0, 9, 9, 0, 9, 0].entries()) journal.observation('SM-1', then + i * 60_000, value, 0);
  journal.close();
  hall = await startHall({ dataDir });
  pages = await launchPages();
}, 3 * PATIENCE_MS);

afterAll(async () => {
  await pages?.close();
  await hall?.stop();
  folder.remove();
});

test(
  'what files of the hall would change is seen before they are loaded, and they are loaded by two presses; every window comes back',
  async () => {
    const page = await pages.open(hall, '?seat=duty&lang=zh-CN#/setup');
    await page.getByRole('heading', { name: '滨江区城市运行中心' }).waitFor();
    expect(await page.title()).toContain('滨江区城市运行中心');
    const part = (name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
    await page.getByText('文件与正在使用的内容一致').waitFor();
    expect((await part('传感器').getByRole('cell').allTextContents()).slice(0, 2)).toEqual(['1', '—']);

    write('city/a.yaml', sensors('SM-1', 'SM-2'));
    write('feeds/half.yaml', 'id: half\nprotocol: sl651\n');
    await page.getByRole('button', { name: '重新检查' }).click();
    await part('传感器').getByText('新增 1：').waitFor();
    await part('传感器').getByText('SM-2').waitFor();
    await page.getByText(/feeds\/half\.yaml 第 1 行/).waitFor();
    await picture(page, 'changed');
    expect(await violationsOf(page)).toEqual([]);

    await page.getByRole('button', { name: '载入文件' }).click();
    await page.getByRole('button', { name: '再按一次载入' }).click();
    await page.getByText('文件与正在使用的内容一致').waitFor();
    await part('传感器').getByRole('cell', { name: '2', exact: true }).waitFor();
    await picture(page, 'loaded');
  },
  4 * PATIENCE_MS,
);

test(
  'a rule is tried on what the sensors said before it goes live, in both languages',
  async () => {
    write(
      'rules/smoke.yaml',
      'rules: [{ rule: smoke, name: { zh: 烟感报警, en: Smoke }, sensor: { kind: smoke }, levels: [{ level: 2, raise: 5, clear: 1 }] }]\n',
    );
    for (const [lang, words] of Object.entries({
      'zh-CN': {
        press: '试算规则',
        row: /烟感报警/,
        cells: ['2', 'II 2', '2分00秒', 'SM-1 ×2', /^1 \/ \d+$/],
        said: /十分钟内最多 2 条。/,
      },
      en: {
        press: 'Try the rules',
        row: /Smoke/,
        cells: ['2', 'II 2', '2m00s', 'SM-1 ×2', /^1 of \d+$/],
        said: /Within ten minutes at most 2\./,
      },
    })) {
      const page = await pages.open(hall, `?seat=duty&lang=${lang}#/setup`);
      await page.getByRole('button', { name: words.press }).click();
      await page.getByRole('status').filter({ hasText: words.said }).waitFor();
      const table = page.getByRole('region', { name: words.press });
      const row = table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: words.row }) });
      const cells = (await row.getByRole('cell').allTextContents()).map((cell) => cell.trim());
      expect(cells).toEqual(words.cells.map((cell) => (typeof cell === 'string' ? cell : expect.stringMatching(cell))));
      await row.scrollIntoViewIfNeeded();
      await picture(page, `tried-${lang}`);
      expect(await violationsOf(page)).toEqual([]);
    }
  },
  4 * PATIENCE_MS,
);

test(
  'the departments that the hall names have their seats, and are called as it calls them, in English too',
  async () => {
    const page = await pages.open(hall, '?seat=lifeboat&lang=en#/');
    await page.getByText('Lifeboats').first().waitFor();
    const duty = await pages.open(hall, '?seat=duty&lang=en#/');
    await duty.getByRole('button', { name: /^Feeds/ }).waitFor();
    await duty.keyboard.press('Control+k');
    await duty.getByRole('combobox').fill('seat');
    await duty.getByRole('option', { name: /Water Bureau/ }).waitFor();
    expect(await duty.getByRole('option', { name: /Environment/ }).count()).toBe(0);
    const setup = await pages.open(hall, '?seat=duty&lang=en#/setup');
    await setup.getByRole('heading', { name: 'Binjiang Operations Hall' }).waitFor();
    expect(await violationsOf(setup)).toEqual([]);
    await picture(setup, 'english');
  },
  4 * PATIENCE_MS,
);
