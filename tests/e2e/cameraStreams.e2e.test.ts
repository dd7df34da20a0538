import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { type RtspServer, startRtspServer } from '../support/rtspServer.ts';
import { openWindow } from '../support/window.ts';
import { launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { makeFolder } from './steps/twoStations.ts';

/** A camera with two streams in a real window: which is played goes by how large its picture is there. */
const picture = takePictures(join('test-results', 'camera-streams'));
const folder = makeFolder('camera-streams');
let cameras: RtspServer;
let hall: HallProcess;
let pages: Pages;

beforeAll(async () => {
  const dataDir = folder.path('data');
  cameras = await startRtspServer({ main: 'h265', sub: 'h264@480x270' });
  const at = { lon: 121.5, lat: 31.2 };
  const [source, sub] = [cameras.url('main'), cameras.url('sub')];
  mkdirSync(join(dataDir, 'cameras'), { recursive: true });
  const own = ['GATE-1', 'GATE-2', 'GATE-3', 'GATE-4'].map((id) => ({
    ...{ id, name: { zh: id, en: id }, ...at, source: sub },
    ...(id === 'GATE-1' ? { source, sub } : {}),
  }));
  writeFileSync(join(dataDir, 'cameras', 'gates.json'), JSON.stringify({ crs: 'wgs84', cameras: own }));
  hall = await startHall({ dataDir, profile: 'empty' });
  pages = await launchPages();
}, 4 * PATIENCE_MS);

afterAll(async () => {
  await pages?.close();
  await hall?.stop();
  await cameras?.stop();
  folder.remove();
});

test(
  'one among four is played by its smaller stream, and enlarged by its own, live all the while',
  async () => {
    const duty = await openWindow(hall, 'duty');
    await duty.call('seat.watch', { cameras: ['GATE-1', 'GATE-2', 'GATE-3', 'GATE-4'] });
    const page = await pages.open(hall, '?seat=duty&lang=en');
    const tile = page.getByRole('group', { name: 'GATE-1' });
    await tile.waitFor();
    await duty.see('cameras', 'GATE-1', ({ state, codec }) => state === 'live' && codec === 'h264', PATIENCE_MS);
    await page.keyboard.press('Alt+4');
    await page.keyboard.press('1');
    await duty.see('cameras', 'GATE-1', ({ state, codec }) => state === 'live' && codec === 'hevc', PATIENCE_MS);
    await picture(page, 'enlarged');
    expect(await tile.getByRole('status').count()).toBe(0);
    await page.keyboard.press('4');
    await duty.see('cameras', 'GATE-1', ({ state, codec }) => state === 'live' && codec === 'h264', 2 * PATIENCE_MS);
    await picture(page, 'four');
    expect(pages.faults).toEqual([]);
    duty.close();
  },
  6 * PATIENCE_MS,
);
