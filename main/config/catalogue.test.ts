import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { createRejects, type Rejects } from '../feeds/rejects.ts';
import { readCatalogue, readFile } from './catalogue.ts';

const Schema = z.strictObject({ id: z.string(), n: z.number().min(1) });
let folder: string;
let rejects: Rejects;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opshall-catalogue-'));
  rejects = createRejects({ clock: createFakeClock() });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string): string => {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  return file;
};

test('reads the YAML files of the folders in order; a folder that is not there is empty', () => {
  put('own/b.yml', 'id: b\nn: 2');
  put('own/a.yaml', 'id: a\nn: 1');
  put('own/readme.md', 'not read');
  put('own/deeper/c.yaml', 'id: c\nn: 3');
  put('product/z.yaml', 'id: z\nn: 9');
  const folders = [join(folder, 'product'), join(folder, 'own'), join(folder, 'missing')];
  expect(readCatalogue(folders, Schema, rejects)).toEqual({
    items: [
      { id: 'z', n: 9 },
      { id: 'a', n: 1 },
      { id: 'b', n: 2 },
    ],
    bad: [],
  });
  expect(rejects.total()).toBe(0);
});

test('a file that is wrong is named once, with line, fault and remedy apart, and kept; the others live on', () => {
  put('good.yaml', 'id: good\nn: 1');
  const file = put('bad.yaml', 'id: bad\n\nn: 0 # too small');
  const { items, bad } = readCatalogue([folder], Schema, rejects);
  expect(items).toEqual([{ id: 'good', n: 1 }]);
  expect(bad).toEqual([
    {
      file,
      message: expect.stringMatching(new RegExp(`^${file}:3:1: n: Too small`)),
      remedy: 'Give a value of 1 or more.',
    },
  ]);
  expect(bad[0]?.message).not.toContain('Give a value');
  expect(rejects.list()).toEqual([
    expect.objectContaining({ source: file, path: 'line 3: n', excerpt: 'id: bad\n\nn: 0 # too small' }),
  ]);
});

test('what is not YAML, empty, missing or a folder is an answer, never a crash', () => {
  const remedies = [
    readFile(put('syntax.yaml', 'id: ['), Schema, rejects),
    readFile(put('empty.yaml', ''), Schema, rejects),
    readFile(join(folder, 'none.yaml'), Schema, rejects),
    readFile(folder, Schema, rejects),
  ].map((read) => ('bad' in read ? [read.bad.message.slice(folder.length), read.bad.remedy] : read));
  expect(remedies).toEqual([
    [expect.stringMatching(/^\/syntax\.yaml:1:\d+: /), expect.stringMatching(/./)],
    [expect.stringMatching(/^\/empty\.yaml:1:1: the file is empty/), 'Write the document, or remove the file.'],
    ['/none.yaml: there is no such file', 'Correct the name, or put the file there.'],
    [expect.any(String), 'Make the file readable.'],
  ]);
  expect(rejects.total()).toBe(4);
});
