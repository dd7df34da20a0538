import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UnitRecord } from '../../contract/units.ts';
import { launchBrowser } from '../support/browser.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { bundlePage, type ServedPage } from '../support/servedPage.ts';
import { until } from '../support/until.ts';
import type { MapUnitsPage } from './map-units.page.ts';

declare global {
  interface Window {
    api: MapUnitsPage;
  }
}

const DIRECTORY = [{ id: 'FIRE-1', callSign: '消防001', department: 'fire', kind: 'truck' }];
const HOME = { lon: 121.92, lat: 29.17 };

function unit(index: number, lon: number, lat: number, more: Partial<UnitRecord> = {}): UnitRecord {
  return { index, lon, lat, heading: 0, status: 'available', age: 0, ...more };
}

describe('units on the map, in a real browser', () => {
  let folder: string;
  let served: ServedPage;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opshall-map-'));
    served = await bundlePage(fileURLToPath(new URL('./map-units.page.ts', import.meta.url)), folder, {
      body: '<div id="map" style="width:800px;height:600px"></div>',
    });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await page?.close();
    page = await browser.newPage({ viewport: { width: 800, height: 600 } });
    page.setDefaultTimeout(PATIENCE_MS);
    complaints.length = 0;
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(served.url);
    await until(() => page.evaluate(() => window.api?.ready()), { within: 60_000, what: 'The map' });
  });

  const frame = (now: number, units: UnitRecord[]) =>
    page.evaluate(([t, list]) => window.api.frame(t, list), [now, units] as const);
  const picture = (now: number) => page.evaluate((t) => window.api.picture(t), now);
  const project = (lon: number, lat: number) =>
    page.evaluate(([x, y]) => window.api.project(x, y), [lon, lat] as const);

  it('move evenly between two reports, and stand where the last one puts them', async () => {
    const to = HOME.lon + 0.002;
    await frame(0, [unit(0, HOME.lon, HOME.lat)]);
    const start = await picture(0);
    expect(start.lit).toBeGreaterThan(20);
    await frame(2000, [unit(0, to, HOME.lat)]);
    const [atStart, half, end] = [await picture(2000), await picture(3000), await picture(4000)];
    const [from, target] = [await project(HOME.lon, HOME.lat), await project(to, HOME.lat)];
    expect(atStart.x).toBeCloseTo(from.x, -0.5);
    expect(Math.abs(half.x - (from.x + target.x) / 2)).toBeLessThan(2);
    expect(Math.abs(end.x - target.x)).toBeLessThan(2);
    expect(target.x - from.x).toBeGreaterThan(60);
    expect(Math.abs(end.y - target.y)).toBeLessThan(2);
    expect(complaints).toEqual([]);
  });

  it('are drawn to the pixel at zoom 20, far from any round coordinate', async () => {
    const at = { lon: 121.9200437, lat: 29.1700291 };
    await page.evaluate(() => window.api.scene.map.jumpTo({ center: [121.92, 29.17], zoom: 20 }));
    await frame(0, [unit(0, at.lon, at.lat)]);
    const [seen, expected] = [await picture(0), await project(at.lon, at.lat)];
    expect(Math.abs(seen.x - expected.x)).toBeLessThan(0.7);
    expect(Math.abs(seen.y - expected.y)).toBeLessThan(0.7);
  });

  it('are dots from afar and signs near by; a selected one is always a sign', async () => {
    await frame(0, [unit(0, HOME.lon, HOME.lat)]);
    await page.evaluate(() => window.api.scene.map.jumpTo({ center: [121.92, 29.17], zoom: 11 }));
    const dot = await picture(0);
    await page.evaluate((directory) => {
      window.api.units.setDirectory(directory);
      window.api.scene.mark({ kind: 'unit', id: 'FIRE-1', at: null }, null);
    }, DIRECTORY);
    const selected = await picture(0);
    await page.evaluate(() => {
      window.api.scene.mark(null, null);
      window.api.scene.map.jumpTo({ center: [121.92, 29.17], zoom: 16 });
    });
    const sign = await picture(0);
    expect(dot.lit).toBeLessThan(20);
    expect(selected.lit).toBeGreaterThan(dot.lit * 3);
    expect(sign.lit).toBeGreaterThan(dot.lit * 3);
  });

  it('are found under the pointer where they are drawn, not where they were reported', async () => {
    await page.evaluate((directory) => window.api.units.setDirectory(directory), DIRECTORY);
    await frame(0, [unit(0, HOME.lon, HOME.lat)]);
    await frame(2000, [unit(0, HOME.lon + 0.002, HOME.lat)]);
    const seen = await picture(3000);
    const hit = await page.evaluate(({ x, y }) => window.api.scene.hit(x, y), seen);
    expect(hit?.selection).toMatchObject({ kind: 'unit', id: 'FIRE-1' });
    expect(hit?.title).toBe('消防001');
    const before = await project(HOME.lon, HOME.lat);
    expect(await page.evaluate(({ x, y }) => window.api.scene.hit(x, y), before)).toBeNull();
  });

  it('stay where they are when the theme changes, in the very next frame, and nothing is loaded anew', async () => {
    await frame(0, [unit(0, HOME.lon, HOME.lat)]);
    const dark = await picture(0);
    const light = await page.evaluate(() => window.api.light(0));
    expect(light.lit).toBeGreaterThan(20);
    expect(Math.abs(light.bright - dark.bright)).toBeGreaterThan(20);
    expect(Math.hypot(light.x - dark.x, light.y - dark.y)).toBeLessThan(2);
    expect(light.anew).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('are drawn without the map below them', async () => {
    await frame(0, [unit(0, HOME.lon, HOME.lat)]);
    await picture(0);
    // The map may still have to draw what it was asked for before.
    const alone = async () => {
      const { map, seen } = await page.evaluate(([lon, lat]) => window.api.driven(lon, lat), [
        HOME.lon,
        HOME.lat,
      ] as const);
      expect(seen).toBe(true);
      return map === 0;
    };
    await until(alone, { what: 'the units drawn without the map', within: PATIENCE_MS });
  });

  it('hide no alarm: its mark is over them, and is there without the map being drawn', async () => {
    await frame(0, [unit(0, HOME.lon, HOME.lat)]);
    expect((await picture(0)).lit).toBeGreaterThan(100);
    const alarms = (...places: { lon: number; lat: number }[]) =>
      page.evaluate((all) => window.api.alarms(all), places);
    const near = { lon: HOME.lon + 0.0001, lat: HOME.lat };
    // The map may still have to draw what it was asked for before.
    await until(async () => (await alarms(HOME)).frames === 0, { what: 'marks without the map', within: PATIENCE_MS });
    expect(await alarms(HOME)).toMatchObject({ marks: 1, frames: 0 });
    expect((await alarms(HOME)).lit).toBeGreaterThan(200);
    const { x, y } = await project(HOME.lon, HOME.lat);
    const hit = await page.evaluate(([left, top]) => window.api.scene.hit(left, top), [x, y] as const);
    expect(hit?.selection).toMatchObject({ kind: 'alarm', id: 'A0' });
    // Near each other they stand as one, which selects nothing, and far from each other by themselves.
    expect((await alarms(HOME, near)).marks).toBe(1);
    const several = await page.evaluate(([left, top]) => window.api.scene.hit(left, top), [x, y] as const);
    expect(several).toMatchObject({ selection: null, properties: { point_count: 2, worst: 1, fresh: 2 } });
    expect((await alarms(HOME, { lon: HOME.lon + 0.002, lat: HOME.lat })).marks).toBe(2);
    expect(await alarms()).toMatchObject({ marks: 0, lit: 0 });
    expect((await picture(0)).lit).toBeGreaterThan(100);
    expect(complaints).toEqual([]);
  });

  it.each([0, 2])('come back after the graphics card was lost for canvas %i', async (index) => {
    await frame(0, [unit(0, HOME.lon, HOME.lat)]);
    expect((await picture(0)).lit).toBeGreaterThan(20);
    await page.evaluate(async (nth) => {
      // The map's, and the sheet's over the first paper.
      const canvas = document.querySelectorAll('canvas')[nth];
      const lose = canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context');
      const heard = (event: string) =>
        new Promise((resolve) => canvas?.addEventListener(event, resolve, { once: true }));
      const lost = heard('webglcontextlost');
      lose?.loseContext();
      await lost;
      // The browser gives a context back only once its loss has been heard to the end.
      await new Promise((resolve) => setTimeout(resolve));
      const restored = heard('webglcontextrestored');
      lose?.restoreContext();
      await restored;
    }, index);
    await until(() => page.evaluate(() => window.api.ready()), { within: 30_000, what: 'The map' });
    await until(async () => (await picture(0)).lit > 20, { within: 30_000, what: 'The unit' });
  });

  it('are drawn by the twenty thousand', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) =>
      unit(i, HOME.lon + ((i % 200) - 100) * 1e-4, HOME.lat + (Math.floor(i / 200) - 50) * 1e-4),
    );
    await page.evaluate(() => window.api.scene.map.jumpTo({ center: [121.92, 29.17], zoom: 15 }));
    await frame(0, many);
    expect((await picture(0)).lit).toBeGreaterThan(20_000);
  });
});
