import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createScratch } from '../../tests/support/scratch.ts';
import { openDatabase, troubleOf } from './database.ts';
import { GeoPackageError, readGeoPackage } from './geopackage.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const TABLES = `
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER);
INSERT INTO gpkg_spatial_ref_sys VALUES ('CGCS2000', 4490, 'EPSG', 4490, 'GEOGCS["China"]');
INSERT INTO gpkg_contents VALUES ('站', 'features', 4490), ('pictures', 'tiles', 4490), ('other', 'features', 0), ('seen', 'features', 0);
INSERT INTO gpkg_geometry_columns VALUES ('站', 'geom', 'POINT', 4490), ('other', 'g', 'POINT', 0), ('seen', 'geom', 'POINT', 0);
CREATE TABLE "站" (fid INTEGER PRIMARY KEY, geom BLOB, "编 ""号" TEXT, big INTEGER, raw BLOB);
INSERT INTO "站" VALUES (7, x'4750', 'A-1', 9007199254740993, x'00'), (9, NULL, NULL, 5, NULL);
CREATE TABLE other (g BLOB, name TEXT);
CREATE VIEW seen AS SELECT 1 AS fid, NULL AS geom;
`;

function made(sql = TABLES): string {
  const file = join(scratch.folder('gpkg'), 'a.gpkg');
  const db = openDatabase(file);
  db.exec(sql);
  db.close();
  return file;
}

const reasonOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    return error instanceof GeoPackageError ? error.reason : troubleOf(error);
  }
  return 'read';
};

describe('a GeoPackage', () => {
  test('its first table of features is read with the columns in order, numbers that hold, and its system of coordinates', () => {
    expect(readGeoPackage(made(), { most: 10 })).toEqual({
      name: '站',
      names: ['站', 'other', 'seen'],
      srs: { id: 4490, organization: 'EPSG', code: 4490, definition: 'GEOGCS["China"]' },
      columns: ['fid', '编 "号', 'big', 'raw'],
      rows: [
        { fid: 7, geometry: Buffer.from('GP'), cells: [7, 'A-1', '9007199254740993', null] },
        { fid: 9, geometry: null, cells: [9, null, 5, null] },
      ],
    });
  });

  test('a named one is read instead, and no more rows than asked for', () => {
    const file = made();
    expect(readGeoPackage(file, { table: 'other', most: 10 })).toMatchObject({
      name: 'other',
      srs: null,
      columns: ['name'],
      rows: [],
    });
    expect(readGeoPackage(file, { most: 1 }).rows).toHaveLength(1);
  });

  test('what is not there, a view, another database and a damaged one are told apart', () => {
    const file = made();
    expect(reasonOf(() => readGeoPackage(file, { table: 'pictures', most: 1 }))).toBe('no-such-table');
    expect(reasonOf(() => readGeoPackage(file, { table: 'seen', most: 1 }))).toBe('a-view');
    expect(reasonOf(() => readGeoPackage(made('CREATE TABLE a (b)'), { most: 1 }))).toBe('no-features');
    writeFileSync(file, readFileSync(file).subarray(0, 5000));
    expect(['unreadable', 'not-a-database']).toContain(reasonOf(() => readGeoPackage(file, { most: 1 })));
  });

  test('reading changes nothing', () => {
    const file = made();
    const before = readFileSync(file);
    readGeoPackage(file, { most: 10 });
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});
