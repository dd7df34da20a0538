import { existsSync } from 'node:fs';
import { join, parse } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Notification, powerSaveBlocker, protocol, session } from 'electron';
import { LIVE } from '../../contract/features/worlds.ts';
import { carryNodePort } from '../../contract/wire/carriers/nodePort.ts';
import { createHallClient } from '../../contract/wire/client.ts';
import { startPage } from '../api/http/startPage.ts';
import { systemClock } from '../clock.ts';
import type { HallReady } from '../hallMessages.ts';
import { splitOptions } from '../options.ts';
import { createAssets } from './assets.ts';
import { createChildHost } from './host/childHost.ts';
import type { HallHost } from './host/hallHost.ts';
import { createUtilityHost } from './host/utilityHost.ts';
import { setMenu } from './menu.ts';
import { createDeskWindows, type DeskWindows } from './windows/deskWindows.ts';
import { openLayoutStore } from './windows/layoutStore.ts';

/** The desktop shell: windows, monitors and the hall's process. It knows nothing of the domain. */

const ORIGIN = 'app://opshall';
const SEAT = 'duty';
const RESTART_AFTER_MS = 500;
/** A start that takes longer is told of in a window. */
const LONG_START_MS = 1000;

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);

/** Options meant for the hall: what stands after the app's own path, without Chromium's switches. */
function hallArgs(): string[] {
  return [...splitOptions(process.argv.slice(1), () => undefined)].map(([name, value]) => `--${name}=${value}`);
}

function createHost(): HallHost {
  const launch = { entry: join(app.getAppPath(), 'out', 'main', 'hall-process.js'), args: hallArgs() };
  const node = process.env.OPSHALL_NODE;
  const ownIsEnough = Number(process.versions.napi ?? 0) >= 10;
  if (ownIsEnough) return createUtilityHost(launch);
  if (node) return createChildHost(launch, node);
  throw new Error(
    `This Electron's Node has Node-API ${process.versions.napi}; OpsHall needs 10 or newer. Use Electron 35 or newer, or start it with npm start.`,
  );
}

function secure(window: BrowserWindow): void {
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // Its own page with another address: a window that goes to a drill, and back.
  window.webContents.on('will-navigate', (event) => {
    if (!event.url.startsWith(`${ORIGIN}/?`)) event.preventDefault();
  });
  window.webContents.on('will-attach-webview', (event) => event.preventDefault());
}

/** A disk that does not take a report is said beside the windows, never over an alarm. */
function sayNotSaved(path: string): void {
  console.error(`${path} could not be saved`);
  if (!Notification.isSupported()) return;
  const body = `${path}：请检查磁盘空间与写入权限后重新导出。Check the disk’s space and rights, then export it again.`;
  new Notification({ title: '文件未能保存 Not saved', body }).show();
}

/** A window that says how far a start is that takes long; for a short one there is none. */
function createStartWindow(): { told(percent: number): void; over(): void } {
  const began = performance.now();
  let window: BrowserWindow | null = null;
  return {
    told(percent) {
      if (performance.now() - began < LONG_START_MS) return;
      if (!window) {
        window = new BrowserWindow({ width: 560, height: 160, title: 'OpsHall', webPreferences: { sandbox: true } });
        secure(window);
      }
      if (window.isDestroyed()) return;
      const page = `data:text/html;charset=utf-8,${encodeURIComponent(startPage(percent, null))}`;
      window.loadURL(page).catch(() => undefined); // The next one came before it was drawn.
    },
    over() {
      if (window && !window.isDestroyed()) window.destroy();
    },
  };
}

/** Reports go straight into the downloads folder: a dialog could cover an alarm. A name that is taken gets a number. */
function saveDownloads(): void {
  session.defaultSession.on('will-download', (_event, item) => {
    const { name, ext } = parse(item.getFilename().replace(/[/\\]/g, '_'));
    const folder = app.getPath('downloads');
    let path = join(folder, `${name}${ext}`);
    for (let n = 2; existsSync(path); n++) path = join(folder, `${name} (${n})${ext}`);
    item.setSavePath(path);
    item.once('done', (_done, state) => {
      if (state === 'interrupted') sayNotSaved(path);
    });
  });
}

/** Follows the pages' wishes for windows of their own. Answers how to follow a hall that was started anew. */
function followWindowRequests(host: () => HallHost, windows: DeskWindows): () => void {
  const client = createHallClient({
    hello: { seat: 'shell', client: 'shell', lang: 'zh-CN' },
    connect: async () => carryNodePort(host().connect(true)),
    clock: systemClock(),
    backoff: { jitter: () => Math.random() },
    onViolation: (violation) => console.error('the hall broke the contract', violation),
  });
  const report = () => {
    // Lost with the connection: reported again when it is back.
    client.call('windows.report', { open: windows.open() }).catch(() => undefined);
  };
  windows.onChange(report);
  client.onConnection(() => {
    if (client.connection().state === 'open') report();
  });
  client.subscribe('windows', (items) => {
    const wanted = [...items.values()].filter((each) => each.state === 'wanted');
    for (const { region, seat, world } of wanted) windows.tearOff(region, seat, world);
    if (wanted.length > 0) report();
  });
  return () => client.reconnect();
}

async function main(): Promise<void> {
  process.umask(0o077); // What the shell keeps is its owner's alone.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined); // A terminal that was closed.
  await app.whenReady();
  setMenu();
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  saveDownloads();
  const root = app.getAppPath();
  let map: string | null = null;
  const assets = createAssets({
    pages: join(root, 'out', 'renderer'),
    city: join(root, 'resources', 'city'),
    map: () => map,
    devServer: app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL,
  });
  protocol.handle('app', (request) => assets(request.url, request.headers));
  powerSaveBlocker.start('prevent-display-sleep'); // A duty screen that goes dark at 4 a.m. hides an alarm.

  let host: HallHost;
  let ready: HallReady;
  const starting = createStartWindow();
  try {
    host = createHost();
    ready = await host.start(starting.told);
    map = ready.map;
  } catch (error) {
    starting.over();
    dialog.showErrorBox('OpsHall', error instanceof Error ? error.message : String(error));
    app.exit(1);
    return;
  }

  const offerPort = (window: BrowserWindow) => {
    if (!window.isDestroyed()) window.webContents.postMessage('opshall:port', null, [host.connect()]);
  };
  const windows = createDeskWindows({
    store: openLayoutStore(join(app.getPath('userData'), 'layouts.json'), (error, doing) =>
      console.error(
        doing === 'read'
          ? 'the saved window layout could not be read; starting anew'
          : 'the window layout could not be saved; the windows stand where they stood before at the next start',
        error,
      ),
    ),
    seat: SEAT,
    preload: join(root, 'out', 'preload', 'index.cjs'),
    load(window, placed, world) {
      secure(window);
      void window.loadURL(
        `${ORIGIN}/?seat=${encodeURIComponent(placed.seat)}&lang=${ready.lang}${world === LIVE ? '' : `&world=${encodeURIComponent(world)}`}#/${placed.region === 'workspace' ? '' : placed.region}`,
      );
    },
  });
  ipcMain.on('opshall:want-port', (event) => {
    const window = windows.all().find((each) => each.webContents === event.sender);
    if (window) offerPort(window);
  });
  windows.openAll();
  starting.over(); // Not before: an app without a window ends.
  const reconnect = followWindowRequests(() => host, windows);

  let quitting = false;
  const restart = async () => {
    if (quitting) return;
    const next = createHost();
    try {
      await next.start();
    } catch (error) {
      console.error('the hall could not be started again; trying once more', error);
      setTimeout(restart, 10 * RESTART_AFTER_MS);
      return;
    }
    host = next;
    host.onExit(() => setTimeout(restart, RESTART_AFTER_MS));
    for (const window of windows.all()) offerPort(window);
    reconnect();
  };
  host.onExit(() => setTimeout(restart, RESTART_AFTER_MS));

  app.on('before-quit', (event) => {
    if (quitting) return;
    quitting = true;
    event.preventDefault();
    windows.leave();
    void host.stop().finally(() => app.quit());
  });
  app.on('window-all-closed', () => app.quit());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
}

void main();
