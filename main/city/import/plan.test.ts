import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { plansIn, refusalOf, thingsOf, wrongOf } from '../../../tests/fakes/sampleImport.ts';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';
import { createScratch } from '../../../tests/support/scratch.ts';
import { importName } from './importedFile.ts';
import { planImport } from './plan.ts';
import { reportedOf, reportText } from './report.ts';
import { xlsx } from './sampleFiles.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const plan = plansIn(scratch);

describe('with a mapping', () => {
  const MAPPING = `kind: sensors
crs: gcj02
id: { from: [ 区, 号 ], join: "-" }
fields:
  kind: { column: 类, table: { 雨: rain, 水: water-level }, default: gas }
  unit: { value: m }
  name: { zh: 名, en: EN }
  lon: 东
  lat: 北
`;
  test('columns, tables, standards and constants are taken as it says', async () => {
    const planned = await plan('sensors', '区,号,类,名,EN,东,北\nE,1,雨,甲,Jia,121.5,31.2\nE,2,,乙,,121.5,31.2\n', {
      mapping: MAPPING,
    });
    expect(planned).toMatchObject({ guessed: false, crs: 'gcj02' });
    expect(thingsOf(planned).map(({ id, kind, name }) => [id, kind, name])).toEqual([
      ['E-1', 'rain', { zh: '甲', en: 'Jia' }],
      ['E-2', 'gas', { zh: '乙', en: '乙' }],
    ]);
  });

  test('one that names other columns, or is of another kind, is refused', async () => {
    const text = '区,类,名,EN,东,北\nE,雨,甲,Jia,121.5,31.2\n';
    expect((await refusalOf(plan('sensors', text, { mapping: MAPPING }))).message).toBe(
      'the mapping names columns that there are not: 号. There are: 区, 类, 名, EN, 东, 北.',
    );
    expect((await refusalOf(plan('units', text, { mapping: MAPPING }))).message).toMatch(/^the mapping is for sensors/);
  });
});

describe('coordinates', () => {
  const TEXT = '编号,名称,经度,纬度\nA,东,121.5,31.2\n';
  test('of a file that does not say are not guessed; the person’s word goes before the mapping’s and the file’s', async () => {
    expect((await refusalOf(plan('places', TEXT))).message).toMatch(
      /^the file does not say what its coordinates mean\. .*--crs wgs84/,
    );
    expect((await refusalOf(plan('places', TEXT, { crs: 'mars' }))).message).toMatch(/^"mars" is no system/);
    const file = (name: string) =>
      JSON.stringify({
        crs: { properties: { name } },
        features: [{ properties: { name: 'A' }, geometry: { type: 'Point', coordinates: [121.5, 31.2] } }],
      });
    expect((await refusalOf(plan('places', file('EPSG:3857')))).message).toMatch(
      /^coordinates of "EPSG:3857" cannot be converted/,
    );
    const told = await plan('places', file('EPSG:4326'), { crs: 'gcj02' });
    expect(told.notes.map(({ en }) => en)).toEqual([
      'the file says "EPSG:4326" of its coordinates; they were taken for gcj02, as was written',
    ]);
    expect(thingsOf(told)[0]?.lon).not.toBe(121.5);
  });

  test('that are swapped are complained of and not put right', async () => {
    const planned = await plan('places', '编号,名称,经度,纬度\nA,东,31.2,121.5\n', { crs: 'wgs84' });
    expect(planned.wrong).toEqual([
      {
        row: 2,
        column: '经度, 纬度',
        value: '31.2, 121.5',
        why: expect.objectContaining({ en: 'the columns of longitude and latitude (or east and north) look swapped' }),
        remedy: expect.anything(),
      },
    ]);
  });
});

describe('rows that are wrong', () => {
  test('are left out and named with column and value; the others come in', async () => {
    const planned = await plan(
      'places',
      `编号,名称,经度,纬度\nA,一,121.5,31.2\n二,二,121.5,31.2\nA,三,121.5,31.2\n,四,121.5,31.2\nE,五,东经,31.2\nF,,121.5,31.2\nG,七,121.5,31.2,多\n${'x'.repeat(201)},八,121.5,31.2\n`,
      { crs: 'wgs84' },
    );
    expect(thingsOf(planned).map(({ id }) => id)).toEqual(['A']);
    expect(wrongOf(planned)).toEqual([
      '3 编号: an id is made of at most 200 letters, digits and : . _ ~ @ -',
      '4 id: has the id of row 2',
      '5 编号: has no id',
      '6 经度: is neither degrees nor metres',
      '7 名称: is empty',
      '8 : has 5 cells, and the head 4 columns',
      '9 编号: an id is made of at most 200 letters, digits and : . _ ~ @ -',
    ]);
    expect(planned).toMatchObject({ wrongRows: 7, wrongCount: 7 });
    for (const { why, remedy } of planned.wrong) expect([halfSaid(why), halfSaid(remedy)]).toEqual([null, null]);
  });

  test('a thousand are told of, the others counted', async () => {
    const rows = Array.from({ length: 1500 }, (_, i) => `A${i},东,200,31.2\n`);
    const planned = await plan('places', `编号,名称,经度,纬度\n${rows.join('')}`, { crs: 'wgs84' });
    expect([planned.wrong.length, planned.wrongCount, planned.wrongRows]).toEqual([1000, 1500, 1500]);
    expect(reportText(reportedOf(planned, 'en'), 'en')).toMatch(/\n {2}and 1450 more\n$/);
  });

  test('more departments than a hall may have are refused as a whole', async () => {
    const rows = Array.from({ length: 201 }, (_, i) => `D${i},部门\n`);
    expect((await refusalOf(plan('departments', `编号,名称\n${rows.join('')}`))).message).toMatch(
      /201 departments.*at most 200/,
    );
  });

  test('an id that Excel has rounded is none', async () => {
    const planned = await plan(
      'places',
      xlsx([
        {
          name: 'S',
          rows: [
            ['编号', '名称', '经度', '纬度'],
            [31_010_000_001_320_000_000, '东', 121.5, 31.2],
          ],
        },
      ]),
      { name: 'a.xlsx', crs: 'wgs84' },
    );
    expect(wrongOf(planned)).toEqual(['2 编号: has more than 15 digits, of which Excel has changed the last']);
  });
});

describe('beside an earlier import', () => {
  test('what is new, changed, the same and gone is told, and nothing is written', async () => {
    const text = (rows: string) => `编号,名称,经度,纬度\n${rows}`;
    const first = await plan('places', text('A,一,121.5,31.2\nB,二,121.5,31.2\nC,三,121.5,31.2\n'), { crs: 'wgs84' });
    mkdirSync(dirname(first.target), { recursive: true });
    writeFileSync(first.target, first.text);
    writeFileSync(first.file, text('D,四,121.5,31.2\nC,三,121.5,31.2\nB,贰,121.6,31.2\n'));
    const second = await planImport({ ...first, mapping: undefined, options: { crs: 'wgs84' } });
    expect(second).toMatchObject({ new: ['D'], changed: [{ id: 'B', fields: ['name', 'lon'] }], same: 1, gone: ['A'] });
    expect(readFileSync(first.target, 'utf8')).toBe(first.text);
    expect(reportText(reportedOf(second, 'zh'), 'zh')).toContain(
      '新增 1，更改 1，不变 1，不再有 1；有误 0 行\n  新增：D\n  更改：B（name、lon）\n  不再有：A\n',
    );
  });

  test('a target that somebody made something else of is not written over', async () => {
    const first = await plan('places', '编号,名称,经度,纬度\nA,一,121.5,31.2\n', { crs: 'wgs84' });
    mkdirSync(dirname(first.target), { recursive: true });
    for (const text of ['{', 'null', '{"places":[{"id":1}]}', '{"sensors":[]}']) {
      writeFileSync(first.target, text);
      const again = planImport({ ...first, mapping: undefined, options: { crs: 'wgs84' } });
      expect((await refusalOf(again)).message).toContain('is not as an import writes it');
    }
  });

  test.each([
    ['水位站（2024）.xlsx.csv', 'sensors-水位站-2024-xlsx'],
    ['../Water  Level.CSV', 'sensors-water-level'],
    ['!!.csv', 'sensors-source'],
  ])('the import of %s is called %s', (name, called) => {
    expect(importName('sensors', name)).toBe(called);
  });
});
