import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { ContractError } from '../../../contract/errors.ts';
import type { ImportAsked } from '../../../contract/features/setupImport.ts';
import { callerAt } from '../../../tests/fakes/callers.ts';
import { createFakeClock } from '../../../tests/fakes/clock.ts';
import { createScratch } from '../../../tests/support/scratch.ts';
import { refusal } from '../../city/import/importError.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { createImports } from './importHandlers.ts';
import type { ImportThread } from './importThread.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const duty = callerAt('duty');
const inChinese = { ...duty, lang: 'zh-CN' as const };
const asked: ImportAsked = { upload: 'upload-1', kind: 'sensors', crs: 'gcj02' };
const piece = { upload: 'upload-1', name: '表.csv', at: 0, of: 3, bytes: 'YWJj' };

/** Handlers whose thread answers, or refuses, as a test says; and what it was asked. */
function stand(answer: () => unknown, onlyLive: () => void = () => undefined) {
  const hallDir = scratch.folder();
  const orders: unknown[] = [];
  const thread: ImportThread = {
    async ask(task, order) {
      orders.push([task, order]);
      return answer() as never;
    },
    close: async () => undefined,
  };
  const city = { departments: [{ id: 'water' }], kinds: [{ kind: 'smoke' }] };
  const log = { info: () => undefined };
  const kernel = { city, clock: createFakeClock(), dataDir: hallDir, hallDir, log } as unknown as Kernel;
  const { handlers } = createImports(kernel, onlyLive, thread);
  return { handlers, orders, hallDir, setup: join(hallDir, '.setup') };
}
const REFUSED = () => {
  throw refusal({ zh: '不行', en: 'no' }, { zh: '请写 --crs gcj02', en: 'Write --crs gcj02.' });
};

test('the thread is told the file, what it is called, and the departments and kinds that the hall knows', async () => {
  const { handlers, orders, hallDir, setup } = stand(() => ({ name: 'sensors-表', written: true }));
  await handlers['setup.offer'](piece, duty);
  expect(await handlers['setup.import'](asked, duty)).toEqual({
    ...{ file: 'city/sensors-表.json', name: 'sensors-表', written: true },
  });
  const options = { name: '表', crs: 'gcj02', departments: [{ id: 'water' }], kinds: [{ kind: 'smoke' }] };
  expect(orders).toMatchObject([
    ['import', { dataDir: hallDir, kind: 'sensors', file: join(setup, '1', '表.csv'), options }],
  ]);
  expect(existsSync(setup)).toBe(false);
});

test('a refusal is an answer of the preview, and an error in the caller’s words of what was to be done', async () => {
  const { handlers, setup } = stand(REFUSED);
  await handlers['setup.offer'](piece, duty);
  expect(await handlers['setup.plan'](asked, duty)).toEqual({
    ...{ outcome: 'refused', message: { zh: '不行', en: 'no' }, proposal: null },
    remedy: { zh: '请写坐标系 gcj02', en: 'Write the coordinate system gcj02.' },
  });
  await expect(handlers['setup.import'](asked, inChinese)).rejects.toMatchObject({
    ...{ code: 'refused', message: '不行。请写坐标系 gcj02' },
  });
  await expect(handlers['setup.undo']({ name: 'sensors-x' }, duty)).rejects.toMatchObject({
    ...{ code: 'refused', message: 'no. Write the coordinate system gcj02.' },
  });
  // It can be asked again, of another system of coordinates.
  expect(existsSync(setup)).toBe(true);
});

test('a drill has no files of its own: nothing is brought, planned, written or undone', async () => {
  const { handlers, orders, setup } = stand(REFUSED, () => {
    throw new ContractError('refused', 'a drill');
  });
  const all = [
    () => handlers['setup.offer'](piece, duty),
    () => handlers['setup.plan'](asked, duty),
    () => handlers['setup.import'](asked, duty),
    () => handlers['setup.undo']({ name: 'sensors-x' }, duty),
  ];
  for (const each of all) await expect(each()).rejects.toThrow('a drill');
  expect([orders, existsSync(setup)]).toEqual([[], false]);
});
