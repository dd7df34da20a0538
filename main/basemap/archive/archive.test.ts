import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { PMTiles, tileIdToZxy } from 'pmtiles';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openArchive } from './reader.ts';
import { type ArchiveOptions, createArchiveWriter } from './writer.ts';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opshall-archive-'));
  file = join(folder, 'basemap.pmtiles');
});
afterEach(() => rmSync(folder, { recursive: true }));

const OPTIONS: ArchiveOptions = {
  minZoom: 0,
  maxZoom: 16,
  bounds: [121.5, 29.8, 122.25, 30.125],
  centre: { lon: 121.75, lat: 30, zoom: 11 },
  tileType: 'mvt',
  metadata: { name: '澜港', vector_layers: [{ id: 'roads', fields: {} }] },
};
const bytesOf = (text: string) => new TextEncoder().encode(text);

/** What the `pmtiles` package, which windows use, makes of the file. */
function asWindowsRead(path: string): PMTiles {
  const bytes = readFileSync(path);
  return new PMTiles({
    getKey: () => path,
    getBytes: async (offset, length) => ({
      data: bytes.buffer.slice(bytes.byteOffset + offset, bytes.byteOffset + Math.min(bytes.length, offset + length)),
    }),
  });
}

const tile = fc
  .integer({ min: 0, max: 14 })
  .chain((z) => fc.tuple(fc.constant(z), fc.nat(2 ** z - 1), fc.nat(2 ** z - 1), fc.nat(6)));

describe('an archive', () => {
  test('whatever tiles are put into it, in whatever order, windows and we read them back, and no others', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(tile, { maxLength: 120 }), fc.constantFrom('mvt', 'png'), async (tiles, tileType) => {
        const writer = createArchiveWriter(file, { ...OPTIONS, tileType });
        const wanted = new Map<string, string>();
        for (const [z, x, y, content] of tiles) {
          const text = `tile ${content}`.repeat(content + 1);
          writer.put(z, x, y, bytesOf(text));
          wanted.set(`${z}/${x}/${y}`, text);
        }
        const written = writer.close();
        expect(written.tiles).toBe(wanted.size);
        expect(written.contents).toBe(new Set(tiles.map(([, , , content]) => content)).size);
        expect(written.bytes).toBe(statSync(file).size);
        const read = asWindowsRead(file);
        const own = openArchive(file);
        for (const [key, text] of wanted) {
          const [z = 0, x = 0, y = 0] = key.split('/').map(Number);
          expect(new TextDecoder().decode((await read.getZxy(z, x, y))?.data)).toBe(text);
          expect(new TextDecoder().decode(own.tile(z, x, y) ?? undefined)).toBe(text);
        }
        const all = [...own.runs()].flatMap(({ id, run }) =>
          Array.from({ length: run }, (_, i) => tileIdToZxy(id + i)),
        );
        expect(all.map((zxy) => zxy.join('/')).sort()).toEqual([...wanted.keys()].sort());
        const header = await read.getHeader();
        expect(header.numTileContents).toBe(written.contents);
        expect(header.clustered).toBe(own.header.clustered);
        own.close();
      }),
      { numRuns: 60, seed: 20261128 },
    );
  });

  test('tells windows where it is, what it is and what else was said of it', async () => {
    createArchiveWriter(file, OPTIONS).close();
    const read = asWindowsRead(file);
    expect(await read.getHeader()).toMatchObject({
      ...{ specVersion: 3, tileType: 1, tileCompression: 2, internalCompression: 2, minZoom: 0, maxZoom: 16 },
      ...{ minLon: 121.5, minLat: 29.8, maxLon: 122.25, maxLat: 30.125 },
      ...{ centerLon: 121.75, centerLat: 30, centerZoom: 11 },
    });
    expect(await read.getMetadata()).toEqual(OPTIONS.metadata);
    expect(await read.getZxy(0, 0, 0)).toBeUndefined();
    const own = openArchive(file);
    expect(own.header.bounds).toEqual(OPTIONS.bounds);
    expect(own.metadata()).toEqual(OPTIONS.metadata);
    own.close();
  });

  test('of a large city has leaf directories, and every tile is found through them', async () => {
    const writer = createArchiveWriter(file, { ...OPTIONS, tileType: 'png' });
    // Lengths that no packing makes small: the directory of 65,536 tiles does not fit into the root.
    let seed = 1;
    const noise = () => {
      seed = (seed * 48271) % 2147483647;
      return seed;
    };
    const sizes = new Map<string, number>();
    for (let i = 0; i < 65_536; i++) {
      const [z, x, y] = [8, i % 256, i >> 8];
      const bytes = new Uint8Array(4 + (noise() % 60));
      new DataView(bytes.buffer).setUint32(0, i);
      writer.put(z, x, y, bytes);
      sizes.set(`${x}/${y}`, bytes.length);
    }
    writer.close();
    const read = asWindowsRead(file);
    const header = await read.getHeader();
    expect(header.leafDirectoryLength).toBeGreaterThan(0);
    expect(header.rootDirectoryLength).toBeLessThanOrEqual(16_257);
    const own = openArchive(file);
    for (let i = 0; i < 65_536; i += 257) {
      const [x, y] = [i % 256, i >> 8];
      const data = new Uint8Array((await read.getZxy(8, x, y))?.data ?? new ArrayBuffer(4));
      expect(new DataView(data.buffer).getUint32(0)).toBe(i);
      expect(data.length).toBe(sizes.get(`${x}/${y}`));
      expect(own.tile(8, x, y)).toEqual(data);
    }
    expect([...own.runs()]).toHaveLength(65_536);
    own.close();
  });

  test('of sea alone is one tile in a few runs', () => {
    const writer = createArchiveWriter(file, OPTIONS);
    for (let x = 0; x < 64; x++) for (let y = 0; y < 64; y++) writer.put(6, x, y, bytesOf('sea'));
    expect(writer.close()).toMatchObject({ tiles: 4096, contents: 1 });
    expect(statSync(file).size).toBeLessThan(17_000);
    const own = openArchive(file);
    expect([...own.runs()]).toMatchObject([{ z: 6, run: 4096 }]);
    own.close();
  });

  test('a tile that is empty is none, and one that is put twice is as it was put last', () => {
    const writer = createArchiveWriter(file, OPTIONS);
    writer.put(1, 0, 0, new Uint8Array());
    writer.put(1, 1, 0, bytesOf('first'));
    writer.put(1, 1, 0, bytesOf('second'));
    expect(writer.close().tiles).toBe(1);
    const own = openArchive(file);
    expect(own.tile(1, 0, 0)).toBeNull();
    expect(new TextDecoder().decode(own.tile(1, 1, 0) ?? undefined)).toBe('second');
    own.close();
  });

  test.each([
    [17, 0, 0],
    [-1, 0, 0],
    [3, 8, 0],
    [3, 0, -1],
    [Number.NaN, 0, 0],
  ])('refuses the tile %d/%d/%d, which there is not', (z, x, y) => {
    const writer = createArchiveWriter(file, OPTIONS);
    expect(() => writer.put(z, x, y, bytesOf('x'))).toThrow(RangeError);
    writer.discard();
  });
});

describe('until it is whole', () => {
  test('nothing stands at its name, and what stood there stays', () => {
    const before = createArchiveWriter(file, OPTIONS);
    before.put(1, 0, 0, bytesOf('before'));
    before.close();
    const writer = createArchiveWriter(file, OPTIONS);
    writer.put(1, 0, 0, new Uint8Array(3 * 1024 * 1024).fill(7));
    const own = openArchive(file);
    expect(new TextDecoder().decode(own.tile(1, 0, 0) ?? undefined)).toBe('before');
    own.close();
    writer.discard();
    expect(readdirSync(folder)).toEqual(['basemap.pmtiles']);
  });

  test('what a hall that was killed left of another one is no part of it', () => {
    writeFileSync(join(folder, '.basemap.pmtiles.fresh'), Buffer.alloc(100_000, 7));
    const writer = createArchiveWriter(file, OPTIONS);
    writer.put(1, 0, 0, bytesOf('x'));
    expect(writer.close().bytes).toBe(statSync(file).size);
    expect(readdirSync(folder)).toEqual(['basemap.pmtiles']);
    const own = openArchive(file);
    expect(own.tile(1, 0, 0)).toEqual(Buffer.from('x'));
    own.close();
  });

  test('what is discarded leaves nothing, and takes no more', () => {
    const writer = createArchiveWriter(file, OPTIONS);
    writer.put(1, 0, 0, bytesOf('x'));
    writer.discard();
    writer.discard();
    expect(readdirSync(folder)).toEqual([]);
    expect(() => writer.put(1, 0, 0, bytesOf('x'))).toThrow(/closed/);
  });

  test('a metadata that is no JSON leaves nothing', () => {
    const writer = createArchiveWriter(file, { ...OPTIONS, metadata: { n: 1n } });
    expect(() => writer.close()).toThrow(TypeError);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a discard after the close takes nothing away', () => {
    const writer = createArchiveWriter(file, OPTIONS);
    writer.close();
    writer.discard();
    expect(readdirSync(folder)).toEqual(['basemap.pmtiles']);
  });
});
