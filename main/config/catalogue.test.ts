import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { halfSaid } from '../../tests/support/bothLanguages.ts';
import { createRejects, type Rejects } from '../rejects/rejects.ts';
import { readCatalogue, readFile } from './catalogue.ts';
import { YAML_LIMITS } from './readYaml.ts';

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

const folders = () => ({ product: join(folder, 'product'), own: join(folder, 'own') });
const catalogue = () => {
  const { items, bad } = readCatalogue(folders(), Schema, rejects);
  for (const { message, remedy } of [...bad, ...rejects.list()])
    expect([halfSaid(message), halfSaid(remedy)]).toEqual([null, null]);
  return { items: items.map(({ item }) => item), bad };
};
const named = () =>
  catalogue().bad.map(({ file, message }) => `${relative(folder, file)}: ${message.en.slice(file.length + 2)}`);

test('reads the YAML files of the folders in order; the hall’s own folder that is not there is empty', () => {
  put('product/z.yaml', 'id: z\nn: 9');
  expect(catalogue()).toEqual({ items: [{ id: 'z', n: 9 }], bad: [] });
  put('own/b.yml', 'id: b\nn: 2');
  put('own/a.yaml', '\uFEFFid: a\nn: 1');
  put('own/UPPER.YAML', 'id: upper\nn: 3');
  put('own/README.md', 'not read');
  put('own/.hidden', 'not read');
  put('own/notes.txt', 'not read');
  put('own/a.yaml~', 'not read');
  expect(catalogue().items.map(({ id }) => id)).toEqual(['z', 'upper', 'a', 'b']);
  expect(catalogue().bad).toEqual([]);
  expect(rejects.total()).toBe(0);
});

test('a link is followed, to a file and to a folder; one that leads nowhere or to itself is named', () => {
  put('product/z.yaml', 'id: z\nn: 9');
  put('elsewhere/linked.yaml', 'id: linked\nn: 1');
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'own'));
  symlinkSync('linked.yaml', join(folder, 'elsewhere/as-well.yaml'));
  symlinkSync('nowhere.yaml', join(folder, 'elsewhere/dangling.yaml'));
  symlinkSync('loop.yaml', join(folder, 'elsewhere/loop.yaml'));
  expect(catalogue().items.map(({ id }) => id)).toEqual(['z', 'linked', 'linked']);
  expect(named()).toEqual([
    'own/dangling.yaml: there is no such file',
    'own/loop.yaml: is a link that leads to itself',
  ]);
});

test('what is in the folder and not read is named, but for notes and hidden files', () => {
  put('product/z.yaml', 'id: z\nn: 9');
  put('own/deeper/c.yaml', 'id: c\nn: 3');
  put('own/plan.yaml.txt', 'id: c\nn: 3');
  put('own/folder.yaml/x', '');
  execFileSync('mkfifo', [join(folder, 'own/pipe.yaml')]);
  expect(named()).toEqual([
    'own/deeper: is a folder within the folder and is not read',
    'own/plan.yaml.txt: is not read: its name does not end in .yaml or .yml',
    'own/folder.yaml: is a folder, not a file',
    'own/pipe.yaml: is a pipe, not a file',
  ]);
});

test.each<[what: string, make: () => void, says: string[]]>([
  ['a file', () => put('own', 'id: a\nn: 1'), ['own: is a file; a folder is looked for']],
  ['a link that leads nowhere', () => symlinkSync('no', join(folder, 'own')), ['own: is a link that leads nowhere']],
  [
    'a link that leads to itself',
    () => symlinkSync('own', join(folder, 'own')),
    ['own: is a link that leads to itself'],
  ],
])('a folder that is %s is named, and the product’s files are read', (_what, make, says) => {
  put('product/z.yaml', 'id: z\nn: 9');
  make();
  expect(catalogue().items).toEqual([{ id: 'z', n: 9 }]);
  expect(named()).toEqual(says);
  expect(rejects.total()).toBe(2);
});

test('the product’s own folder that is missing is named', () => {
  put('own/a.yaml', 'id: a\nn: 1');
  expect(catalogue().items).toEqual([{ id: 'a', n: 1 }]);
  expect(named()).toEqual(['product: the folder is missing']);
});

test('a folder of thousands of files is read up to the limit, and says so', () => {
  put('product/z.yaml', 'id: z\nn: 9');
  for (let i = 1000; i < 2003; i++) put(`own/f${i}.yaml`, `id: f${i}\nn: 1`);
  expect(catalogue().items).toHaveLength(1001);
  expect(named()).toEqual([
    expect.stringMatching(/^own: holds 3 files more than the 1000 that are read, from .*f2000\.yaml on$/),
  ]);
});

const gbk = Buffer.from([0xb3, 0xc7, 0xca, 0xd0]); // 城市
test.each<[what: string, bytes: Buffer, says: string]>([
  ['GBK', Buffer.concat([Buffer.from('id: a\nn: 1 # '), gbk]), 'line 2 is not UTF-8; it looks like GBK (GB 18030)'],
  ['Latin-1', Buffer.from('id: caf\xe9\n', 'latin1'), 'line 1 is not UTF-8'],
  ['UTF-16', Buffer.from('\uFEFFid: a\nn: 1', 'utf16le'), 'the file is written in UTF-16'],
  ['UTF-16, big end first', Buffer.from([0xfe, 0xff, 0, 0x69]), 'the file is written in UTF-16'],
  [
    'UTF-16 without a mark',
    Buffer.from('id: a\nn: 1', 'utf16le'),
    'line 1 holds a zero byte: the file is damaged or no text',
  ],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), 'line 1 is not UTF-8'],
  ['too much', Buffer.alloc(YAML_LIMITS.bytes + 1, 0x20), `the file has more than ${YAML_LIMITS.bytes} bytes`],
])('a file in %s is named with what it is', (_what, bytes, says) => {
  put('product/z.yaml', 'id: z\nn: 9');
  mkdirSync(join(folder, 'own'));
  writeFileSync(join(folder, 'own/x.yaml'), bytes);
  expect(catalogue().items).toEqual([{ id: 'z', n: 9 }]);
  expect(named()).toEqual([expect.stringContaining(`own/x.yaml: ${says}`)]);
});

test('whatever bytes a file holds, it is an item or named', () => {
  put('product/z.yaml', 'id: z\nn: 9');
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .string({
        unit: fc.constantFrom('id', ': ', '\n', '- ', '&a ', '*a', '"', '{', '[', '\uFEFF', '\t', '!!js', '城'),
      })
      .map((s) => Buffer.from(s)),
  );
  fc.assert(
    fc.property(bytes, (some) => {
      mkdirSync(join(folder, 'own'), { recursive: true });
      writeFileSync(join(folder, 'own/x.yaml'), some);
      const { items, bad } = catalogue();
      expect(items.length + bad.length).toBe(2);
    }),
    { seed: 20261126, numRuns: 300 },
  );
});

test('a file that is wrong is named once, with line, fault and remedy apart, and kept; the others live on', () => {
  put('product/good.yaml', 'id: good\nn: 1');
  const file = put('product/bad.yaml', 'id: bad\n\nn: 0 # too small');
  const { items, bad } = catalogue();
  expect(items).toEqual([{ id: 'good', n: 1 }]);
  expect(bad).toEqual([
    {
      file,
      message: {
        zh: `${file} 第 3 行（n）：数值过小`,
        en: expect.stringMatching(new RegExp(`^${file}:3:1: n: Too small`)),
      },
      remedy: { zh: '数值应不小于 1', en: 'Give a value of 1 or more.' },
    },
  ]);
  expect(bad[0]?.message.en).not.toContain('Give a value');
  expect(rejects.list()).toEqual([
    expect.objectContaining({ door: 'file', source: file, path: 'n', excerpt: 'id: bad\n\nn: 0 # too small' }),
  ]);
});

test('what is not YAML, empty, missing or a folder is an answer, never a crash', () => {
  const remedies = [
    readFile(put('syntax.yaml', 'id: ['), Schema, rejects),
    readFile(put('empty.yaml', ''), Schema, rejects),
    readFile(join(folder, 'none.yaml'), Schema, rejects),
    readFile(folder, Schema, rejects),
  ].map((read) => ('bad' in read ? [read.bad.message.en.slice(folder.length), read.bad.remedy.en] : read));
  expect(remedies).toEqual([
    [expect.stringMatching(/^\/syntax\.yaml:1:\d+: /), expect.stringMatching(/./)],
    [expect.stringMatching(/^\/empty\.yaml:1:1: the file is empty/), 'Write the document, or remove the file.'],
    ['/none.yaml: there is no such file', 'Correct the name, or put the file there.'],
    [': is a folder, not a file', 'Put a plain file there.'],
  ]);
  expect(rejects.total()).toBe(4);
});

test.each<[text: string, fault: string, remedy: string]>([
  ['id: [', ' 第 1 行：此处不合 YAML 语法', '请用空格缩进，同一列表或映射的各项缩进相同'],
  ['id: "a" b', ' 第 1 行：此处不合 YAML 语法', '请检查此处的缩进、冒号、引号与括号'],
  ['', ' 第 1 行：文件是空的', '请写入内容，或移走文件'],
  ['id: a\nid: b\nn: 1', ' 第 2 行（id）：此项写了两次', '请只保留一处'],
  ['id: a', ' 第 1 行（n）：缺少此项', '请补上此项，应为数值'],
  ['id: 7\nn: 1', ' 第 1 行（id）：此项的类型不对', '此处应为文字'],
  ['id: a\nn: 1\nm: 2', ' 第 3 行：不认识的项 “m”', '请删去，或改正拼写'],
  ['id: a\nn: 1 # \0', '：第 2 行含有零字节：文件已损坏，或不是文本', '请用备份恢复，或另存为 UTF-8 编码'],
])('a Chinese screen says in Chinese what is wrong: %j', (text, fault, remedy) => {
  const file = put('x.yaml', text);
  const read = readFile(file, Schema, rejects);
  expect('bad' in read && [read.bad.message.zh, read.bad.remedy.zh]).toEqual([`${file}${fault}`, remedy]);
});

test('a form is named by its words and not by a regular expression', () => {
  const Form = z.strictObject({ id: z.string().regex(/^[a-z0-9-]+$/, 'lower-case letters, digits and hyphens') });
  const read = readFile(put('x.yaml', 'id: A B'), Form, rejects);
  expect('bad' in read && read.bad.remedy).toEqual({
    zh: '此处应为小写字母、数字与连字符',
    en: 'Write `id` as lower-case letters, digits and hyphens.',
  });
});

test('a bound that is not part of what is allowed is said so in the remedy', () => {
  const Above = z.strictObject({ seconds: z.number().gt(0).lt(9) });
  const remedyOf = (text: string) => {
    const read = readFile(put('x.yaml', text), Above, rejects);
    return 'bad' in read ? read.bad.remedy : null;
  };
  expect([remedyOf('seconds: 0'), remedyOf('seconds: 9'), remedyOf('seconds: 1')]).toEqual([
    { zh: '数值应大于 0', en: 'Give a value of more than 0.' },
    { zh: '数值应小于 9', en: 'Give a value of less than 9.' },
    null,
  ]);
});
