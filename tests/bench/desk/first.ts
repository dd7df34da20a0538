import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import type { CityMeta } from '../../../core/places/city.ts';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import { inProject } from '../../../scripts/project.ts';
import { SCENE_NAMES, sceneFile } from '../../../simulator/cameras/scenes.ts';
import { keepScenes, lendScenes } from '../../e2e/steps/twoStations.ts';
import { launchBrowser } from '../../support/browser.ts';
import { startHall } from '../../support/hallProcess.ts';
import { type OpenedHall, openHall } from '../../support/openHall.ts';
import { createScratch } from '../../support/scratch.ts';
import { bundlePage } from '../../support/servedPage.ts';
import { until } from '../../support/until.ts';
import { openWindow } from '../../support/window.ts';
import { quantile } from '../scale/spread.ts';
import { mapDrawn, openBlank, openDesk, seen, stripShown } from './deskPage.ts';

/** Pages are opened so often at least, in turn with the blank one. */
const ROUNDS = 3;
const PAINTING_MS = 1_800_000;
/** Where several cameras look. */
const PLACE = { lon: 121.92, lat: 29.17, name: { zh: '滨河路', en: 'Riverside Road' } };
const FLOODING = 'Flooding';

/**
 * `first`: from the address of a window with nothing kept from before to its map, against a page with nothing but the same basemap, from the
 * same hall. `first/2`: to its strip. `first/3`: from the key C to the first picture of a camera that nobody watched. Medians.
 */
export async function first(seconds: number): Promise<BenchRow[]> {
  const scratch = createScratch();
  try {
    const dataDir = scratch.folder();
    await paintScenes(dataDir);
    const pages = scratch.folder('pages');
    await layPages(pages);
    const hall = scratch.keep(await openHall({ dataDir, pages, profile: 'drill', drillByHand: true }), (it) =>
      it.close(),
    );
    const other = scratch.keep(await openWindow(hall, 'duty'), (it) => it.close());
    const { incident } = await other.call('incidents.openByHand', {
      ...{ type: 'urban-flooding', title: { zh: '积水', en: FLOODING }, level: 3, words: '', place: PLACE },
      caller: { name: '', phone: '' },
    });
    const select = (selection: { kind: 'incident'; id: string; at: null } | null) =>
      other.call('seat.select', { selection });
    const browser = scratch.keep(await launchBrowser(), (it) => it.close());
    const none = (): number[] => [];
    const took = { blank: none(), map: none(), strip: none(), picture: none() };
    const end = performance.now() + seconds * 1000;
    while (took.map.length < ROUNDS || performance.now() < end) {
      const desk = await openDesk(browser, hall);
      const [strip, map] = await Promise.all([stripShown(desk), mapDrawn(desk)]);
      const box = await desk.locator('[data-region=situation] canvas').first().boundingBox();
      took.strip.push(strip);
      took.map.push(map);
      // Only now: until here both maps show the whole city.
      await select({ kind: 'incident', id: incident, at: null });
      await desk.getByRole('region', { name: 'Detail' }).getByText(FLOODING).first().waitFor();
      took.picture.push(await firstPicture(desk));
      await desk.context().close();
      await other.call('seat.watch', { cameras: [] });
      await select(null);
      await until(() => other.items('cameras').every(({ state }) => state === 'idle'), {
        what: 'every camera at rest',
      });
      took.blank.push(await blankMap(browser, hall, box ?? { width: 1280, height: 720 }));
    }
    const blank = quantile(took.blank, 0.5);
    const row = (id: string, what: string, times: readonly number[]): BenchRow => {
      const value = quantile(times, 0.5);
      const limit = { most: 1.5, of: 'ratio' } as const;
      return { id, what, value, unit: 'ms', ratio: value / blank, against: blank, limit };
    };
    return [
      row('first', 'from the address to the map, against a page with its basemap alone', took.map),
      row('first/2', 'from the address to the strip', took.strip),
      row('first/3', 'from C to the first picture of a camera', took.picture),
    ];
  } finally {
    await scratch.clear();
  }
}

/** The product's pages, and beside them the blank one. */
async function layPages(folder: string): Promise<void> {
  const blank = join(folder, 'blank');
  const page = fileURLToPath(new URL('./first.page.ts', import.meta.url));
  await (await bundlePage(page, blank, { body: BODY, base: '/blank/' })).close();
  cpSync(inProject('out', 'renderer'), folder, { recursive: true });
}

const BODY = '<div id="map" style="height:100vh"></div><p id="said"></p>';

async function blankMap(browser: Browser, hall: OpenedHall, size: { width: number; height: number }): Promise<number> {
  const { bounds } = JSON.parse(readFileSync(inProject('resources/city/city.json'), 'utf8')) as CityMeta;
  const page = await openBlank(browser);
  await page.setViewportSize({ width: Math.round(size.width), height: Math.round(size.height) });
  await page.goto(`${hall.url}/blank/index.html?bounds=${bounds.join()}#token=${hall.token}`, { waitUntil: 'commit' });
  const drawn = await seen(page, { one: '#said' });
  await page.context().close();
  return drawn;
}

/** Presses C. @returns ms until a picture is drawn among the cameras */
async function firstPicture(page: Page): Promise<number> {
  const picture = await page.evaluateHandle(() => {
    // From before the press: the page keeps the key to itself.
    const asked = performance.now();
    const drawn = new Promise<number>((resolve) => {
      const draw = CanvasRenderingContext2D.prototype.drawImage;
      CanvasRenderingContext2D.prototype.drawImage = function (this: CanvasRenderingContext2D, ...what: unknown[]) {
        // Not what the tiles showed before, which a new layout moves.
        if (what[0] instanceof VideoFrame && this.canvas.closest('[data-region=video]'))
          resolve(performance.now() - asked);
        return Reflect.apply(draw, this, what);
      } as typeof draw;
    });
    return { drawn };
  });
  await page.keyboard.press('c');
  return picture.evaluate(({ drawn }) => drawn);
}

/** The drill's cameras show loops that a hall paints once, which takes minutes. */
async function paintScenes(dataDir: string): Promise<void> {
  lendScenes(dataDir);
  const painted = () => SCENE_NAMES.every((scene) => existsSync(sceneFile(dataDir, scene)));
  if (painted()) return;
  const hall = await startHall({ dataDir, profile: 'drill' });
  try {
    await until(painted, { what: 'the scenes of the drill’s cameras', within: PAINTING_MS });
  } finally {
    await hall.stop();
  }
  keepScenes(dataDir);
}
