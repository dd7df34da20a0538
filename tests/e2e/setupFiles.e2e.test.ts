import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { violationsOf } from '../support/axe.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { makeFolder } from './steps/twoStations.ts';

/** A hall engineer adds a feed, changes one and takes it away, without a text editor. */
const picture = takePictures(join('test-results', 'setupFiles'));
const folder = makeFolder('setupFiles');
let dataDir: string;
let hall: HallProcess;
let pages: Pages;

const write = (name: string, text: string) => {
  mkdirSync(join(dataDir, name, '..'), { recursive: true });
  writeFileSync(join(dataDir, name), text);
};
const POSTS = (id: string) => `# 水务局 by hand
id: ${id}
protocol: http-json
name: { zh: 水位系统, en: Water levels }
token: "a-token-of-a-test-system"   # of the bureau
crs: wgs84
`;
const FULL_HD = { width: 1920, height: 1080 };

beforeAll(async () => {
  dataDir = folder.path('A');
  write('hall.yaml', 'hall: 1\nname: { zh: 滨江区城市运行中心, en: Binjiang Operations Hall }\n');
  write(
    'city/a.yaml',
    'crs: wgs84\nsensors: [{ id: WL-901, kind: water-level, unit: m, name: { zh: 东门水位, en: East Gate level }, lon: 121.5, lat: 31.2 }]\n',
  );
  write('feeds/water.yaml', POSTS('water'));
  hall = await startHall({ dataDir });
  pages = await launchPages();
}, 3 * PATIENCE_MS);

afterAll(async () => {
  await pages?.close();
  await hall?.stop();
  folder.remove();
});

const WORDS = {
  'zh-CN': {
    add: '接入一路数据',
    protocol: /MQTT 物联网平台/,
    id: '编号（字母、数字、-）',
    zh: '中文',
    en: '英文',
    address: '地址',
    user: '用户名',
    password: '密码',
    test: '测试',
    came: /收到 10 条：可取 9 项，拒收 10 项/,
    tap: '等待正在使用的数据源“water”的下一条报文',
    tapped: /已收到 1 \/ 10 条：可取 1 项/,
    ended: /收到 1 条：可取 1 项/,
    name: '东门水位',
    ws: /WebSocket 数据流/,
    text: '文件内容（YAML）',
    wrong: /有 \d+ 处需要改正/,
    right: '没有错误，可以保存',
    unknown: /大厅中没有“WL-1”/,
    save: '保存',
    saved: /feeds\/iot-zh-CN\.yaml 已保存/,
    kept: '已保存，不显示；填写即更换',
    back: '返回',
  },
  en: {
    add: 'Add a feed',
    protocol: /MQTT IoT platform/,
    id: 'Id (letters, digits, -)',
    zh: 'Chinese',
    en: 'English',
    address: 'Address',
    user: 'User name',
    password: 'Password',
    test: 'Test',
    came: /10 came: 9 records would be taken, 10 refused/,
    tap: 'Waiting for the next message of "water"',
    tapped: /1 of 10 came: 1 records would be taken/,
    ended: /^1 came: 1 records would be taken/,
    name: 'East Gate level',
    ws: /WebSocket stream/,
    text: 'What the file says (YAML)',
    wrong: /things? (is|are) to be corrected/,
    right: 'Nothing is wrong; it can be saved',
    unknown: /the hall has no "WL-1"/,
    save: 'Save',
    saved: /feeds\/iot-en\.yaml is saved/,
    kept: 'Kept and not shown; write another to replace it',
    back: 'Back',
  },
} as const;

test.each(Object.keys(WORDS) as (keyof typeof WORDS)[])(
  'a feed is added by its form (%s): faults stand beside what is typed, nothing typed is lost, and its secrets stay in the hall',
  async (lang) => {
    const words = WORDS[lang];
    const address = `?seat=duty&lang=${lang}${lang === 'en' ? '&theme=light' : ''}#/setup`;
    const page = await pages.open(hall, address, lang === 'en' ? { viewport: FULL_HD } : {});
    await page.getByRole('button', { name: words.add }).waitFor();
    await picture(page, `list-${lang}`);
    await page.keyboard.press('Shift+F');
    const choice = page.getByRole('button', { name: words.protocol });
    await choice.waitFor();
    await picture(page, `choose-${lang}`);
    expect(await violationsOf(page)).toEqual([]);
    await choice.click();
    await page.getByText(words.wrong).waitFor();

    const id = `iot-${lang}`;
    const text = page.getByRole('textbox', { name: words.text });
    await page.getByLabel(words.id).fill(id);
    await page.getByLabel(words.zh).fill('物联网');
    await page.getByLabel(words.en).fill('IoT');
    await page.getByLabel(words.address, { exact: true }).fill('http://broker');
    await page
      .getByText(/mqtt:\/\/、|mqtt:\/\/, mqtts/)
      .first()
      .waitFor();
    await picture(page, `wrong-${lang}`);
    expect(await violationsOf(page)).toEqual([]);
    await page.getByLabel(words.address, { exact: true }).fill('mqtts://10.1.2.3:8883');
    await text.fill((await text.inputValue()).replace(/WL-901/g, 'WL-1'));
    await page.getByText(words.unknown).waitFor();
    expect(await text.inputValue()).toContain(`id: ${id}\nprotocol: mqtt\nname: { zh: 物联网, en: IoT }\n`);

    // A page that is loaded anew, or left for the list, has it all.
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: words.add }).click();
    await page.reload();
    await page.getByRole('button', { name: words.protocol }).click();
    await text.waitFor();
    expect(await page.getByLabel(words.id).inputValue()).toBe(id);
    await text.fill((await text.inputValue()).replace(/WL-1/g, 'WL-901'));
    await page.getByLabel(words.user).fill('hall');
    await page.getByLabel(words.password).fill('0012');
    await page.getByText(words.right).waitFor();
    await picture(page, `right-${lang}`);
    await page.keyboard.press('Control+s');
    await page.getByText(words.saved).waitFor();
    await text.waitFor();
    await picture(page, `saved-${lang}`);
    expect(await violationsOf(page)).toEqual([]);
    expect(await text.inputValue()).not.toContain('0012');
    expect(await page.getByLabel(words.password).getAttribute('placeholder')).toBe(words.kept);
    const there = readFileSync(join(dataDir, 'feeds', `${id}.yaml`), 'utf8');
    expect(there).toContain('password: "0012"');
    expect(there).toContain('{ device: "860001", readings: { level: WL-901 } }');
    await page.getByRole('button', { name: words.back }).click();
    await page
      .getByRole('row')
      .filter({ hasText: `${id}.yaml` })
      .waitFor();
    expect(pages.faults).toEqual([]);
    await page.close();
  },
  4 * PATIENCE_MS,
);

test.each(Object.keys(WORDS) as (keyof typeof WORDS)[])(
  'a feed is tested as it is written (%s): what comes is shown raw and as it would be taken, and nothing is kept of it',
  async (lang) => {
    const words = WORDS[lang];
    const source = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    source.on('connection', (socket) => {
      const t = Date.now();
      const obs = [
        { sensor: 'WL-901', t, value: 0.25 },
        { sensor: 'WL-999', t, value: 1 },
      ];
      socket.send('no json');
      for (let seq = 1; seq < 30; seq++) socket.send(JSON.stringify({ v: 1, seq, t, obs }));
    });
    try {
      await once(source, 'listening');
      const address = `?seat=duty&lang=${lang}${lang === 'en' ? '&theme=light' : ''}#/setup`;
      const page = await pages.open(hall, address, lang === 'en' ? { viewport: FULL_HD } : {});
      await page.getByRole('button', { name: words.add }).click();
      await page.getByRole('button', { name: words.ws }).click();
      await page.getByLabel(words.id).fill('tried');
      await page.getByLabel(words.zh).fill('试');
      await page.getByLabel(words.en).fill('T');
      const { port } = source.address() as AddressInfo;
      await page.getByLabel(words.address, { exact: true }).fill(`ws://127.0.0.1:${port}/`);
      await page.getByText(words.right).waitFor();
      await page.getByRole('button', { name: words.test }).click();
      await page.getByText(words.came).waitFor();
      const second = page.locator('[data-message="2"]');
      await second.getByText(words.name).waitFor();
      await second.getByText('0.25 m').waitFor();
      await second
        .getByText(/WL-999/)
        .last()
        .waitFor();
      await picture(page, `tested-${lang}`);
      expect(await violationsOf(page)).toEqual([]);
      await page.keyboard.press('Escape');

      // Who posts posts to the feed that is in use: that one's next messages are shown.
      await page
        .getByRole('button', { name: /water\.yaml/ })
        .first()
        .click();
      await page.getByText(words.right).waitFor();
      await page.keyboard.press('Control+Enter');
      await page.getByText(words.tap).waitFor();
      await fetch(`${hall.url}/feeds/water`, {
        ...{ method: 'POST', headers: { authorization: 'Bearer a-token-of-a-test-system' } },
        body: JSON.stringify({ v: 1, t: Date.now(), obs: [{ sensor: 'WL-901', t: Date.now(), value: 0.1 }] }),
      });
      await page.getByText(words.tapped).waitFor();
      await picture(page, `tapped-${lang}`);
      await page.keyboard.press('Escape');
      await page.getByText(words.ended).waitFor();
      expect(pages.faults).toEqual([]);
      await page.close();
    } finally {
      for (const socket of source.clients) socket.terminate();
      source.close();
    }
  },
  4 * PATIENCE_MS,
);

test(
  'a file of somebody’s own hand keeps its comments; it is switched off, deleted and put back, and loaded by two presses',
  async () => {
    const page = await pages.open(hall, '?seat=duty&lang=zh-CN&theme=light#/setup');
    const row = page.getByRole('row').filter({ hasText: 'water.yaml' });
    await row.getByRole('button', { name: '编辑 water.yaml' }).click();
    const name = page.getByLabel('英文');
    await name.fill('Levels');
    await page.getByText('没有错误，可以保存').waitFor();
    await picture(page, 'by-hand');
    await page.getByRole('button', { name: /^保存/ }).click();
    await page.getByText('feeds/water.yaml 已保存，载入文件后生效。').waitFor();
    expect(readFileSync(join(dataDir, 'feeds/water.yaml'), 'utf8')).toBe(
      POSTS('water').replace('Water levels', 'Levels'),
    );
    await page.getByRole('button', { name: '载入文件' }).click();
    await page.getByRole('button', { name: '再按一次载入' }).click();
    await page.keyboard.press('Escape');
    await row.getByText('等待来源发来数据').waitFor();

    await row.getByRole('button', { name: '停用 water.yaml' }).click();
    await row.getByText('已停用').waitFor();
    await row.getByRole('button', { name: '启用 water.yaml' }).click();
    await page.getByText('water.yaml 已启用，载入文件后生效。').waitFor();
    await row.getByRole('button', { name: '删除 water.yaml' }).click();
    await row.getByRole('button', { name: '再按一次删除 water.yaml' }).click();
    await page.getByText('water.yaml 已移走，可以恢复').waitFor();
    await page.getByText(/可以恢复的文件/).click();
    await picture(page, 'kept');
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: '恢复 water.yaml' }).click();
    await page.getByRole('button', { name: '再按一次恢复 water.yaml' }).click();
    await row.getByRole('button', { name: '编辑 water.yaml' }).waitFor();
    expect(pages.faults).toEqual([]);
  },
  4 * PATIENCE_MS,
);
