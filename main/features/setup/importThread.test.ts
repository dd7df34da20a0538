import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createScratch } from '../../../tests/support/scratch.ts';
import { until } from '../../../tests/support/until.ts';
import { systemClock } from '../../clock.ts';
import { createImportThread } from './importThread.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

/** What nothing waits for: a test says itself when the time of an order is over. */
function handClock() {
  const waiting = new Set<() => void>();
  return {
    waiting,
    setTimeout(fn: () => void) {
      waiting.add(fn);
      return () => void waiting.delete(fn);
    },
  };
}

const order = (file: string) => ({
  ...{ dataDir: join(file, '..', 'hall'), kind: 'places' as const, file },
  options: { name: 'x', crs: 'wgs84' },
});

test('a thread plans, writes and undoes, and says what is refused with its remedy', async () => {
  const thread = scratch.keep(createImportThread({ clock: systemClock() }), (it) => it.close());
  const file = join(scratch.folder('import'), 'x.csv');
  writeFileSync(file, 'id,名称,经度,纬度\np1,东门,121.5,31.2\n');
  const plan = await thread.ask('plan', order(file));
  expect(plan).toMatchObject({ outcome: 'planned', name: 'places-x', new: { count: 1, examples: ['p1'] } });
  expect(await thread.ask('import', { ...order(file), now: 0 })).toEqual({ name: 'places-x', written: true });
  const { dataDir } = order(file);
  expect(await thread.ask('undo', { dataDir, name: 'places-x' })).toEqual({ removed: true });
  await expect(thread.ask('undo', { dataDir, name: 'places-x' })).rejects.toMatchObject({
    name: 'ImportError',
    said: { message: { zh: expect.stringContaining('没有可以撤销的导入') } },
  });
});

test('what takes too long is ended, and said in a person’s words; the next is done', async () => {
  const clock = handClock();
  const folder = scratch.folder('endless');
  const endless = join(folder, 'endless.mjs');
  writeFileSync(
    endless,
    "import { parentPort } from 'node:worker_threads';\nparentPort.on('message', () => { for (;;); });\n",
  );
  const thread = scratch.keep(createImportThread({ clock, program: endless }), (it) => it.close());
  const asked = thread.ask('undo', { dataDir: folder, name: 'places-x' });
  await until(() => clock.waiting.size === 1, { what: 'the thread to run' });
  for (const over of clock.waiting) over();
  await expect(asked).rejects.toMatchObject({
    name: 'ImportError',
    said: { message: { zh: '读这个文件超过了 60 秒', en: 'reading the file takes longer than 60 seconds' } },
  });
});

test('what takes too much memory is ended, and said', async () => {
  const folder = scratch.folder('greedy');
  const greedy = join(folder, 'greedy.mjs');
  writeFileSync(
    greedy,
    "import { parentPort } from 'node:worker_threads';\nparentPort.on('message', () => { const all = []; for (;;) all.push(new Array(10_000).fill({})); });\n",
  );
  const thread = createImportThread({ clock: systemClock(), program: greedy, limits: { heap: 32 } });
  scratch.keep(thread, (it) => it.close());
  await expect(thread.ask('undo', { dataDir: folder, name: 'places-x' })).rejects.toMatchObject({
    name: 'ImportError',
    said: { message: { en: 'reading the file takes more than 32 MiB of memory' } },
  });
});

test('a hall that closes asks no thread any more', async () => {
  const thread = createImportThread({ clock: systemClock() });
  await thread.close();
  await expect(thread.ask('undo', { dataDir: '', name: 'places-x' })).rejects.toMatchObject({ code: 'unavailable' });
});
