import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';
import { type Basemap, readBasemap, writeBasemap } from './basemap.ts';
import { BasemapFault } from './fault.ts';
import { openArchive } from './reader.ts';
import { createArchiveWriter } from './writer.ts';

let folder = '';
let file = '';
let good: Buffer;
const META: Basemap = {
  version: 1,
  name: { zh: '澜港', en: 'Langang' },
  bounds: [121.5, 29.8, 122.25, 30.125],
  minZoom: 0,
  maxZoom: 8,
  kind: 'vector',
  attribution: '© OpenStreetMap contributors',
  from: 'langang.osm.pbf',
  made: '2026-11-28T01:00:00.000Z',
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'opshall-basemap-'));
  file = join(folder, 'basemap.pmtiles');
  const { bounds, minZoom, maxZoom } = META;
  const centre = { lon: 122, lat: 30, zoom: 5 };
  const writer = createArchiveWriter(file, { ...{ bounds, minZoom, maxZoom, centre }, tileType: 'mvt', metadata: {} });
  for (let i = 0; i < 400; i++) writer.put(8, (i * 7) % 256, i % 256, new TextEncoder().encode(`tile ${i % 90}`));
  writer.close();
  good = readFileSync(file);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a hall at its start', () => {
  test('knows a basemap that is whole', () => {
    writeFileSync(file, good);
    writeBasemap(folder, META);
    expect(readBasemap(folder)).toEqual({ state: 'whole', basemap: META });
  });

  test('has none where there is no map.json', () => {
    expect(readBasemap(join(folder, 'nowhere'))).toEqual({ state: 'none' });
  });

  test.each<[string, (bytes: Buffer) => Buffer, RegExp]>([
    ['cut off', (bytes) => bytes.subarray(0, bytes.length - 1), /speaks of \d+ bytes and the file has \d+/],
    ['empty', () => Buffer.alloc(0), /no PMTiles/],
    ['something else', () => Buffer.from('PK\x03\x04'.repeat(100)), /no PMTiles/],
    ['of another version', (bytes) => changed(bytes, 7, 2), /version 2, the hall reads 3/],
    ['packed otherwise', (bytes) => changed(bytes, 98, 9), /packed in a way/],
    ['of other tiles', (bytes) => changed(bytes, 99, 6), /of a type/],
    ['of zooms that there are not', (bytes) => changed(bytes, 101, 99), /header is damaged/],
    ['of other tiles than map.json says', (bytes) => changed(bytes, 99, 2), /not of one another/],
  ])('says what is wrong with an archive that is %s, and what to do', (_, change, said) => {
    writeFileSync(file, change(good));
    const found = readBasemap(folder);
    if (found.state !== 'broken') throw new Error(found.state);
    expect(found.text.en).toMatch(said);
    expect(found.text.en).toMatch(/anew\.$/);
    expect(halfSaid(found.text)).toBeNull();
  });

  test.each<[string, string, RegExp]>([
    ['no JSON', '{', /map\.json: is not JSON/],
    ['without bounds', JSON.stringify({ ...META, bounds: undefined }), /map\.json, bounds/],
    ['with bounds turned round', JSON.stringify({ ...META, bounds: [122, 30, 121, 29] }), /bounds: is no area/],
    ['of a later version', JSON.stringify({ ...META, version: 2 }), /map\.json, version/],
  ])('says what is wrong with a map.json that is %s', (_, text, said) => {
    writeFileSync(file, good);
    writeFileSync(join(folder, 'map.json'), text);
    const found = readBasemap(folder);
    if (found.state !== 'broken') throw new Error(found.state);
    expect(found.text.en).toMatch(said);
    expect(halfSaid(found.text)).toBeNull();
  });

  test('says that the archive is missing', () => {
    rmSync(file);
    writeBasemap(folder, META);
    expect(readBasemap(folder)).toMatchObject({ state: 'broken', text: { en: expect.stringContaining('is missing') } });
  });
});

test('an archive with bytes changed or cut off is read, or refused with a sentence; nothing else comes of it', () => {
  const change = fc.tuple(fc.oneof(fc.nat(140), fc.nat(good.length - 1)), fc.nat(255));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 5 }), fc.nat(good.length), fc.boolean(), (changes, end, cut) => {
      const bytes = Buffer.from(cut ? good.subarray(0, end) : good);
      for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
      writeFileSync(file, bytes);
      try {
        const archive = openArchive(file);
        try {
          archive.metadata();
          let runs = 0;
          for (const run of archive.runs()) {
            run.bytes();
            if (runs++ > 1000) break;
          }
          archive.tile(8, 7, 1);
        } finally {
          archive.close();
        }
      } catch (error) {
        if (!(error instanceof BasemapFault)) throw error;
        expect(halfSaid(error.text)).toBeNull();
      }
    }),
    { numRuns: 600, seed: 84 },
  );
});

function changed(bytes: Buffer, at: number, byte: number): Buffer {
  const other = Buffer.from(bytes);
  other[at] = byte;
  return other;
}
