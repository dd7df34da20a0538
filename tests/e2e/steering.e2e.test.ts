import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { type PlayedDevice, startOnvifDevice } from '../support/onvifDevice.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { type RtspServer, startRtspServer } from '../support/rtspServer.ts';
import { until } from '../support/until.ts';
import { openWindow } from '../support/window.ts';
import { launchPages, type Pages } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { makeFolder } from './steps/twoStations.ts';

/** A camera that its device turns, taken in hand by the keyboard. */
const picture = takePictures(join('test-results', 'steering'));
const folder = makeFolder('steering');
let cameras: RtspServer;
let device: PlayedDevice;
let hall: HallProcess;
let pages: Pages;

beforeAll(async () => {
  const dataDir = folder.path('data');
  cameras = await startRtspServer({ gate: 'h264' });
  const uri = cameras.url('gate');
  device = await startOnvifDevice({
    profiles: [{ token: 'main', source: 'lens', size: [640, 360], uri }],
    turns: true,
  });
  const at = { lon: 121.5, lat: 31.2 };
  mkdirSync(join(dataDir, 'cameras'), { recursive: true });
  const own = [
    { id: 'GATE-1', name: { zh: '东门', en: 'East Gate' }, ...at, onvif: device.url() },
    { id: 'GATE-2', name: { zh: '西门', en: 'West Gate' }, ...at, source: uri },
  ];
  writeFileSync(join(dataDir, 'cameras', 'gates.json'), JSON.stringify({ crs: 'wgs84', cameras: own }));
  hall = await startHall({ dataDir, profile: 'empty' });
  pages = await launchPages();
}, 4 * PATIENCE_MS);

afterAll(async () => {
  await pages?.close();
  await hall?.stop();
  await device?.stop();
  await cameras?.stop();
  folder.remove();
});

const moved = (how: string) => until(() => device.movements.some((each) => each.startsWith(how)), { what: how });

test(
  'keys that are held turn the camera that is shown alone, digits go to its presets; for the commander it is in other hands',
  async () => {
    const duty = await openWindow(hall, 'duty');
    await duty.call('seat.watch', { cameras: ['GATE-1', 'GATE-2'] });
    const page = await pages.open(hall, '?seat=duty&lang=zh-CN');
    await duty.see('steering', 'GATE-1', () => true, PATIENCE_MS);
    await page.keyboard.press('Alt+4');
    const bar = page.getByRole('toolbar', { name: '云台操作' });
    expect(await bar.count()).toBe(0);
    await page.keyboard.press('1');
    await page.getByRole('button', { name: /^操作云台/ }).waitFor();
    await page.keyboard.press('z');
    await bar.getByRole('button', { name: '1 东门' }).waitFor();
    await page.keyboard.down('ArrowRight');
    await moved('move main 0.50 0.00');
    await page.keyboard.up('ArrowRight');
    await moved('stop main');
    await page.keyboard.press('1');
    await moved('preset main 1');
    await picture(page, 'zh-dark');
    expect(await violationsOf(page)).toEqual([]);

    const commander = await openWindow(hall, 'commander');
    await commander.call('seat.watch', { cameras: ['GATE-1'] });
    const other = await pages.open(hall, '?seat=commander&lang=en&theme=light');
    await other.getByRole('button', { name: /^Steer/ }).waitFor();
    // A hand that goes on: the one that has let go is off it after some seconds.
    await page.keyboard.down('ArrowLeft');
    await other.getByText(/In the hand of/).waitFor();
    await page.keyboard.up('ArrowLeft');
    await picture(other, 'en-light');

    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('group', { name: '西门' }).waitFor();
    expect(await bar.count()).toBe(0);
    expect(pages.faults).toEqual([]);
    for (const window of [duty, commander]) window.close();
  },
  6 * PATIENCE_MS,
);
