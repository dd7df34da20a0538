import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openComponentsFile } from '../../../native/sqlite/componentsReader.ts';
import { ImportError } from '../import/importError.ts';
import { reportText } from '../import/report.ts';
import { putBack } from './componentFiles.ts';
import { planComponents } from './planComponents.ts';
import { openRegisters } from './registers.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'opshall-components-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const HEAD = '部件标识码,小类代码,部件名称,权属单位,经度,纬度';
const line = (n: number, name = '路灯') =>
  `31010101070${String(n).padStart(5, '0')},0107,${name},路灯所,${121.4 + n / 1e4},31.2`;
const csv = (lines: readonly string[], name = '部件.csv') => {
  const file = join(dir, name);
  writeFileSync(file, `${lines.join('\r\n')}\r\n`);
  return file;
};
const plan = (file: string) => planComponents({ dataDir: dir, file, options: { crs: 'wgs84' } });
const folder = () => join(dir, 'city', 'components');
const rows = (n: number) => Array.from({ length: n }, (_, i) => line(i + 1));

test('a register is read row by row, and is there as a whole once it is put in its place', async () => {
  const planned = await plan(csv([HEAD, ...rows(3), 'A B,0107,路灯,,121.5,31.2', line(2)]));
  expect(planned).toMatchObject({ name: 'components-部件', wrongRows: 2, new: { count: 3 }, source: { rows: 5 } });
  expect(planned.wrong.map(({ row, column }) => [row, column])).toEqual([
    [5, '部件标识码'],
    [6, 'id'],
  ]);
  expect(readdirSync(folder())).toEqual(['components-部件.db.fresh']);
  expect(planned.put()).toBe(true);
  planned.drop();
  expect(readdirSync(folder())).toEqual(['components-部件.db']);

  const { registers, notices } = openRegisters(dir, 0);
  expect(notices).toEqual([]);
  expect(registers.one('3101010107000001')).toMatchObject({
    name: { zh: '路灯', en: '路灯' },
    owner: '路灯所',
    kind: '0107',
  });
  registers.close();
  expect(reportText(planned, 'zh')).toContain('新增 3，更改 0，不变 0，不再有 0；有误 2 行');
});

test('the same again changes nothing; what is another is told, replaces it, and can be undone', async () => {
  const first = await plan(csv([HEAD, ...rows(3)]));
  first.put();
  const same = await plan(csv([HEAD, ...rows(3)]));
  expect([same.put(), same.counts]).toMatchObject([false, { fresh: 0, changed: 0, gone: 0, same: 3 }]);
  same.drop();
  const other = await plan(csv([HEAD, line(1), line(2, '景观灯'), line(9)]));
  expect(other.counts).toMatchObject({ fresh: 1, changed: 1, gone: 1, same: 1 });
  expect(other.put()).toBe(true);
  const count = () => {
    const reader = openComponentsFile(join(folder(), 'components-部件.db'));
    const found = [reader.one('3101010107000002')?.name.zh, reader.one('3101010107000009') !== null];
    reader.close();
    return found;
  };
  expect(count()).toEqual(['景观灯', true]);
  expect(putBack(dir, 'components-部件')).toMatchObject({ removed: false });
  expect(count()).toEqual(['路灯', false]);
  expect(putBack(dir, 'components-部件')).toMatchObject({ removed: true });
  expect([putBack(dir, 'components-部件'), readdirSync(folder())]).toEqual([null, []]);
});

test('a dry run, and a file that breaks off in the middle, leave nothing behind', async () => {
  const dry = await plan(csv([HEAD, ...rows(2)]));
  dry.drop();
  expect(readdirSync(folder())).toEqual([]);
  const cut = csv([HEAD, ...rows(20_000), '3101,"0107,路灯']);
  await expect(plan(cut)).rejects.toThrow(/a quotation mark after line 20001 is not closed/);
  expect(readdirSync(folder())).toEqual([]);
});

test('what is not text in its encoding is refused with the line, and what is no table at all', async () => {
  const mixed = join(dir, '混.csv');
  writeFileSync(
    mixed,
    Buffer.concat([Buffer.from(`${HEAD}\n${rows(40_000).join('\n')}\n`), Buffer.from([0xb2, 0xbf, 0x0a])]),
  );
  const refused = await plan(mixed).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ImportError);
  expect((refused as ImportError).said.message.en).toMatch(/after line \d+ it is no text in utf-8/);
  await expect(plan(csv(['', '']))).rejects.toThrow('holds no row');
});

test('other formats come in as any import has them', async () => {
  const file = join(dir, '部件.geojson');
  const feature = (id: string, lon: number) => ({
    ...{ type: 'Feature', properties: { 部件编号: id, 小类: '0109', 名称: '消火栓' } },
    geometry: { type: 'Point', coordinates: [lon, 31.2] },
  });
  writeFileSync(
    file,
    JSON.stringify({ type: 'FeatureCollection', features: [feature('H-1', 121.4), feature('H-2', 121.5)] }),
  );
  const planned = await plan(file);
  expect(planned.counts.fresh).toBe(2);
  planned.drop();
});

test('a register that cannot be read is named, and the others are in use', async () => {
  (await plan(csv([HEAD, ...rows(2)]))).put();
  writeFileSync(join(folder(), 'components-z.db'), 'no database');
  const { registers, notices } = openRegisters(dir, 7);
  expect(notices).toMatchObject([{ severity: 'error', since: 7 }]);
  expect(notices[0]?.text.en).toContain('components-z.db');
  const page = registers.within({ west: 121, south: 31, east: 122, north: 32 }, { limit: 1 });
  expect(page).toMatchObject({ total: 2, more: '0/3101010107000001' });
  expect(
    registers.within({ west: 121, south: 31, east: 122, north: 32 }, { limit: 5, after: page?.more ?? '' })?.rows,
  ).toHaveLength(1);
  expect(registers.within({ west: 121, south: 31, east: 122, north: 32 }, { limit: 5, after: 'x' })).toBeNull();
  registers.close();
});

test('pages of several registers have each component once', async () => {
  (await plan(csv([HEAD, ...rows(5)], '甲.csv'))).put();
  (await plan(csv([HEAD, ...rows(7)], '乙.csv'))).put();
  const { registers } = openRegisters(dir, 0);
  const box = { west: 121, south: 31, east: 122, north: 32 };
  for (const limit of [1, 2, 3, 5, 100]) {
    const ids: string[] = [];
    for (let after: string | undefined, more: string | null = ''; more !== null; ) {
      const page = registers.within(box, { limit, after });
      if (!page) throw new Error('no page');
      expect(new Set(page.rows.map(({ id }) => id)).size).toBe(page.rows.length);
      ids.push(...page.rows.map(({ id }) => id));
      after = page.more ?? undefined;
      more = page.more;
    }
    expect([ids.length >= 7, new Set(ids).size]).toEqual([true, 7]);
  }
  registers.close();
});

test('whatever is in a table, it comes in or is told of, and nothing is half there', async () => {
  const cell = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom('0107', '路灯', '121.4', '31.2', '"', ',', '-', '合计'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 20 }), async (table) => {
      const file = csv([HEAD, line(1), ...table.map((cells) => cells.join(','))]);
      try {
        const planned = await plan(file);
        expect(planned.counts.fresh + planned.wrongRows).toBeLessThanOrEqual(planned.source.rows);
        planned.put();
        planned.drop();
      } catch (error) {
        expect(error).toBeInstanceOf(ImportError);
      }
      expect(existsSync(join(folder(), 'components-部件.db.fresh'))).toBe(false);
    }),
    { seed: 8, numRuns: 60 },
  );
}, 60_000);
