import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join, resolve } from 'node:path';
import gcoord from 'gcoord';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { xmlOf } from '../../main/basemap/osm/testing/xmlFile.ts';
import { violationsOf } from '../support/axe.ts';
import { sl651Report } from '../support/deviceFrames.ts';
import { freePort } from '../support/freePort.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { type RtspServer, startRtspServer } from '../support/rtspServer.ts';
import { openWindow } from '../support/window.ts';
import { launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { makeFolder } from './steps/twoStations.ts';

/** "Your own city in an hour", as README.md has it: its commands and its file, with a town's own map, tables, camera and gauge. */
const picture = takePictures(join('test-results', 'own-city'));
const PROJECT = resolve(import.meta.dirname, '..', '..');
const folder = makeFolder('own-city');
let said = '';
let cameras: RtspServer;
let hall: HallProcess;
let pages: Pages;
const sockets: Socket[] = [];

/** A town by the sea: streets in a grid, houses between them, a park, a school. */
function town(): string {
  const [west, south, step] = [121.9, 29.1, 0.004];
  const nodes: { id: number; lon: number; lat: number; tags?: Record<string, string> }[] = [];
  const ways: { id: number; refs: number[]; tags: Record<string, string> }[] = [];
  const node = (x: number, y: number) =>
    nodes.push({ id: nodes.length + 1, lon: west + x * step, lat: south + y * step });
  const at = (x: number, y: number) => y * 7 + x + 1;
  for (let y = 0; y < 7; y++) for (let x = 0; x < 7; x++) node(x, y);
  const line = (refs: number[], tags: Record<string, string>) => ways.push({ id: ways.length + 1, refs, tags });
  const range = [0, 1, 2, 3, 4, 5, 6];
  const NAMES = ['滨海路', '建设路', '人民路', '解放路', '中山路', '文化路', '环城路'];
  for (const i of range) {
    line(
      range.map((x) => at(x, i)),
      { highway: i === 3 ? 'primary' : 'residential', name: NAMES[i] ?? '' },
    );
    line(
      range.map((y) => at(i, y)),
      { highway: i === 3 ? 'trunk' : 'tertiary', name: `纵${i + 1}街` },
    );
  }
  const ring = (x: number, y: number, size: number, tags: Record<string, string>) => {
    const first = nodes.length + 1;
    for (const [dx, dy] of [
      [0, 0],
      [size, 0],
      [size, size],
      [0, size],
    ] as const)
      node(x + dx, y + dy);
    line([first, first + 1, first + 2, first + 3, first], tags);
  };
  for (const y of [0, 1, 2, 3, 4, 5]) for (const x of [0, 1, 2, 4, 5]) ring(x + 0.2, y + 0.2, 0.5, { building: 'yes' });
  ring(3.15, 2.15, 0.7, { leisure: 'park', name: '人民公园' });
  nodes.push({
    id: nodes.length + 1,
    lon: west + 3.5 * step,
    lat: south + 4.5 * step,
    tags: { amenity: 'school', name: '海滨小学' },
  });
  return xmlOf({ nodes, ways, bounds: [west - step, south - step, west + 7 * step, south + 7 * step] });
}

/** As Chinese maps have it. */
const shifted = (lon: number, lat: number): string =>
  gcoord
    .transform([lon, lat], gcoord.WGS84, gcoord.GCJ02)
    .map((degrees) => degrees.toFixed(6))
    .join(',');
const gbk = (text: string): Buffer =>
  Buffer.from(execFileSync(process.execPath, ['-e', GBK_PROGRAM], { input: text, maxBuffer: 1024 * 1024 }));
/** Node reads GBK and does not write it: each character is looked up among those that two bytes can be. */
const GBK_PROGRAM = `
  const decoder = new TextDecoder('gbk'); const map = new Map();
  for (let a = 0x81; a <= 0xfe; a++) for (let b = 0x40; b <= 0xfe; b++) map.set(decoder.decode(Uint8Array.of(a, b)), [a, b]);
  const out = []; for (const c of require('fs').readFileSync(0, 'utf8')) out.push(...(c < '\\x80' ? [c.charCodeAt(0)] : map.get(c)));
  process.stdout.write(Buffer.from(out));`;

/** The blocks of README.md's section, by their language. */
function section(language: string): string[] {
  const readme = readFileSync(join(PROJECT, 'README.md'), 'utf8');
  const [, part = ''] = /### Your own city in an hour\n([\s\S]*?)\n### /.exec(readme) ?? [];
  return [...part.matchAll(/```(\w+)\n([\s\S]*?)```/g)].flatMap(([, lang, text]) =>
    lang === language ? [text ?? ''] : [],
  );
}

beforeAll(async () => {
  const [from, port] = [folder.path('from'), await freePort()];
  const dataDir = folder.path('binjiang');
  mkdirSync(from, { recursive: true });
  cameras = await startRtspServer({ gate: 'h264' }, { user: 'admin', password: 'p@ss,1' });
  const source = cameras.url('gate').replace('rtsp://', 'rtsp://admin:p%40ss%2C1@');
  const files: Record<string, Buffer | string> = {
    'city.osm': town(),
    'gauges.csv': gbk(
      `滨江区水位站一览表,,,,,\n站码,站名,类型,经度,纬度,单位\nWL-001,人民公园站,水位,${shifted(121.913, 29.11)},m\nWL-002,滨海站,水位,${shifted(121.92, 29.101)},m\n`,
    ),
    'facilities.csv': `﻿编号,名称,类别,主管部门,经度,纬度\nPS-001,滨海泵站,泵站,水务,${shifted(121.918, 29.102)}\nH-001,滨江医院,医院,卫健,${shifted(121.908, 29.118)}\n`,
    'vehicles.csv': gbk('编号,呼号,部门,车辆类型\nSW-001,水务01,水务,抢险车\nXF-001,消防01,消防,消防车\n'),
    'cameras.csv': `编号,名称,经度,纬度,朝向,地址\nCAM-001,人民公园东门,${shifted(121.912, 29.11)},东,"${source}"\n`,
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(from, name), content);
  const here = (word: string) =>
    word === './binjiang' ? dataDir : word.startsWith('./') ? join(from, word.slice(2)) : word;
  const run = (line: string) => {
    const words = line
      .replace(/^npm run hall -- /, '')
      .split(' ')
      .map(here);
    said += execFileSync(process.execPath, [join(PROJECT, 'scripts', 'hall.ts'), ...words], { encoding: 'utf8' });
  };
  const [making = '', running = ''] = section('sh');
  for (const line of making.trim().split('\n')) run(line);
  const [feed = ''] = section('yaml');
  writeFileSync(join(dataDir, 'feeds', 'hydro.yaml'), feed.replace('5651', String(port)));
  const [check = '', start = ''] = running.trim().split('\n');
  run(check);
  expect(start).toBe('npm start -- --data ./binjiang');
  hall = await startHall({ dataDir });
  pages = await launchPages();
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  sockets.push(socket);
  const now = Date.now();
  for (const [serial, t] of [now - 120_000, now].entries()) socket.write(sl651Report('0012345678', serial, t, 0.61));
}, 4 * PATIENCE_MS);

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await pages?.close();
  await hall?.stop();
  await cameras?.stop();
  folder.remove();
});

test('each command does what README.md says of it, and nothing of the files is wrong', () => {
  expect(said).toContain('有误 0 行');
  expect(said).not.toMatch(/有误 [1-9]/);
  expect(said).toMatch(/部门 14、地名 \d+、设施 2、传感器 2、力量 2、摄像机 1、.*数据源 1$/m);
  expect(said).not.toMatch(/^(未采用|注意)：/m);
});

test(
  'the hall has its own map with its names, the gauge raises an alarm where it stands, the camera shows its picture, in both languages',
  async () => {
    const page = await pages.open(hall, '?seat=duty&lang=zh-CN', { map: true });
    await page.getByRole('row', { name: /II 重大.*道路积水.*人民公园站/ }).waitFor();
    await page.getByText('© OpenStreetMap contributors').waitFor();
    await page.getByRole('button', { name: /^数据源 1\/1$/ }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('rmly');
    await page.keyboard.press('Escape');
    const window = await openWindow(hall, 'deputy');
    try {
      expect((await window.read('places.find', { text: 'rmgy', limit: 3 })).rows.map(({ name }) => name.zh)).toContain(
        '人民公园',
      );
      const [place] = (await window.read('places.find', { text: '人民路与纵4街', limit: 1 })).rows;
      expect(place?.kind).toBe('crossing');
      const near = await window.read('places.near', { lon: 121.912, lat: 29.112, radius: 5000, limit: 20 });
      expect(near.rows.filter(({ what }) => what === 'facility').map(({ thing, eta }) => [thing, eta?.by])).toEqual(
        expect.arrayContaining([
          ['PS-001', 'road'],
          ['H-001', 'road'],
        ]),
      );
      const { sensors } = await window.call('sensors.directory', {});
      expect(Math.abs((sensors[0]?.place.lon ?? 0) - 121.913)).toBeLessThan(0.0001);
      await page.getByRole('row', { name: /道路积水.*人民公园站/ }).click();
      await page.keyboard.press('c');
      await window.see('cameras', 'CAM-001', ({ state }) => state === 'live', PATIENCE_MS);
      await picture(page, 'zh-dark');
      expect(await violationsOf(page)).toEqual([]);
      await page.close();
      const english = await pages.open(hall, '?seat=duty&lang=en&theme=light', {
        map: true,
        viewport: { width: 1920, height: 1080 },
      });
      await english.getByText('© OpenStreetMap contributors').waitFor();
      await english.getByRole('row', { name: /Road waterlogging/ }).waitFor();
      await picture(english, 'en-light');
    } finally {
      window.close();
    }
  },
  6 * PATIENCE_MS,
);
