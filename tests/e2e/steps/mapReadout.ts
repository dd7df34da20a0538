import type { Page } from 'playwright';
import { until } from '../../support/until.ts';

/** Where a window's map is, or the pointer on it. */
export interface Readout {
  readonly lon: number;
  readonly lat: number;
  readonly zoom: number;
}

/** What the map says at its foot, of the pointer where it is on the map, else of its middle: `121.92126°E  29.16711°N   z15.5`. */
export async function readout(page: Page): Promise<Readout | null> {
  const text = (await page.getByRole('region', { name: /态势地图|Situation map/ }).textContent()) ?? '';
  const [, lon, lat, zoom] = /([\d.]+)°E\s+([\d.]+)°N\s+z([\d.]+)/.exec(text) ?? [];
  return zoom === undefined ? null : { lon: Number(lon), lat: Number(lat), zoom: Number(zoom) };
}

/** Where on the screen a place is, by what the map says of the pointer at two others. The map must rest. */
export async function pixelOf(page: Page, [lon, lat]: readonly [number, number]): Promise<{ x: number; y: number }> {
  const box = await page.locator('canvas').first().boundingBox();
  if (box === null) throw new Error('the map is not on the screen');
  const pointed = async (share: number) => {
    const [x, y] = [box.x + box.width * share, box.y + box.height * share];
    const before = JSON.stringify(await readout(page));
    await page.mouse.move(x, y);
    await until(async () => JSON.stringify(await readout(page)) !== before, { what: 'the pointer being read' });
    const at = await readout(page);
    return { x, y, lon: at?.lon ?? 0, lat: at?.lat ?? 0 };
  };
  const [a, b] = [await pointed(0.3), await pointed(0.7)];
  const across = (from: number, to: number, at: number, first: number, last: number) =>
    first + ((at - from) / (to - from)) * (last - first);
  return { x: across(a.lon, b.lon, lon, a.x, b.x), y: across(a.lat, b.lat, lat, a.y, b.y) };
}
