import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createFakeClock } from '../../../tests/fakes/clock.ts';
import { createScratch } from '../../../tests/support/scratch.ts';
import { openRecorder } from './recorder.ts';

const T = Date.parse('2026-11-28T08:30:00Z');
const scratch = createScratch();
afterEach(() => scratch.clear());

const rig = (folder: string, limits = { fileBytes: 1000, bytes: 4000, files: 10 }) => {
  const clock = createFakeClock(T);
  const said: string[] = [];
  const log = { debug() {}, info() {}, error() {}, warn: (_fields: object, text: string) => void said.push(text) };
  return { clock, said, recorder: openRecorder({ folder, feed: 'hydro', clock, log, limits }) };
};

test('what a feed hears is a line each, in the order in which it came, in a file that only the hall’s user reads', async () => {
  const folder = join(scratch.folder(), 'recordings', 'hydro');
  const { clock, recorder } = rig(folder);
  recorder.heard(Buffer.from('one'), '10.1.2.3:5');
  await clock.advance(300);
  recorder.heard(Buffer.from('two'), '');
  await recorder.close();
  expect(readdirSync(folder)).toEqual(['20261128083000.ndjson']);
  const file = join(folder, '20261128083000.ndjson');
  expect(readFileSync(file, 'utf8')).toBe(
    '{"t":"2026-11-28T08:30:00.000Z","feed":"hydro","from":"10.1.2.3:5","text":"one"}\n{"t":"2026-11-28T08:30:00.300Z","feed":"hydro","text":"two"}\n',
  );
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a file that is full is followed by another, and the oldest makes room', async () => {
  const folder = join(scratch.folder(), 'hydro');
  for (let day = 0; day < 5; day++) {
    const { recorder, clock } = rig(folder);
    await clock.advance(day * 1000);
    recorder.heard(Buffer.alloc(1000, 'x'), '');
    await recorder.close();
  }
  expect(readdirSync(folder).sort()).toEqual([
    '20261128083002.ndjson',
    '20261128083003.ndjson',
    '20261128083004.ndjson',
  ]);
});

test('a hall that starts again and again loses no recording by that, up to a number of files', async () => {
  const folder = scratch.folder();
  const days = async (count: number) => {
    for (let day = 0; day < count; day++) {
      const { recorder, clock } = rig(folder);
      await clock.advance(day * 1000);
      recorder.heard(Buffer.from('x'), '');
      await recorder.close();
    }
    return readdirSync(folder).sort();
  };
  expect(await days(9)).toHaveLength(9);
  expect(await days(12)).toHaveLength(10);
});

test('of a second there may be several files, and none is written over', async () => {
  const folder = scratch.folder();
  for (const text of ['one', 'two']) {
    const { recorder } = rig(folder);
    recorder.heard(Buffer.from(text), '');
    await recorder.close();
  }
  expect(readdirSync(folder).sort()).toEqual(['20261128083000-2.ndjson', '20261128083000.ndjson']);
});

test('a disk that refuses costs what came meanwhile, is told once, and is tried again', async () => {
  const folder = join(scratch.folder(), 'hydro');
  writeFileSync(folder, 'a file stands where the folder should be');
  const { recorder, said } = rig(folder);
  recorder.heard(Buffer.from('one'), '');
  await recorder.close();
  recorder.heard(Buffer.from('two'), '');
  await recorder.close();
  expect(said).toEqual(['a recording cannot be written, and is tried again']);
});

test('what comes faster than the disk takes it is left out and counted', async () => {
  const folder = scratch.folder();
  const { recorder, said } = rig(folder, { fileBytes: 1e9, bytes: 2e9, files: 3 });
  const mebibyte = Buffer.alloc(1024 * 1024, 'x');
  for (let i = 0; i < 20; i++) recorder.heard(mebibyte, '');
  await recorder.close();
  const lines = readFileSync(join(folder, readdirSync(folder)[0] ?? ''), 'utf8')
    .trim()
    .split('\n');
  expect(lines.length).toBeLessThan(12);
  expect(said).toEqual(['messages are missing in a recording']);
});
