import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BASEMAP_FILE, basemapFolder, readBasemap, writeBasemap } from '../../main/basemap/archive/basemap.ts';
import { createArchiveWriter } from '../../main/basemap/archive/writer.ts';
import { openHallBasemap } from '../../renderer/map/basemap/hallBasemap.ts';
import { contentOf, foreignTile, line } from '../support/foreignTile.ts';
import { type OpenedHall, openHall } from '../support/openHall.ts';
import { createScratch } from '../support/scratch.ts';

const scratch = createScratch();
let hall: OpenedHall;
const ROADS = foreignTile({ roads: [line({ class: 'arterial', zh: '滨河路', en: 'Binhe Road' })] });

beforeAll(async () => {
  const dataDir = scratch.folder();
  const folder = basemapFolder(dataDir);
  mkdirSync(folder, { recursive: true });
  const area = { bounds: [121.5, 29.8, 122.25, 30.125] as [number, number, number, number], minZoom: 0, maxZoom: 8 };
  const centre = { lon: 122, lat: 30, zoom: 8 };
  const writer = createArchiveWriter(join(folder, BASEMAP_FILE), { ...area, centre, tileType: 'mvt', metadata: {} });
  for (let x = 0; x < 256; x++) writer.put(8, x, 77, ROADS);
  writer.close();
  const made = new Date(0).toISOString();
  const said = {
    name: { zh: '澜港', en: 'Langang' },
    attribution: '© OpenStreetMap contributors',
    from: 'x.pbf',
    made,
  };
  writeBasemap(folder, { version: 1, ...area, ...said, kind: 'vector' });
  expect(readBasemap(folder).state).toBe('whole');
  hall = scratch.keep(await openHall({ dataDir }), (it) => it.close());
});
afterAll(() => scratch.clear());

test('a window reads the hall’s own basemap piece by piece, with its token', async () => {
  const files = { base: () => hall.url, headers: () => ({ authorization: `Bearer ${hall.token}` }) };
  const { signal } = new AbortController();
  const basemap = await openHallBasemap(files, signal);
  expect(basemap?.area).toMatchObject({ kind: 'vector', maxZoom: 8, attribution: '© OpenStreetMap contributors' });
  const tile = await basemap?.tile('basemap://tiles/8/131/77', signal);
  expect(contentOf(new Uint8Array(tile ?? new ArrayBuffer(0))).roads).toMatchObject([{ properties: { zh: '滨河路' } }]);
  expect((await basemap?.tile('basemap://tiles/7/1/1', signal))?.byteLength).toBe(0);
});

test('nobody reads it without', async () => {
  const files = { base: () => hall.url, headers: () => ({}) };
  await expect(openHallBasemap(files, new AbortController().signal)).rejects.toThrow('answered 401');
});
