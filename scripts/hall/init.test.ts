import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { USUAL_DEPARTMENTS } from '../../core/people/names.ts';
import { createScratch } from '../../tests/support/scratch.ts';
import { checkFolder } from './folder.ts';
import { init } from './init.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());
const resources = resolve(import.meta.dirname, '..', '..', 'resources');

test('a new hall’s folder is one that a start has nothing against, with the usual departments, and without the drill city', () => {
  const dataDir = join(scratch.folder('halls'), 'binjiang');
  expect(init([dataDir, '--name', '滨江区运行中心'])).toBe(0);
  expect(readFileSync(join(dataDir, 'hall.yaml'), 'utf8')).toContain('zh: 滨江区运行中心');
  const { counts, notices } = checkFolder({ dataDir, resources });
  expect(notices).toEqual([]);
  expect(counts.departments).toBe(Object.keys(USUAL_DEPARTMENTS).length);
});

test('a folder that is a hall’s, or has anything else in it, is left as it is', () => {
  const dataDir = scratch.folder('hall');
  init([dataDir]);
  const before = readdirSync(dataDir);
  expect(() => init([dataDir])).toThrow(/is a hall's folder already/);
  expect(readdirSync(dataDir)).toEqual(before);
  const other = scratch.folder('other');
  writeFileSync(join(other, 'photo.jpg'), '');
  expect(() => init([other])).toThrow(/is not empty/);
  expect(existsSync(join(other, 'hall.yaml'))).toBe(false);
  expect(() => init([])).toThrow(/Name the folder/);
});
