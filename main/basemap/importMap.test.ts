import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createScratch } from '../../tests/support/scratch.ts';
import { basemapFolder, readBasemap } from './archive/basemap.ts';
import { openArchive } from './archive/reader.ts';
import { importMap } from './importMap.ts';
import { xmlOf } from './osm/testing/xmlFile.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

/** A village: a road with a crossing, a school. */
const VILLAGE = xmlOf({
  nodes: [
    { id: 1, lon: 121.5, lat: 31.2 },
    { id: 2, lon: 121.51, lat: 31.2 },
    { id: 3, lon: 121.52, lat: 31.2 },
    { id: 4, lon: 121.51, lat: 31.21 },
    { id: 5, lon: 121.505, lat: 31.205, tags: { amenity: 'school', name: '东门小学', 'name:en': 'East Gate School' } },
  ],
  ways: [
    { id: 1, refs: [1, 2, 3], tags: { highway: 'primary', name: '滨河路' } },
    { id: 2, refs: [2, 4], tags: { highway: 'residential', name: '东门街' } },
  ],
});

function rig() {
  const dataDir = scratch.folder('hall');
  const file = join(scratch.folder('from'), 'village.osm');
  const folder = basemapFolder(dataDir);
  const bring = (text: string, options: Partial<Parameters<typeof importMap>[0]> = {}) => {
    writeFileSync(file, text);
    return importMap({ file, dataDir, now: Date.UTC(2026, 10, 28), ...options });
  };
  const made = () => readdirSync(join(dataDir, 'city'), { recursive: true, encoding: 'utf8' }).sort();
  return { dataDir, folder, bring, made };
}

test('of an extract comes a map that a hall can use, with its roads and names, and progress that ends at the end', async () => {
  const { folder, bring, made } = rig();
  const shares: number[] = [];
  const { basemap, found, leftOut } = await bring(VILLAGE, { onProgress: (share) => shares.push(share) });
  expect(basemap).toMatchObject({ kind: 'vector', from: 'village.osm', made: '2026-11-28T00:00:00.000Z' });
  expect(basemap.name).toEqual({ zh: 'village', en: 'village' });
  const [west, south, east, north] = basemap.bounds;
  expect([west <= 121.5, south <= 31.2, east >= 121.52, north >= 31.21]).toEqual([true, true, true, true]);
  expect([found, leftOut]).toEqual([{ roads: 3, places: 1 }, []]);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
  expect(readBasemap(folder)).toEqual({ state: 'whole', basemap });
  const archive = openArchive(join(folder, 'basemap.pmtiles'));
  expect(archive.header.bounds.map((degrees) => degrees.toFixed(3))).toEqual(
    basemap.bounds.map((degrees) => degrees.toFixed(3)),
  );
  archive.close();
  expect(made()).toEqual(['map', 'map/basemap.pmtiles', 'map/map.json', 'map/places.json', 'map/roads.json']);
});

test('another map takes the place of the one that was there; a file that is none, and one that was given up, leave it as it was', async () => {
  const { folder, bring, made } = rig();
  await bring(VILLAGE);
  const before = readFileSync(join(folder, 'roads.json'), 'utf8');
  await expect(bring('<osm><node id="1"')).rejects.toMatchObject({ text: { zh: expect.stringMatching(/./) } });
  const stop = new AbortController();
  await expect(
    bring(VILLAGE, { signal: stop.signal, onProgress: (share) => share > 0.5 && stop.abort() }),
  ).rejects.toThrow(/abort/i);
  expect(readFileSync(join(folder, 'roads.json'), 'utf8')).toBe(before);
  expect(made()).toEqual(['map', 'map/basemap.pmtiles', 'map/map.json', 'map/places.json', 'map/roads.json']);
  await bring(VILLAGE.replaceAll('滨河路', '滨江路'));
  expect(readFileSync(join(folder, 'roads.json'), 'utf8')).toContain('滨江路');
});

test('what a start that was killed left half made is nobody’s map, and is put away by the next', async () => {
  const { dataDir, folder, bring, made } = rig();
  mkdirSync(join(dataDir, 'city', '.map-fresh'), { recursive: true });
  writeFileSync(join(dataDir, 'city', '.map-fresh', 'map.json'), '{');
  mkdirSync(join(dataDir, 'city', '.map-before'), { recursive: true });
  expect(readBasemap(folder)).toEqual({ state: 'none' });
  await bring(VILLAGE);
  expect(existsSync(folder)).toBe(true);
  expect(made().filter((name) => name.startsWith('.'))).toEqual([]);
});
