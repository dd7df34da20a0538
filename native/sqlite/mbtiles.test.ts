import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from './database.ts';
import { NoMbtiles, openMbtiles } from './mbtiles.ts';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opshall-mbtiles-'));
  file = join(folder, 'city.mbtiles');
});
afterEach(() => rmSync(folder, { recursive: true }));

function make(sql: string): void {
  const db = openDatabase(file);
  db.exec(sql);
  db.close();
}
const TABLES = `CREATE TABLE metadata (name, value);
  CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data);`;
const bytesOf = (tiles: Iterable<{ bytes: Uint8Array | null }>) =>
  [...tiles].map(({ bytes }) => bytes && Buffer.from(bytes).toString());

test('rows count from the south in the file, and from the north here', () => {
  make(`${TABLES} INSERT INTO tiles VALUES (1, 0, 0, x'61'), (2, 3, 3, x'62'), (2, 1, 2, x'63')`);
  const mbtiles = openMbtiles(file);
  expect([...mbtiles.tiles(100)].map(({ z, x, y }) => [z, x, y])).toEqual([
    [1, 0, 1],
    [2, 3, 0],
    [2, 1, 1],
  ]);
  expect(mbtiles.zooms()).toEqual({ min: 1, max: 2 });
  expect(mbtiles.extent(2)).toEqual({ west: 1, east: 3, north: 0, south: 1 });
  expect([mbtiles.count(10), mbtiles.count(2)]).toEqual([3, 2]);
  mbtiles.close();
});

test('a tile that is no bytes, or too many, has none', () => {
  make(
    `${TABLES} INSERT INTO tiles VALUES (1, 0, 0, x'6162'), (1, 0, 1, 'text'), (1, 1, 0, NULL), (1, 1, 1, zeroblob(11))`,
  );
  const mbtiles = openMbtiles(file);
  expect(bytesOf(mbtiles.tiles(10))).toEqual(['ab', null, null, null]);
  mbtiles.close();
});

test('rows that are nobody’s tiles are not there', () => {
  make(`${TABLES} INSERT INTO tiles VALUES (1, 2, 0, x'61'), (-1, 0, 0, x'61'), (60, 0, 0, x'61'), ('1', 0, 0, x'61'),
    (1, 0.5, 0, x'61'), (1, 0, -1, x'61'), (NULL, 0, 0, x'61')`);
  const mbtiles = openMbtiles(file);
  expect([...mbtiles.tiles(10)]).toEqual([]);
  expect([mbtiles.count(10), mbtiles.zooms()]).toEqual([0, null]);
  mbtiles.close();
});

test('metadata are texts', () => {
  make(`${TABLES} INSERT INTO metadata VALUES ('format', 'pbf'), ('n', 3), (NULL, 'x')`);
  const mbtiles = openMbtiles(file);
  expect([...mbtiles.metadata]).toEqual([['format', 'pbf']]);
  mbtiles.close();
});

test('tiles may be a view, and who has seen enough may ask again', () => {
  make(`CREATE TABLE metadata (name, value); CREATE TABLE map (z, x, y, id); CREATE TABLE images (id, data);
    INSERT INTO map VALUES (1, 0, 0, 7), (1, 0, 1, 7); INSERT INTO images VALUES (7, x'61');
    CREATE VIEW tiles AS SELECT z AS zoom_level, x AS tile_column, y AS tile_row, data AS tile_data FROM map JOIN images USING (id)`);
  const mbtiles = openMbtiles(file);
  for (const _ of mbtiles.tiles(10)) break;
  expect(bytesOf(mbtiles.tiles(10))).toEqual(['a', 'a']);
  mbtiles.close();
});

test.each([
  ['CREATE TABLE metadata (name, value)', 'no-tiles'],
  ['CREATE TABLE tiles (zoom_level, tile_column, tile_row)', 'no-tiles'],
  ['CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data)', 'no-metadata'],
])('with %s alone it is none: %s', (sql, trouble) => {
  make(sql);
  expect(() => openMbtiles(file)).toThrow(expect.objectContaining({ constructor: NoMbtiles, trouble }));
});

test('a file that is no database is refused by SQLite', () => {
  writeFileSync(file, 'SQLite format 3\0, says this text and is none'.repeat(40));
  expect(() => openMbtiles(file)).toThrow(expect.objectContaining({ code: 'SQLITE_NOTADB' }));
});
