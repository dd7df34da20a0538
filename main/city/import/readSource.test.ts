import { execFileSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../../native/sqlite/database.ts';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';
import { createScratch } from '../../../tests/support/scratch.ts';
import { isUsualColumn } from './fields.ts';
import { ImportError } from './importError.ts';
import { readSource } from './readSource.ts';
import { dbf, doubles, point, shp, xlsx, zip } from './sampleFiles.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

function fileOf(name: string, content: string | Uint8Array): string {
  const file = join(scratch.folder('source'), name);
  writeFileSync(file, content);
  return file;
}
const read = (file: string, options: { sheet?: string; encoding?: string } = {}) =>
  readSource(file, { known: isUsualColumn, ...options });
function refusalOf(file: string): string {
  try {
    read(file);
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    expect([halfSaid(error.said.message), halfSaid(error.said.remedy)]).toEqual([null, null]);
    return error.message;
  }
  return 'taken';
}

const KML =
  '<?xml version="1.0"?><kml><Placemark><name>闸</name><Point><coordinates>1,2</coordinates></Point></Placemark></kml>';
const SHAPES = shp([point(1, 2)]);
const IDS = dbf([{ name: Buffer.from('id'), type: 'C', length: 3 }], [[Buffer.from('A')]]);

describe('a file is known by what is in it, whatever it is called', () => {
  test.each<[string, string, string | Uint8Array]>([
    ['csv', 'a.xls', '编号\t名称\nA\t闸\n'],
    ['csv', 'a.txt', '编号,名称\nA,闸\n'],
    [
      'xlsx',
      'a.csv',
      xlsx([
        {
          name: 'S',
          rows: [
            ['编号', '名称'],
            ['A', '闸'],
          ],
        },
      ]),
    ],
    ['geojson', 'a.json', ' {"features":[{"properties":{"id":"A"}}]}'],
    ['geojson', 'a.csv', '\ufeff{"features":[{"properties":{"id":"A"}}]}'],
    ['kml', 'a.xml', KML],
    ['kml', 'a.kmz', zip({ 'doc.kml': Buffer.from(KML) })],
    ['shapefile', 'a.zip', zip({ 'x/a.shp': SHAPES, 'x/a.dbf': IDS, '__MACOSX/x/._a.shp': SHAPES })],
  ])('%s in %s', (format, name, content) => {
    expect(read(fileOf(name, content))).toMatchObject({ format, rows: [{}] });
  });

  test('a shapefile that was not packed is read with what lies beside it', () => {
    const file = fileOf('a.shp', SHAPES);
    expect(refusalOf(file)).toMatch(/^there is no \.dbf/);
    writeFileSync(file.replace('.shp', '.DBF'), IDS);
    writeFileSync(file.replace('.shp', '.prj'), 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]');
    expect(read(file)).toMatchObject({
      format: 'shapefile',
      crs: { crs: 'wgs84' },
      rows: [{ values: { id: 'A' }, at: { lon: 1, lat: 2 } }],
    });
  });

  test('a GeoPackage is read with its system of coordinates, and a geometry that is none stands nowhere', () => {
    const file = join(scratch.folder('gpkg'), 'a.gpkg');
    const db = openDatabase(file);
    db.exec(`
      CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
      CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);
      CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);
      INSERT INTO gpkg_spatial_ref_sys VALUES (1, 'NONE', 1, 'PROJCS["mine",GEOGCS["CGCS2000"],PROJECTION["Gauss_Kruger"],PARAMETER["Central_Meridian",120],PARAMETER["Scale_Factor",1],PARAMETER["False_Easting",500000]]');
      INSERT INTO gpkg_contents VALUES ('gates', 'features');
      INSERT INTO gpkg_geometry_columns VALUES ('gates', 'geom', 1);
      CREATE TABLE gates (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);
    `);
    const blob = Buffer.concat([
      Buffer.from([0x47, 0x50, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0]),
      doubles(500_000, 3_400_000),
    ]);
    db.prepare('INSERT INTO gates VALUES (3, ?, ?), (4, ?, ?)').run(blob, '东闸', Buffer.from('x'), '西闸');
    db.close();
    expect(read(file)).toMatchObject({
      format: 'geopackage',
      sheet: 'gates',
      crs: { written: 'NONE:1', crs: 'EPSG:4549' },
      columns: ['fid', 'name'],
      rows: [
        { row: 3, values: { name: '东闸' }, at: { lon: 500_000, lat: 3_400_000 } },
        { row: 4, at: null },
      ],
    });
    expect(() => read(file, { sheet: 'doors' })).toThrow(/^has no "doors"\. Write one of: gates\.$/);
    truncateSync(file, 5000);
    expect(refusalOf(file)).toMatch(/^the GeoPackage is damaged/);
  });
});

describe('what cannot be read is refused with what to do', () => {
  const ole = Buffer.from('d0cf11e0a1b11ae1', 'hex');
  test.each<[string, string | Uint8Array, RegExp]>([
    [
      'an old workbook',
      Buffer.concat([ole, Buffer.from('Workbook', 'utf16le')]),
      /^is an old Excel file .*save it as \.xlsx\.$/,
    ],
    [
      'a workbook with a password',
      Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')]),
      /^is protected by a password/,
    ],
    ['a web page that is called .xls', '<html><table><tr><td>1</td></tr></table></html>', /^is a table of a web page/],
    ['other XML', '<a/>', /^is XML, but no KML/],
    [
      'a workbook that is cut',
      xlsx([{ name: 'S', rows: [['编号'], ['A']] }]).subarray(0, 300),
      /^the archive is cut off/,
    ],
    ['an archive of something else', zip({ 'a.txt': Buffer.from('x') }), /^the archive holds no \.shp/],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /^is text in neither UTF-8 nor GBK/],
    ['nothing', '', /^holds no row/],
    ['a head without rows', '编号,名称\n', /^holds no row/],
    ['blank lines', '\n \n', /^holds no row/],
    ['no features', '{"features":[]}', /^holds no row/],
    ['another database', 'SQLite format 3\0', /^the GeoPackage is damaged/],
  ])('%s', (_, content, refusal) => {
    expect(refusalOf(fileOf('a.bin', content))).toMatch(refusal);
  });

  test('no file, a folder, a pipe and what is too large', () => {
    const folder = scratch.folder('odd');
    expect(refusalOf(join(folder, 'none.csv'))).toMatch(/^there is no such file/);
    mkdirSync(join(folder, 'a.csv'));
    expect(refusalOf(join(folder, 'a.csv'))).toMatch(/^is no file/);
    execFileSync('mkfifo', [join(folder, 'pipe.csv')]);
    expect(refusalOf(join(folder, 'pipe.csv'))).toMatch(/^is no file/);
    const large = join(folder, 'large.csv');
    writeFileSync(large, 'a');
    truncateSync(large, 256 * 1024 * 1024 + 1);
    expect(refusalOf(large)).toMatch(/^the file has more than 256 MiB/);
  });
});
