import { mkdirSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { sl651Report } from '../support/deviceFrames.ts';
import { freePort } from '../support/freePort.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { makeFolder } from './steps/twoStations.ts';

/** A department's stations dial a hall of its own folder: what the duty officer sees of them, and the engineer of what is not named yet. */
const picture = takePictures(join('test-results', 'own-feeds'));
const folder = makeFolder('own-feeds');
const sockets: Socket[] = [];
let hall: HallProcess;
let pages: Pages;

beforeAll(async () => {
  const [dataDir, port] = [folder.path('A'), await freePort()];
  const feed = (id: string, zh: string, at: number, sensor: string) =>
    `id: ${id}\nprotocol: sl651\nname: { zh: ${zh}, en: Stations ${id} }\nlisten: 127.0.0.1:${at}\ndevices: [{ device: "0012345678", readings: { "39": ${sensor} } }]\n`;
  const sensor = (id: string, zh: string) =>
    `  - { id: ${id}, kind: water-level, unit: m, name: { zh: ${zh}, en: ${id} gauge }, lon: 121.5, lat: 31.2 }\n`;
  const files = {
    'city/east.yaml': `crs: wgs84\nsensors:\n${sensor('WL-901', '东门水位')}${sensor('WL-902', '西门水位')}${sensor('WL-903', '南门水位')}`,
    'feeds/a.yaml': feed('a', '东门水文站', port, 'WL-901'),
    'feeds/b.yaml': feed('b', '西门水文站', port, 'WL-902'),
    'feeds/c.yaml': feed('c', '南门水文站', await freePort(), 'WL-903'),
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dataDir, name, '..'), { recursive: true });
    writeFileSync(join(dataDir, name), text);
  }
  hall = await startHall({ dataDir, profile: 'empty' });
  pages = await launchPages();
  const now = Date.now();
  for (const [station, t] of [
    ['0012345678', now - 120_000],
    ['0012345678', now],
    ['0099000017', now],
  ] as const) {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    sockets.push(socket);
    socket.write(sl651Report(station, 1, t, 0.61));
    await new Promise((resolve) => socket.once('data', resolve));
  }
}, 3 * PATIENCE_MS);

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await pages?.close();
  await hall?.stop();
  folder.remove();
});

test(
  'a station of the hall’s own raises an alarm at the desk; its feed says who dials and is not named, what waits, and why a port is not heard',
  async () => {
    const page = await pages.open(hall, '?seat=duty&lang=zh-CN#/');
    await page.getByRole('row', { name: /II 重大.*道路积水.*东门水位/ }).waitFor();
    await page.getByRole('button', { name: /^数据源 1\/3$/ }).click();
    const feed = (name: string) => page.getByText(name, { exact: true }).locator('xpath=ancestor::div[2]');
    await feed('东门水文站')
      .getByText(/^清单之外的设备 1 台。/)
      .waitFor();
    await feed('东门水文站').getByText('- { device: "0099000017", readings: { "39": SENSOR-ID } }').waitFor();
    await feed('东门水文站').getByText('已连接设备 3').waitFor();
    await feed('西门水文站')
      .getByText(/^本站无法在该数据源的端口监听/)
      .waitFor();
    await feed('南门水文站')
      .getByText(/^等待来源发来数据/)
      .waitFor();
    await picture(page, '1-feeds');
    expect(await violationsOf(page)).toEqual([]);
    const opened = pages.context.waitForEvent('page');
    await page.getByRole('button', { name: /^查看被拒收的报文/ }).click();
    const quarantine = await opened;
    await quarantine.getByText('数据源的清单里没有设备 0099000017').waitFor();
    expect(await violationsOf(quarantine)).toEqual([]);
    await quarantine.close();
    await page.getByRole('button', { name: /^提示 \d+$/ }).click();
    await page.getByText(/b\.yaml 的监听端口 \d+ 已用于 .*a\.yaml：其中一个数据源无法接收设备/).waitFor();
    await page.close();
    expect(pages.faults).toEqual([]);
  },
  2 * PATIENCE_MS,
);

test(
  'the same in English',
  async () => {
    const page = await pages.open(hall, '?seat=duty&lang=en#/', { viewport: { width: 1920, height: 1080 } });
    await page.getByRole('button', { name: /^Feeds 1\/3$/ }).click();
    await page.getByText(/^1 that the file does not name\./).waitFor();
    await page.getByText(/^This station cannot listen on the feed's port/).waitFor();
    await page.getByText(/^waiting for the source/).waitFor();
    await picture(page, '2-feeds-en');
    await page.close();
  },
  2 * PATIENCE_MS,
);
