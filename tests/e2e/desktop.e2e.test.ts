import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { paintNothing } from '../../scripts/drill/paintNothing.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Displays, startDisplays } from '../support/displays.ts';
import { type LaunchedApp, launchElectron } from '../support/electronApp.ts';
import { freePort } from '../support/freePort.ts';
import type { HallProcess } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { until } from '../support/until.ts';
import { monitors, pageOf, windowsStand } from './steps/desktop.ts';
import { doMainJob } from './steps/mainJob.ts';
import { drawNoMap } from './steps/pages.ts';
import { takePictures } from './steps/pictures.ts';
import { joining, keepScenes, lendScenes, makeFolder, startB } from './steps/twoStations.ts';

const PICTURES = join('test-results', 'desktop');

describe('the desktop app on two monitors', () => {
  let displays: Displays;
  let folder: ReturnType<typeof makeFolder>;
  let app: LaunchedApp;

  beforeEach(async () => {
    folder = makeFolder('desktop');
    displays = await startDisplays();
    await displays.plug(1);
  });

  afterEach(async () => {
    await app?.close();
    await displays?.stop();
    folder.remove();
  });

  const launch = ({ drillAfter = 'never', port = 0, map = false }) =>
    launchElectron({
      ...{ displays, map },
      userData: folder.path('desk'),
      options: ['--port', String(port), '--data', folder.path('A'), '--drill-after', drillAfter],
    });

  describe('with a second station', () => {
    let b: HallProcess | undefined;
    let browser: Browser | undefined;

    afterAll(async () => {
      await browser?.close();
      await b?.stop();
    });

    test('a joint response: situation on one monitor, video and plan on the other', async () => {
      lendScenes(folder.path('A'));
      const port = await freePort();
      app = await launch({ drillAfter: '3', port, map: true });
      const desk = await pageOf(app.application, '#/');
      const video = await pageOf(app.application, '#/video');
      const plan = await pageOf(app.application, '#/plan');
      await windowsStand(app.application, { '#/': 0, '#/video': 1, '#/plan': 1 });
      await desk.getByRole('region', { name: '态势地图' }).first().waitFor({ timeout: PATIENCE_MS });
      await desk.getByRole('region', { name: '视频' }).waitFor({ state: 'detached', timeout: PATIENCE_MS });

      b = await startB(folder.path('B'), await joining(folder.path('A'), `http://127.0.0.1:${port}`));
      browser = await launchBrowser();
      const open = async (seat: string, route = '#/'): Promise<Page> => {
        const page = await (browser as Browser).newPage({ viewport: { width: 1280, height: 800 } });
        page.setDefaultTimeout(PATIENCE_MS);
        await drawNoMap(page); // That of the desk is enough for two cores.
        await page.goto(
          `${b?.url}/?seat=${seat}&lang=zh-CN${route}${route.includes('?') ? '&' : '?'}token=${b?.token}`,
        );
        return page;
      };
      await doMainJob({
        desk,
        video,
        plan,
        fire: await open('fire'),
        deputy: await open('deputy', '#/detail'),
        picture: takePictures(PICTURES),
        async exported(click) {
          const downloads = folder.path('downloads');
          mkdirSync(downloads);
          await app.application.evaluate(({ app: shell }, path) => shell.setPath('downloads', path), downloads);
          await click();
          const file = await until(() => readdirSync(downloads).find((name) => name.endsWith('.html')), {
            what: 'the report in the downloads folder',
            within: 60_000,
          });
          return until(() => readFileSync(join(downloads, String(file)), 'utf8'), { what: 'the report being written' });
        },
      });
      keepScenes(folder.path('A'));
    });
  });

  test('a region torn off comes back on its monitor after a restart, and follows monitors that come and go', async () => {
    paintNothing(folder.path('A'));
    app = await launch({});
    const desk = await pageOf(app.application, '#/');
    await desk.getByRole('button', { name: '独立窗口：告警' }).click({ timeout: PATIENCE_MS });
    // Full screen and a reload by key, although no menu bar is shown.
    const keys = await app.application.evaluate(({ Menu }) =>
      (Menu.getApplicationMenu()?.items ?? []).flatMap(({ submenu }) =>
        (submenu?.items ?? []).map(({ accelerator }) => accelerator),
      ),
    );
    expect(keys).toEqual(expect.arrayContaining(['F5', 'F11']));
    const all = { '#/': 0, '#/video': 1, '#/plan': 1, '#/alarms': 1 };
    await windowsStand(app.application, all);
    await desk.getByRole('region', { name: '告警', exact: true }).waitFor({ state: 'detached', timeout: PATIENCE_MS });

    await displays.unplug(1);
    await until(async () => Object.values(await monitors(app.application)).every((n) => n === 0), {
      what: 'every window on the monitor that is left',
    });
    await displays.plug(1);
    await windowsStand(app.application, all);

    await app.close();
    app = await launch({});
    await windowsStand(app.application, all);
  });

  test('the hall is killed: every window says so and recovers by itself', async () => {
    paintNothing(folder.path('A'));
    app = await launch({});
    const desk = await pageOf(app.application, '#/');
    const link = desk.getByRole('status', { name: '网络状态' });
    await link.waitFor({ timeout: PATIENCE_MS });
    const pid = await until(() => hallPid(app), { what: 'the hall’s process' });
    process.kill(pid, 'SIGKILL');
    const lost = desk.getByText(/与大厅服务的连接中断|正在重新连接/).first();
    await lost.waitFor({ timeout: PATIENCE_MS });
    await lost.waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    expect(await until(() => hallPid(app), { what: 'a new hall process' })).not.toBe(pid);
  });

  test('files of the hall’s folder are loaded from its window: the hall’s process stays, and every window comes back', async () => {
    const dataDir = folder.path('A');
    const name = (zh: string) => writeFileSync(join(dataDir, 'hall.yaml'), `hall: 1\nname: { zh: ${zh}, en: ${zh} }\n`);
    mkdirSync(dataDir, { recursive: true });
    name('甲大厅');
    app = await launch({});
    const desk = await pageOf(app.application, '#/');
    await desk.getByText('甲大厅').waitFor({ timeout: PATIENCE_MS });
    const pid = await until(() => hallPid(app), { what: 'the hall’s process' });
    await desk.keyboard.press('Alt+9');
    const setup = await pageOf(app.application, '#/setup');
    name('乙大厅');
    await setup.getByRole('button', { name: '重新检查' }).click();
    await setup.getByText('文件与正在使用的内容不同').waitFor();
    await setup.getByRole('button', { name: '载入文件' }).click();
    await setup.getByRole('button', { name: '再按一次载入' }).click();
    for (const page of [desk, setup])
      await page.getByTitle('工作站 A').getByText('乙大厅').waitFor({ timeout: PATIENCE_MS });
    expect(hallPid(app)).toBe(pid);
  });
});

/** The hall's process: the app's child that runs the pinned Node. */
function hallPid(app: LaunchedApp): number | undefined {
  const parent = app.application.process().pid;
  try {
    const out = execFileSync('pgrep', ['-P', String(parent), '-f', 'hall-process.js'], { encoding: 'utf8' });
    return Number(out.trim().split('\n')[0]) || undefined;
  } catch {
    return undefined; // None at this moment.
  }
}
