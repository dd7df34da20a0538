import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { ImportAsked } from '../../contract/features/setupImport.ts';
import { gbk } from '../../main/city/import/sampleFiles.ts';
import { sendFile } from '../../renderer/features/setup/import/sendFile.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { createScratch } from '../support/scratch.ts';
import { openWindow, type Window } from '../support/window.ts';

/** A department's table comes in from a window: the whole way, with a thread of the hall's own. */
const scratch = createScratch();
const windows: Window[] = [];
let hall: HallProcess;
afterEach(async () => {
  for (const window of windows.splice(0)) window.close();
  await hall?.stop();
  await scratch.clear();
});

async function stand() {
  const dataDir = scratch.folder('hall');
  mkdirSync(join(dataDir, 'city'));
  writeFileSync(join(dataDir, 'hall.yaml'), 'hall: 1\nname: { zh: 试验大厅, en: Test hall }\n');
  hall = await startHall({ dataDir });
  const seat = async (name: string) => {
    const window = await openWindow(hall, name);
    windows.push(window);
    return window;
  };
  return { dataDir, seat, setup: join(dataDir, '.setup') };
}

const HEAD = '站码,站名,监测类型,单位,经度,纬度\n';
const rows = (many: number) =>
  Array.from({ length: many }, (_, i) => `WL-${i},东门水位站第${i}号,水位,m,121.${1000 + i},31.2\n`).join('');

const sent = async (window: Window, content: Buffer, name = '水位站.csv', signal = new AbortController().signal) => {
  const progress: number[] = [];
  const upload = await sendFile(window.client.call, new File([new Uint8Array(content)], name), {
    ...{ signal, onProgress: (bytes: number) => progress.push(bytes) },
  });
  return { upload, progress };
};
const asked = (upload: string, crs?: string): ImportAsked => ({
  ...{ upload, kind: 'sensors' },
  ...(crs === undefined ? {} : { crs }),
});

test('a table in GBK comes in piece by piece: seen first, written, loaded, the same again, and undone', async () => {
  const { dataDir, seat, setup } = await stand();
  const duty = await seat('duty');
  const content = gbk(HEAD + rows(4000));
  const { upload, progress } = await sent(duty, content);
  expect(progress).toEqual([147_456, content.length]);

  // A file of text does not say what its coordinates mean, and nothing is guessed.
  expect(await duty.call('setup.plan', asked(upload))).toMatchObject({
    outcome: 'refused',
    message: { zh: '文件没有说明坐标系' },
    remedy: { zh: expect.stringContaining('坐标系 wgs84, gcj02'), en: expect.not.stringContaining('--crs') },
  });
  const plan = await duty.call('setup.plan', asked(upload, 'gcj02'));
  expect(plan).toMatchObject({
    ...{ outcome: 'planned', name: 'sensors-水位站', file: 'city/sensors-水位站.json', crs: 'gcj02' },
    source: { format: 'csv', encoding: 'gb18030', rows: 4000 },
    columns: ['站码', '站名', '监测类型', '单位', '经度', '纬度'],
    new: { count: 4000, examples: ['WL-0', 'WL-1', 'WL-2', 'WL-3', 'WL-4'] },
    ...{ changed: { count: 0 }, same: 0, gone: { count: 0 }, wrong: { rows: 0, count: 0, told: [] } },
  });
  if (plan.outcome !== 'planned') throw new Error('it was refused');
  expect(plan.first).toHaveLength(10);
  expect(plan.first[0]).toMatchObject({ row: 2, raw: ['WL-0', '东门水位站第0号', '水位', 'm', '121.1000', '31.2'] });
  expect(plan.first[0]?.thing).toContainEqual({ member: 'kind', value: 'water-level' });
  expect(plan.mapping).toContain('kind: sensors');
  expect(readdirSync(join(dataDir, 'city'))).toEqual([]);

  const done = { file: 'city/sensors-水位站.json', name: 'sensors-水位站', written: true };
  expect(await duty.call('setup.import', asked(upload, 'gcj02'))).toEqual(done);
  expect(existsSync(setup)).toBe(false);
  const looked = await duty.call('setup.look', {});
  expect(looked.parts.find(({ part }) => part === 'sensors')).toMatchObject({ count: 0, added: { count: 4000 } });
  expect(looked.imports).toMatchObject([{ name: 'sensors-水位站', kind: 'sensors', things: 4000 }]);
  expect(Math.abs((looked.imports[0]?.at ?? 0) - Date.now())).toBeLessThan(600_000);

  const again = await sent(duty, content);
  expect(await duty.call('setup.plan', asked(again.upload, 'gcj02'))).toMatchObject({ same: 4000, new: { count: 0 } });
  expect(await duty.call('setup.import', asked(again.upload, 'gcj02'))).toEqual({ ...done, written: false });

  writeFileSync(join(dataDir, 'hall.yaml'), 'hall: 1\nname: { zh: 新名, en: New name }\n');
  await duty.call('setup.reload', {});
  await duty.seeStation(({ name }) => name?.en === 'New name', 60_000);
  expect((await duty.call('sensors.directory', {})).sensors.some(({ id }) => id === 'WL-7')).toBe(true);
  const file = join(dataDir, 'city', 'sensors-水位站.json');
  expect(JSON.parse(readFileSync(file, 'utf8')).sensors).toHaveLength(4000);
  expect(await duty.call('setup.undo', { name: 'sensors-水位站' })).toEqual({ file: done.file, removed: true });
  expect(existsSync(file)).toBe(false);
  await expect(duty.call('setup.undo', { name: 'sensors-水位站' })).rejects.toMatchObject({
    ...{ code: 'refused', message: expect.stringContaining('there is no import "sensors-水位站"') },
  });
  expect((await duty.call('setup.look', {})).imports).toEqual([]);
  expect(duty.violations).toEqual([]);
});

test('rows that are wrong are told with row, column, value, why and remedy; not one row that can come in is refused', async () => {
  const { seat } = await stand();
  const duty = await seat('duty');
  const wrong = 'WL-1,东门,水位,m,31.2,121.5\nWL-2,西门,水位,m,0,0\n';
  const { upload } = await sent(duty, Buffer.from(`${HEAD}${wrong}WL-3,南门,水位,m,121.5,31.2\n`));
  const plan = await duty.call('setup.plan', asked(upload, 'wgs84'));
  expect(plan).toMatchObject({
    ...{ outcome: 'planned', new: { count: 1, examples: ['WL-3'] }, wrong: { rows: 2 } },
    first: [{ thing: null, complaints: [{ why: { zh: expect.stringContaining('写反') } }] }, {}, { row: 4 }],
  });
  if (plan.outcome !== 'planned') throw new Error('it was refused');
  expect(plan.wrong.told.map(({ row, why }) => [row, why.zh])).toEqual([
    [2, expect.stringContaining('写反')],
    [3, '坐标是 0,0'],
  ]);
  expect(plan.wrong.told.every(({ remedy }) => remedy.zh !== '' && remedy.en !== '')).toBe(true);
  const none = await sent(duty, Buffer.from(HEAD + wrong), '无.csv');
  await expect(duty.call('setup.import', asked(none.upload, 'wgs84'))).rejects.toMatchObject({
    ...{ code: 'refused', message: expect.stringContaining('not one row can come in') },
  });
  // Columns that nobody knows: what is missing, and a mapping to begin with.
  const strange = await sent(duty, Buffer.from('甲,乙\n1,2\n'), '怪.csv');
  expect(await duty.call('setup.plan', asked(strange.upload, 'wgs84'))).toMatchObject({
    ...{ outcome: 'refused', proposal: expect.stringContaining('kind: sensors') },
  });
});

test('pieces out of order and a fourth file are refused; what is given up, and what a hall leaves, is gone', async () => {
  const { seat, setup } = await stand();
  const duty = await seat('duty');
  const piece = { upload: 'upload-1', name: 'a.csv', of: 6, bytes: 'YWJj' };
  expect(await duty.call('setup.offer', { ...piece, at: 0 })).toEqual({ got: 3 });
  await expect(duty.call('setup.offer', { ...piece, at: 1 })).rejects.toMatchObject({
    ...{ code: 'refused', message: expect.stringContaining('the one at byte 3 of 6 was expected') },
  });
  await expect(duty.call('setup.plan', asked('upload-1'))).rejects.toMatchObject({ code: 'refused' });
  await expect(duty.call('setup.offer', { ...piece, upload: '../../x', at: 0 })).rejects.toMatchObject({
    code: 'bad-request',
  });
  for (const upload of ['upload-2', 'upload-3']) await duty.call('setup.offer', { ...piece, upload, at: 0 });
  await expect(sent(duty, Buffer.from(HEAD))).rejects.toMatchObject({ code: 'refused' });
  for (const upload of ['upload-1', 'upload-2', 'upload-3']) await duty.call('setup.withdraw', { upload });
  expect(existsSync(setup)).toBe(false);

  const given = new AbortController();
  const content = Buffer.alloc(1_000_000, 'a,b\n');
  const sending = sendFile(duty.client.call, new File([content], 'a.csv'), {
    ...{ signal: given.signal, onProgress: () => given.abort() },
  });
  await expect(sending).rejects.toMatchObject({ name: 'AbortError' });
  await duty.call('setup.withdraw', { upload: 'after-it-' });
  expect(existsSync(setup)).toBe(false);

  await duty.call('setup.offer', { ...piece, at: 0 });
  expect(existsSync(setup)).toBe(true);
  await hall.stop();
  expect(existsSync(setup)).toBe(false);
});

test('a department may neither bring a file nor undo an import', async () => {
  const { seat, setup } = await stand();
  const fire = await seat('fire');
  await expect(sent(fire, Buffer.from(HEAD))).rejects.toMatchObject({ code: 'forbidden' });
  await expect(fire.call('setup.plan', asked('upload-1'))).rejects.toMatchObject({ code: 'forbidden' });
  await expect(fire.call('setup.import', asked('upload-1'))).rejects.toMatchObject({ code: 'forbidden' });
  await expect(fire.call('setup.undo', { name: 'sensors-x' })).rejects.toMatchObject({ code: 'forbidden' });
  expect(existsSync(setup)).toBe(false);
});
