import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { EditedKind } from '../../../../contract/features/setupFiles.ts';
import { createScratch } from '../../../../tests/support/scratch.ts';
import { FileRefusal } from '../saying.ts';
import { createEditedFolder } from './folder.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const NOW = Date.UTC(2026, 10, 28, 1, 2, 3);
const FEED = (id: string, more = '') => `# ${id}, by hand
id: ${id}
protocol: http-json   # posts
name: { zh: 甲, en: A }
token: a-token-of-a-test-system
crs: wgs84
owns: [WL-1]
${more}`;

function hall(files: Record<string, string> = {}, kind: EditedKind = 'feeds') {
  const dir = join(scratch.folder('hall'), kind);
  const folder = createEditedFolder(join(dir, '..'), kind, {
    directory: { hasSensor: (id) => id === 'WL-1', hasUnit: () => false },
    ...{
      sensorKinds: new Set(['water-level']),
      unitKinds: new Set(['truck']),
      rules: new Set<string>(),
      at: () => undefined,
    },
  });
  mkdirSync(dir, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  const at = (name: string) => readFileSync(join(dir, name), 'utf8');
  const opened = (file: string) => {
    const { text, version } = folder.open(file);
    return { text, base: { file, version } };
  };
  return { dir, folder, at, opened };
}
const refusalOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof FileRefusal) return error.message;
    throw error;
  }
  return 'done';
};

describe('files of the hall, written on screen', () => {
  test('are listed with what they define, on, off or wrong; what can be put back beside them', () => {
    const { folder } = hall({
      'a.yaml': FEED('a'),
      'b.yaml.off': FEED('b'),
      'c.yml': 'id: c\n',
      'notes.txt': 'x',
      '.d.yaml': FEED('d'),
    });
    const { files, kept } = folder.list();
    expect(files).toEqual([
      { file: 'a.yaml', state: 'on', ids: ['a'], count: 1, name: { zh: '甲', en: 'A' }, protocol: 'http-json' },
      { file: 'b.yaml', state: 'off', ids: ['b'], count: 1, name: { zh: '甲', en: 'A' }, protocol: 'http-json' },
      { file: 'c.yml', state: 'wrong', ids: [], count: 0, name: null, protocol: null },
    ]);
    expect(kept).toEqual([]);
  });

  test('a file is saved with its comments and secrets, for its owner alone, and put back step by step', () => {
    const { dir, folder, at, opened } = hall({ 'a.yaml': FEED('a') });
    const { text, base } = opened('a.yaml');
    expect(text).toContain('token: "••••••1"');
    expect(folder.save({ base, text: text.replace('silentAfter', '').replace('zh: 甲', 'zh: 乙') }, NOW)).toEqual({
      saved: 'a.yaml',
    });
    expect(at('a.yaml')).toBe(FEED('a').replace('甲', '乙'));
    expect(statSync(join(dir, 'a.yaml')).mode & 0o777).toBe(0o600);
    expect(folder.list().kept).toEqual([{ file: 'a.yaml', at: NOW, there: true }]);
    expect(folder.putBack('a.yaml')).toBe(false);
    expect(at('a.yaml')).toBe(FEED('a'));
    expect(refusalOf(() => folder.putBack('a.yaml'))).toMatch(/^nothing is kept of feeds\/a\.yaml/);
  });

  test('a new file has the name of what it defines, and no other is written over; undone, it is gone', () => {
    const { folder, at, dir } = hall({ 'new.yaml.off': 'x: 1\n' });
    expect(folder.save({ base: null, text: FEED('new') }, NOW)).toEqual({ saved: 'new-2.yaml' });
    expect(at('new-2.yaml')).toBe(FEED('new'));
    expect(folder.putBack('new-2.yaml')).toBe(true);
    expect(existsSync(join(dir, 'new-2.yaml'))).toBe(false);
  });

  test('nothing is written of a text in which something is wrong, and each fault has its line', () => {
    const { folder, dir, opened } = hall({ 'a.yaml': FEED('a') });
    const { text, base } = opened('a.yaml');
    const faults = (draft: string) => folder.look({ base, text: draft }).faults;
    expect(faults(text.replace('crs: wgs84', 'crs: wgs85\nmore: 1'))).toMatchObject([
      { line: 7, path: '', severity: 'error', message: { zh: '不认识的项 “more”' } },
      { line: 6, path: 'crs', remedy: { en: 'Write one of: wgs84, gcj02, bd09.' } },
    ]);
    expect(faults(`${text}- x`)).toMatchObject([{ line: 8, severity: 'error' }]);
    const wrong = folder.save({ base, text: 'id: a\n' }, NOW);
    expect(wrong).toMatchObject({ faults: expect.arrayContaining([expect.objectContaining({ line: 1 })]) });
    expect(readdirSync(dir)).toEqual(['a.yaml']);
  });

  test('an id of another file is wrong; one that the hall does not have is only to be minded', () => {
    const { folder, opened } = hall({ 'a.yaml': FEED('a'), 'b.yaml': FEED('b') });
    const { text, base } = opened('b.yaml');
    expect(folder.look({ base, text: text.replace('id: b', 'id: a') })).toMatchObject({
      ok: false,
      faults: [{ severity: 'error', message: { en: '"a" is in feeds/a.yaml already' } }],
    });
    expect(folder.look({ base, text: text.replace('[WL-1]', '[WL-1, WL-2]') })).toMatchObject({
      ok: true,
      faults: [{ line: 7, column: 14, severity: 'warning', message: { en: 'the hall has no "WL-2"' } }],
    });
  });

  test('a file that changed since it was opened is not written over', () => {
    const { folder, dir, opened, at } = hall({ 'a.yaml': FEED('a') });
    const { text, base } = opened('a.yaml');
    writeFileSync(join(dir, 'a.yaml'), FEED('a', 'silentAfter: 20\n'));
    expect(refusalOf(() => folder.save({ base, text }, NOW))).toMatch(/^feeds\/a\.yaml has changed since/);
    expect(at('a.yaml')).toContain('silentAfter: 20');
  });

  test('a file is switched off and on, taken away and put back', () => {
    const { folder, dir, at } = hall({ 'a.yaml': FEED('a') });
    folder.switchTo('a.yaml', false);
    expect(readdirSync(dir)).toEqual(['a.yaml.off']);
    expect(folder.list().files).toMatchObject([{ file: 'a.yaml', state: 'off' }]);
    folder.switchTo('a.yaml', false);
    folder.switchTo('a.yaml', true);
    expect(readdirSync(dir)).toEqual(['a.yaml']);
    folder.remove('a.yaml', NOW);
    expect(folder.list()).toEqual({ files: [], kept: [{ file: 'a.yaml', at: NOW, there: false }] });
    expect(folder.putBack('a.yaml')).toBe(false);
    expect(at('a.yaml')).toBe(FEED('a'));
    expect(refusalOf(() => folder.remove('b.yaml', NOW))).toMatch(/^there is no file feeds\/b\.yaml/);
  });

  test('what is no text, or too long, is told and not opened', () => {
    const { folder } = hall({ 'a.yaml': FEED('a', `# ${'x'.repeat(70_000)}\n`) });
    expect(refusalOf(() => folder.open('a.yaml'))).toMatch(/has more than 60000 characters/);
    const { dir, folder: other } = hall();
    writeFileSync(join(dir, 'g.yaml'), Buffer.from([0xc4, 0xe3]));
    expect(refusalOf(() => other.open('g.yaml'))).toMatch(/^feeds\/g\.yaml: line 1 is not UTF-8/);
  });

  test('a file of rules is checked as it is read at a start: thresholds, ids, kinds and sensors', () => {
    const rule = (id: string, sensor: string, clear: number) =>
      `  - rule: ${id}\n    name: { zh: 甲, en: A }\n    sensor: ${sensor}\n    levels: [{ level: 2, raise: 2, clear: ${clear} }]\n`;
    const { folder } = hall({ 'a.yaml': `rules:\n${rule('a', '{ kind: gas }', 1)}` }, 'rules');
    expect(folder.list().files).toMatchObject([{ file: 'a.yaml', ids: ['a'], count: 1, name: { zh: '甲' } }]);
    const faults = (text: string) => folder.look({ base: null, text: `rules:\n${text}` }).faults;
    expect(faults(rule('b', '{ kind: water-level }', 3))).toMatchObject([
      {
        ...{ line: 5, path: 'rules.0.levels.0.clear', severity: 'error' },
        message: { en: expect.stringMatching(/^clear must be below raise/) },
      },
    ]);
    expect(faults(rule('a', '{ kind: water-level }', 1))).toMatchObject([{ line: 2, severity: 'error' }]);
    expect(faults(rule('b', '{ kind: smoke, ids: [SM-1] }', 1))).toMatchObject([
      { line: 4, severity: 'warning', message: { en: 'the hall has no sensor of the kind "smoke"' } },
      { line: 4, severity: 'warning', message: { en: 'the hall has no "SM-1"' } },
    ]);
  });
});
