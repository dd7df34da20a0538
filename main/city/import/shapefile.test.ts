import { describe, expect, test } from 'vitest';
import { ImportError } from './importError.ts';
import { dbf, gbk, parts, point, shp, zip } from './sampleFiles.ts';
import { readZippedShapefile } from './shapefile.ts';
import { openZip } from './zip.ts';

const fields = (encode: (text: string) => Buffer) => [
  { name: encode('编号'), type: 'C', length: 6 },
  { name: encode('名称'), type: 'C', length: 5 },
  { name: encode('口径'), type: 'N', length: 6 },
  { name: encode('日期'), type: 'D', length: 8 },
  { name: encode('启用'), type: 'L', length: 1 },
];
const row = (encode: (text: string) => Buffer, ...cells: string[]) => cells.map(encode);
const utf8 = (text: string) => Buffer.from(text);
const GATES = shp([point(500_000, 3_320_113.398), point(500_100, 3_320_113.398)]);
const table = (encode: (text: string) => Buffer, driver = 0) =>
  dbf(
    fields(encode),
    [row(encode, 'A-1', '东闸', '  12.5', '20240901', 'Y'), row(encode, 'A-2', '西闸', '******', '', '?')],
    driver,
  );
const PRJ =
  'PROJCS["CGCS2000_3_Degree_GK_CM_114E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",114.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]';

const read = (files: Record<string, Buffer>, options: { sheet?: string; encoding?: string } = {}) =>
  readZippedShapefile(openZip(zip(files)), options);
const refusalOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof ImportError) return error.said.message.en;
    throw error;
  }
  return 'taken';
};

describe('a zipped shapefile', () => {
  test.each([
    ['GBK, and nothing that says so', 'gb18030', table(gbk), null],
    ['GBK, as its header says', 'gb18030', table(gbk, 0x4d), null],
    ['GBK, as its .cpg says', 'gb18030', table(gbk), 'GBK'],
    ['UTF-8, cut within a character, and nothing that says so', 'utf-8', table(utf8), null],
    ['UTF-8, as its .cpg says against its header', 'utf-8', table(utf8, 0x4d), 'UTF-8'],
  ])('given attributes in %s, they are read, and the zone is found', (_, encoding, bytes, cpg) => {
    const read1 = read({
      'gates/闸.shp': GATES,
      'gates/闸.DBF': bytes,
      'gates/闸.prj': Buffer.from(PRJ),
      ...(cpg ? { 'gates/闸.cpg': Buffer.from(cpg) } : {}),
    });
    expect(read1).toMatchObject({ format: 'shapefile', encoding, sheet: '闸', sheets: ['闸'] });
    expect(read1.crs).toEqual({ written: 'CGCS2000_3_Degree_GK_CM_114E', crs: 'EPSG:4547' });
    expect(read1.columns).toEqual(['编号', '名称', '口径', '日期', '启用']);
    const cut = encoding === 'utf-8';
    expect(read1.rows.map(({ row: n, values, at }) => [n, { ...values }, at?.lon])).toEqual([
      [1, { 编号: 'A-1', 名称: cut ? '东' : '东闸', 口径: 12.5, 日期: '2024-09-01', 启用: true }, 500_000],
      [2, { 编号: 'A-2', 名称: cut ? '西' : '西闸', 口径: null, 日期: null, 启用: null }, 500_100],
    ]);
  });

  test('of several layers the first is read, or the named one', () => {
    const other = dbf([{ name: utf8('id'), type: 'C', length: 3 }], [[utf8('Z')]]);
    const files = { 'a.shp': GATES, 'a.dbf': table(gbk), 'b.shp': shp([point(1, 2)]), 'b.dbf': other };
    expect(read(files).rows).toHaveLength(2);
    expect(read(files, { sheet: 'b' }).rows[0]?.values.id).toBe('Z');
    expect(refusalOf(() => read(files, { sheet: 'c' }))).toBe('has no "c"');
  });

  test('lines and areas are points, holes are kept out of, and an empty shape stands nowhere', () => {
    const outer = [
      [0, 0],
      [0, 10],
      [10, 10],
      [10, 0],
      [0, 0],
    ] as const;
    const hole = [
      [2, 2],
      [8, 2],
      [8, 8],
      [2, 8],
      [2, 2],
    ] as const;
    const shapes = shp([
      parts(3, [
        [
          [0, 0],
          [4, 0],
        ],
      ]),
      parts(5, [outer, hole]),
      { type: 0, body: Buffer.alloc(0) },
    ]);
    const ids = dbf([{ name: utf8('id'), type: 'C', length: 1 }], [[utf8('a')], [utf8('b')], [utf8('c')]]);
    expect(read({ 'a.shp': shapes, 'a.dbf': ids }).rows.map(({ at, geometry }) => [geometry, at])).toEqual([
      ['line', { lon: 2, lat: 0 }],
      ['area', { lon: 1, lat: 5 }],
      ['none', null],
    ]);
  });

  test('records that were deleted are no rows', () => {
    const bytes = table(gbk);
    bytes[bytes.readUInt16LE(8)] = 0x2a;
    expect(read({ 'a.shp': GATES, 'a.dbf': bytes }).rows.map(({ row: n }) => n)).toEqual([2]);
  });

  test('what is missing, cut or of two exports is refused', () => {
    expect(refusalOf(() => read({ 'a.shp': GATES }))).toMatch(/^there is no \.dbf/);
    expect(refusalOf(() => read({ 'a.shp': GATES.subarray(0, 120), 'a.dbf': table(gbk) }))).toBe(
      'its .shp is cut off or damaged',
    );
    expect(refusalOf(() => read({ 'a.shp': GATES, 'a.dbf': table(gbk).subarray(0, 200) }))).toBe(
      'its .dbf is cut off or damaged',
    );
    expect(refusalOf(() => read({ 'a.shp': shp([point(1, 1), point(1, 1), point(1, 1)]), 'a.dbf': table(gbk) }))).toBe(
      'its .shp has 3 shapes, its .dbf 2 rows',
    );
    expect(refusalOf(() => read({ 'a.shp': GATES, 'a.dbf': table(gbk) }, { encoding: 'morse' }))).toBe(
      '"morse" is no encoding that is known',
    );
  });
});
