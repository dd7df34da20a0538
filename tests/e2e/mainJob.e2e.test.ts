import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { doMainJob } from './steps/mainJob.ts';
import { drawNoMap } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { joining, keepScenes, lendScenes, makeFolder, startB } from './steps/twoStations.ts';

const PICTURES = join('test-results', 'browser');
const folder = makeFolder('e2e');
let a: HallProcess;
let b: HallProcess;
let browser: Browser;
const faults: string[] = [];

async function open(hall: HallProcess, seat: string, { map = false } = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, acceptDownloads: true });
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => faults.push(`${seat}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${seat}: ${message.text()}`);
  });
  if (!map) await drawNoMap(page);
  await page.goto(`${hall.url}/?seat=${seat}&lang=zh-CN#token=${hall.token}`);
  return page;
}

beforeAll(async () => {
  lendScenes(folder.path('A'));
  a = await startHall({ dataDir: folder.path('A'), args: ['--drill-after', '3'] });
  b = await startB(folder.path('B'), await joining(folder.path('A'), a.url));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await b?.stop();
  await a?.stop();
  keepScenes(folder.path('A'));
  folder.remove();
});

test('a joint response from alarm to all-clear, on two stations, by keyboard, in the browser', async () => {
  const desk = await open(a, 'duty', { map: true });
  const fire = await open(b, 'fire');
  const deputy = await open(b, 'deputy');
  await doMainJob({
    desk,
    video: desk,
    plan: desk,
    fire,
    deputy,
    picture: takePictures(PICTURES),
    async exported(click) {
      const download = desk.waitForEvent('download');
      await click();
      return readFileSync(await (await download).path(), 'utf8');
    },
  });
  for (const page of [desk, deputy]) expect(await violationsOf(page)).toEqual([]);
  expect(faults).toEqual([]);
});
