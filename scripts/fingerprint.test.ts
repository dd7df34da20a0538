import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compareWithStamp } from './fingerprint.ts';

let folder: string;
let stamp: string;
const file = (name: string): string => join(folder, 'src', name);
const compare = (skip?: (path: string) => boolean) => compareWithStamp(stamp, [join(folder, 'src')], skip);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opshall-fingerprint-'));
  stamp = join(folder, 'out', 'stamp.json');
  mkdirSync(join(folder, 'src'));
  writeFileSync(file('a.ts'), 'one');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('work is due until it is remembered, and again after a change, an addition or a removal', () => {
  expect(compare().fresh).toBe(false);
  compare().remember();
  expect(compare().fresh).toBe(true);

  writeFileSync(file('a.ts'), 'two!');
  expect(compare().fresh).toBe(false);
  compare().remember();

  writeFileSync(file('b.ts'), '');
  expect(compare().fresh).toBe(false);
  compare().remember();

  rmSync(file('b.ts'));
  expect(compare().fresh).toBe(false);
});

test('new times on the same bytes, as after a checkout, are no change', () => {
  compare().remember();
  utimesSync(file('a.ts'), 1_000, 2_000);
  expect(compare().fresh).toBe(true);
});

test('a skipped file does not count', () => {
  const skip = (path: string) => path.endsWith('.md');
  compare(skip).remember();
  writeFileSync(file('notes.md'), 'x');
  expect(compare(skip).fresh).toBe(true);
});
