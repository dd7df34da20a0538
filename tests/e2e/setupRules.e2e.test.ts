import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTelemetryJournal } from '../../native/sqlite/telemetryJournal.ts';
import { violationsOf } from '../support/axe.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { makeFolder } from './steps/twoStations.ts';

/** A hall engineer writes an alarm rule by its thresholds, and sees what it would have raised. */
const picture = takePictures(join('test-results', 'setupRules'));
const folder = makeFolder('setupRules');
let dataDir: string;
let hall: HallProcess;
let pages: Pages;
const FULL_HD = { width: 1920, height: 1080 };

const write = (name: string, text: string) => {
  mkdirSync(join(dataDir, name, '..'), { recursive: true });
  writeFileSync(join(dataDir, name), text);
};

beforeAll(async () => {
  dataDir = folder.path('A');
  write('hall.yaml', 'hall: 1\nname: { zh: 滨江区城市运行中心, en: Binjiang Operations Hall }\n');
  write(
    'city/a.yaml',
    'crs: wgs84\nsensors: [{ id: WL-901, kind: water-level, unit: m, name: { zh: 东门水位, en: East Gate level }, lon: 121.5, lat: 31.2 }]\n',
  );
  // What the gauge said an hour ago.
  const then = Date.now() - 3_600_000;
  const journal = openTelemetryJournal({ file: join(dataDir, 'telemetry.db'), now: () => then });
  for (const [i, value] of [0, 0.9, 0.9, 0, 0.9, 0].entries())
    journal.observation('WL-901', then + i * 60_000, value, 0);
  journal.close();
  hall = await startHall({ dataDir });
  pages = await launchPages();
}, 3 * PATIENCE_MS);

afterAll(async () => {
  await pages?.close();
  await hall?.stop();
  folder.remove();
});

test.each(['zh-CN', 'en'] as const)(
  'rules are written by their thresholds (%s), tried on what the sensors said, and saved',
  async (lang) => {
    const zh = lang === 'zh-CN';
    const say = (chinese: string, english: string) => (zh ? chinese : english);
    const address = `?seat=duty&lang=${lang}${zh ? '' : '&theme=light'}#/setup`;
    const page = await pages.open(hall, address, zh ? {} : { viewport: FULL_HD });
    await page.getByRole('button', { name: say('添加规则', 'Add rules') }).click();
    const blank = page.getByRole('button', { name: say('新的规则', 'A new rule') });
    await blank.waitFor();
    await picture(page, `rules-choose-${lang}`);
    await blank.click();
    await page.getByLabel(say('编号', 'Id'), { exact: true }).fill(`deep-${zh ? 'a' : 'b'}`);
    await page.getByLabel(say('IV 级触发值', 'Level IV raises at'), { exact: true }).fill('0.5');
    await page.getByLabel(say('IV 级回差', 'Level IV: raise and clear apart'), { exact: true }).fill('0.2');
    await page.getByLabel(say('IV 级持续秒数', 'Level IV: seconds it stays'), { exact: true }).fill('0');
    const text = page.getByRole('textbox', { name: say('文件内容（YAML）', 'What the file says (YAML)') });
    expect(await text.inputValue()).toContain('{ level: 4, raise: 0.5, clear: 0.3, for: 0 }');
    await page.getByLabel(say('IV 级解除值', 'Level IV clears at'), { exact: true }).fill('0.6');
    await page
      .getByText(say('clear 应低于 raise', 'Clear must be below raise'))
      .or(page.getByText('clear must be below raise'))
      .first()
      .waitFor();
    await picture(page, `rules-wrong-${lang}`);
    expect(await violationsOf(page)).toEqual([]);
    await page.getByLabel(say('IV 级解除值', 'Level IV clears at'), { exact: true }).fill('0.3');
    await page.getByText(say('没有错误，可以保存', 'Nothing is wrong; it can be saved')).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText(say('试算的时间内会触发 2 次', 'It would have raised 2 alarms in that time')).waitFor();
    await picture(page, `rules-tried-${lang}`);
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Control+s');
    await page.getByText(say(`rules/deep-a.yaml 已保存`, 'rules/deep-b.yaml is saved')).waitFor();
    expect(readFileSync(join(dataDir, 'rules', `deep-${zh ? 'a' : 'b'}.yaml`), 'utf8')).toContain(
      'raise: 0.5, clear: 0.3',
    );
    expect(pages.faults).toEqual([]);
    await page.close();
  },
  4 * PATIENCE_MS,
);
