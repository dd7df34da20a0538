import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../../native/sqlite/database.ts';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';
import { contentOf, foreignTile, line, point, polygon } from '../../../tests/support/foreignTile.ts';
import { BasemapFault } from '../archive/fault.ts';
import { openArchive } from '../archive/reader.ts';
import { type ArchiveOptions, createArchiveWriter } from '../archive/writer.ts';
import { importTiles } from './importTiles.ts';

let folder = '';
let out = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opshall-import-'));
  out = join(folder, 'basemap.pmtiles');
});
afterEach(() => rmSync(folder, { recursive: true }));

type Tile = [z: number, x: number, y: number, bytes: Uint8Array];
const STREETS = foreignTile({ streets: [line({ kind: 'primary' })], ocean: [polygon({})] });
const PLACE = foreignTile({ place_labels: [point({ kind: 'city', name: '澜港市' })], ocean: [polygon({})] });
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const SHORTBREAD = { vector_layers: [{ id: 'ocean' }, { id: 'streets' }] };

function mbtiles(tiles: readonly Tile[], metadata: Record<string, string>): string {
  const file = join(folder, 'city.mbtiles');
  const db = openDatabase(file);
  db.exec(`CREATE TABLE metadata (name text, value text);
    CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob);`);
  for (const [name, value] of Object.entries(metadata))
    db.prepare('INSERT INTO metadata VALUES (?, ?)').run(name, value);
  const insert = db.prepare('INSERT INTO tiles VALUES (?, ?, ?, ?)');
  for (const [z, x, y, bytes] of tiles) insert.run(z, x, 2 ** z - 1 - y, bytes);
  db.close();
  return file;
}

function pmtiles(tiles: readonly Tile[], options: Partial<ArchiveOptions> = {}): string {
  const file = join(folder, 'city.pmtiles');
  const writer = createArchiveWriter(file, {
    ...{ minZoom: 0, maxZoom: 14, bounds: [-180, -85, 180, 85], centre: { lon: 0, lat: 0, zoom: 0 } },
    ...{ tileType: 'mvt', metadata: SHORTBREAD, ...options },
  });
  for (const tile of tiles) writer.put(...tile);
  writer.close();
  return file;
}

const refused = async (file: string): Promise<string> => {
  const before = readdirSync(folder);
  const error = await importTiles({ file, out }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof BasemapFault)) throw error ?? new Error('was taken');
  expect(halfSaid(error.text)).toBeNull();
  expect(readdirSync(folder)).toEqual(before);
  return error.text.en;
};

describe('tiles of others', () => {
  test('of an MBTiles file are translated, turned round and kept', async () => {
    const file = mbtiles(
      [
        [12, 3432, 1690, gzipSync(STREETS)],
        [12, 3433, 1691, PLACE],
      ],
      {
        format: 'pbf',
        name: '澜港',
        attribution: '<a href="x">&copy; OpenStreetMap</a>',
        json: JSON.stringify(SHORTBREAD),
      },
    );
    const told: number[] = [];
    const imported = await importTiles({ file, out, onProgress: (done, total) => told.push(done, total) });
    expect(imported).toMatchObject({
      ...{ kind: 'vector', tileType: 'mvt', schema: 'shortbread', name: '澜港', attribution: '© OpenStreetMap' },
      ...{ minZoom: 12, maxZoom: 12, tiles: 2, leftOut: 0 },
    });
    const [west, south, east, north] = imported.bounds;
    expect([west, east]).toEqual([(3432 / 4096) * 360 - 180, (3434 / 4096) * 360 - 180]);
    expect([south > 29.8, south < north, north < 30]).toEqual([true, true, true]);
    expect(told.slice(-2)).toEqual([2, 2]);
    const archive = openArchive(out);
    expect(Object.keys(contentOf(archive.tile(12, 3432, 1690) as Uint8Array))).toEqual(['land', 'roads', 'water']);
    expect(contentOf(archive.tile(12, 3433, 1691) as Uint8Array).labels).toMatchObject([
      { properties: { zh: '澜港市' } },
    ]);
    expect(archive.tile(12, 3432, 1691)).toBeNull();
    expect(archive.header.bounds.map((degrees) => degrees.toFixed(5))).toEqual(
      imported.bounds.map((d) => d.toFixed(5)),
    );
    archive.close();
  });

  test('of a PMTiles file keep their bounds, where they say them closer than their tiles', async () => {
    const tiles: Tile[] = [];
    for (let x = 3424; x < 3440; x++) for (let y = 1680; y < 1696; y++) tiles.push([12, x, y, STREETS]);
    const file = pmtiles(tiles, { bounds: [121.5, 29.9, 121.75, 30] });
    const imported = await importTiles({ file, out });
    expect(imported).toMatchObject({ schema: 'shortbread', tiles: 256, minZoom: 12, maxZoom: 12, name: 'city' });
    expect(imported.bounds).toEqual([121.5, 29.9, 121.75, 30]);
    expect(imported.attribution).toBe('© OpenStreetMap contributors');
  });

  test('are known by their tiles where the file says nothing of its layers', async () => {
    const file = mbtiles([[3, 1, 1, STREETS]], { format: 'pbf' });
    expect(await importTiles({ file, out })).toMatchObject({ schema: 'shortbread', tiles: 1 });
  });

  test('that are ours already come through as they are', async () => {
    const own = foreignTile({ land: [polygon({ kind: 'land' })], borders: [line({ level: 'street' })] });
    const file = pmtiles([[3, 1, 1, own]], { metadata: {} });
    expect(await importTiles({ file, out })).toMatchObject({ schema: 'own', attribution: '' });
    const archive = openArchive(out);
    expect(contentOf(archive.tile(3, 1, 1) as Uint8Array)).toEqual(contentOf(own));
    archive.close();
  });

  test('that are pictures stay as they are', async () => {
    const file = mbtiles([[3, 1, 1, PNG]], { format: 'png', attribution: '天地图' });
    expect(await importTiles({ file, out })).toMatchObject({
      ...{ kind: 'raster', tileType: 'png', schema: null, attribution: '天地图', tiles: 1 },
    });
    const archive = openArchive(out);
    expect(archive.tile(3, 1, 1)).toEqual(PNG);
    archive.close();
  });

  test('of which few cannot be read come without them, counted; of many the file is refused', async () => {
    const tiles = Array.from({ length: 40 }, (_, x): Tile => [8, x, 0, x < 2 ? Uint8Array.from([0x1a, 99]) : STREETS]);
    const json = JSON.stringify(SHORTBREAD);
    expect(await importTiles({ file: mbtiles(tiles, { format: 'pbf', json }), out })).toMatchObject({
      tiles: 38,
      leftOut: 2,
    });
    rmSync(out);
    rmSync(join(folder, 'city.mbtiles'));
    const file = mbtiles(tiles.slice(0, 30), { format: 'pbf', json });
    expect(await refused(file)).toMatch(/^Of the 30 tiles of city\.mbtiles 2 cannot be read/);
  });
});

describe('refused with the reason and what to do', () => {
  test.each<[string, () => string, RegExp]>([
    ['no file of tiles', () => write('city.mbtiles', 'hello'), /neither a PMTiles nor an MBTiles/],
    ['a damaged database', () => write('city.mbtiles', 'SQLite format 3\0'.repeat(300)), /is damaged/],
    ['a database without tiles', () => empty('CREATE TABLE other (x)'), /has no table "tiles"/],
    ['no tiles', () => mbtiles([], { format: 'pbf' }), /has no tiles/],
    ['another format', () => mbtiles([[3, 1, 1, PNG]], { format: 'utf' }), /format "utf"/],
    ['no format', () => mbtiles([[3, 1, 1, PNG]], {}), /format ""/],
    ['unknown layers', () => pmtiles([[3, 1, 1, foreignTile({ road: [line({})] })]], { metadata: {} }), /\(road\)/],
    ['pictures that are none', () => mbtiles([[3, 1, 1, STREETS]], { format: 'png' }), /cannot be read/],
    ['a PMTiles file that is cut off', () => cut(pmtiles([[3, 1, 1, STREETS]])), /speaks of \d+ bytes/],
  ])('%s', async (_, make, said) => {
    const text = await refused(make());
    expect(text).toMatch(said);
    expect(text).toMatch(/\. [A-Z].*\.$/);
  });

  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const empty = (sql: string) => {
    const file = join(folder, 'city.mbtiles');
    const db = openDatabase(file);
    db.exec(sql);
    db.close();
    return file;
  };
  const cut = (file: string) => {
    writeFileSync(file, readFileSync(file).subarray(0, -1));
    return file;
  };
});

test('somebody who has had enough gets nothing, and leaves nothing', async () => {
  const file = pmtiles([[3, 1, 1, STREETS]]);
  await expect(importTiles({ file, out, signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  expect(readdirSync(folder)).toEqual(['city.pmtiles']);
});

test('a disk that refuses is told as it is, and nothing is left', async () => {
  const file = pmtiles([[3, 1, 1, STREETS]]);
  const failing = (options: ArchiveOptions) => ({
    ...createArchiveWriter(out, options),
    put: () => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    },
  });
  await expect(importTiles({ file, out: failing })).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(readdirSync(folder)).toEqual(['city.pmtiles']);
});

test('of an MBTiles file with bytes changed comes an archive or a sentence', async () => {
  const good = readFileSync(
    mbtiles([[3, 1, 1, gzipSync(STREETS)]], { format: 'pbf', json: JSON.stringify(SHORTBREAD), bounds: '1,2,x' }),
  );
  const file = join(folder, 'changed.mbtiles');
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 30 }), async (changes) => {
      const bytes = Buffer.from(good);
      for (const [at, byte] of changes) bytes[at] = byte;
      writeFileSync(file, bytes);
      try {
        await importTiles({ file, out });
        taken++;
      } catch (error) {
        if (!(error instanceof BasemapFault)) throw error;
      }
    }),
    { numRuns: 150, seed: 84 },
  );
  expect(taken).toBeGreaterThan(10);
});
