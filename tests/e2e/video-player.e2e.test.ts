import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { systemClock } from '../../main/clock.ts';
import type { Log } from '../../main/log.ts';
import { createVideoService, type VideoService } from '../../main/video/service.ts';
import { createFfmpeg } from '../../native/ffmpeg/index.ts';
import type { VideoTileStats } from '../../renderer/features/video/player.ts';
import { renderDrillScenes } from '../../simulator/cameras/renderScenes.ts';
import { createDrillCameraServer, type DrillCameraServer } from '../../simulator/cameras/server.ts';
import { launchBrowser } from '../support/browser.ts';
import { h264Clip, sendAtLifeSpeed, startHttpCamera } from '../support/cameraServers.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { until } from '../support/until.ts';
import { keepScenes, lendScenes } from './steps/twoStations.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** The page: the real player, its packets over a WebSocket a camera. */
const PAGE_SCRIPT = `
import { createVideoPlayer } from '/renderer/features/video/player.ts';
const subscribe = (cameraId, options, onPacket, onState) => {
  const socket = new WebSocket('ws://' + location.host + '/?camera=' + cameraId + '&mode=' + options.mode + '&width=' + options.width);
  socket.binaryType = 'arraybuffer';
  socket.onmessage = ({ data }) => typeof data === 'string' ? onState(JSON.parse(data)) : onPacket(new Uint8Array(data));
  return () => socket.close();
};
const canvas = document.querySelector('canvas');
const player = createVideoPlayer(canvas, { subscribe });
player.setTiles([
  { id: 'a', cameraId: new URLSearchParams(location.search).get('a') ?? 'CAM-001', sized: false, x: 0, y: 0, width: 320, height: 180 },
  { id: 'b', cameraId: 'CAM-002', sized: false, x: 330, y: 0, width: 320, height: 180 },
]);
window.player = player;
window.pixels = (x) => {
  const { data } = canvas.getContext('2d').getImageData(x, 0, 320, 180);
  let sum = 0, hash = 0;
  for (let i = 0; i < data.length; i += 4) { sum += data[i + 1]; hash = (hash * 31 + data[i] + data[i + 2]) | 0; }
  return { mean: sum / (data.length / 4), hash };
};
`;
const PAGE_HTML =
  '<!doctype html><body style="margin:0;background:#000"><canvas style="width:650px;height:180px;display:block"></canvas><script type="module" src="/page.js"></script>';

declare global {
  interface Window {
    player: { stats(): readonly VideoTileStats[] };
    pixels(x: number): { mean: number; hash: number };
  }
}

async function bundlePage(): Promise<string> {
  const root = join(import.meta.dirname, '../..');
  const result = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'the page of this test',
        resolveId: (id) => (id === 'the-page' ? id : undefined),
        load: (id) => (id === 'the-page' ? PAGE_SCRIPT.replace('/renderer/', `${root}/renderer/`) : undefined),
      },
    ],
    build: {
      write: false,
      minify: false,
      rolldownOptions: { input: 'the-page', output: { entryFileNames: 'page.js' } },
    },
  });
  const output = Array.isArray(result) ? result[0] : result;
  const chunk = output && 'output' in output ? output.output.find((each) => each.type === 'chunk') : undefined;
  if (chunk?.type !== 'chunk') throw new Error('the page was not bundled');
  return chunk.code;
}

describe('video player in Chromium', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'opshall-player-'));
  let cameras: DrillCameraServer;
  let service: VideoService;
  let http: Server;
  let browser: Browser;
  let address = '';
  let binary = '';
  const others = new Map<string, string>();
  const closers: (() => Promise<void>)[] = [];

  /** A camera of its own encoding, which a page joins where it is by then. */
  async function addCamera(id: string, x264: string, joinedAt: number): Promise<void> {
    const seconds = 120;
    const clip = await h264Clip(binary, seconds, x264);
    let began: number | undefined;
    const camera = await startHttpCamera((_request, response) => {
      began ??= performance.now() - joinedAt * 1000;
      response.writeHead(200, { 'content-type': 'video/mp2t' });
      response.on('close', sendAtLifeSpeed(response, clip, seconds, (performance.now() - began) / 1000));
    });
    others.set(id, `http://127.0.0.1:${camera.port}/`);
    closers.push(camera.stop);
  }

  beforeAll(async () => {
    const ffmpeg = await createFfmpeg();
    binary = ffmpeg.binary?.path ?? '';
    lendScenes(dataDir);
    const rendered = await renderDrillScenes({ dataDir, ffmpeg: ffmpeg.binary, log: silent, scenes: ['arterial'] });
    expect(rendered.ready).toEqual(['arterial']);
    keepScenes(dataDir);
    const clock = systemClock();
    cameras = await createDrillCameraServer({
      clock,
      log: silent,
      dataDir,
      ffmpeg,
      cameras: ['CAM-001', 'CAM-002'].map((id) => ({ id, name: id, scene: 'arterial' as const })),
    });
    service = createVideoService({
      ffmpeg,
      clock,
      log: silent,
      random: () => 0,
      patience: { retryFirstMs: 200, retryMaxMs: 400 },
      cameras: { source: (id) => ({ url: others.get(id) ?? cameras.url(id) }) },
    });
    const script = await bundlePage();
    http = createServer((request, response) => {
      const isScript = request.url === '/page.js';
      response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' });
      response.end(isScript ? script : PAGE_HTML);
    });
    new WebSocketServer({ server: http }).on('connection', (socket, request) => {
      const asked = new URL(request.url ?? '/', 'http://page').searchParams;
      const watch = service.watch(
        asked.get('camera') ?? '',
        { mode: asked.get('mode') === 'i420' ? 'i420' : 'auto', width: Number(asked.get('width')) },
        {
          packet(packet) {
            socket.send(packet);
            return true;
          },
          state: (health) =>
            socket.send(JSON.stringify({ state: health.state, since: health.since, reason: health.lastError?.code })),
        },
      );
      socket.on('close', () => watch.stop());
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const bound = http.address();
    address = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}/`;
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    service?.close();
    http?.closeAllConnections();
    http?.close();
    await cameras?.close();
    for (const close of closers) await close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const statsOf = (page: Page) => page.evaluate(() => window.player.stats());

  async function open(before?: string, query = ''): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 700, height: 220 } });
    page.setDefaultTimeout(PATIENCE_MS);
    if (before) await page.addInitScript(before);
    await page.goto(address + query);
    return page;
  }

  async function expectMovingPictures(page: Page): Promise<void> {
    await until(async () => (await statsOf(page)).every((tile) => tile.live && tile.presented > 12), {
      within: 40_000,
      what: 'two live tiles',
    });
    for (const x of [0, 330]) {
      const before = await page.evaluate((at) => window.pixels(at), x);
      expect(before.mean).toBeGreaterThan(20);
      await until(async () => (await page.evaluate((at) => window.pixels(at), x)).hash !== before.hash, {
        what: 'a picture that moves',
      });
    }
  }

  it('decodes passed-through H.264 with WebCodecs, shows it, veils a camera that goes, and recovers by itself', async () => {
    const page = await open();
    await expectMovingPictures(page);
    expect(service.processes().map((each) => each.kind)).toEqual(['h264', 'h264']);
    const playing = await statsOf(page);
    expect(playing.map((tile) => [tile.mode, tile.width, tile.height, tile.errors, tile.rejected])).toEqual([
      ['auto', 640, 360, 0, 0],
      ['auto', 640, 360, 0, 0],
    ]);

    const bright = (await page.evaluate(() => window.pixels(0))).mean;
    cameras.setGone('CAM-001', true);
    await until(async () => (await statsOf(page))[0]?.live === false, {
      within: 15_000,
      what: 'a tile that is not live',
    });
    await until(async () => (await page.evaluate(() => window.pixels(0))).mean < bright * 0.8, {
      what: 'a dimmed tile',
    });
    const gone = await statsOf(page);
    expect(gone[0]?.state?.state).toBe('gone');
    expect(gone[0]?.ageMs).toBeGreaterThan(2_000);
    expect(gone[1]?.live).toBe(true);

    cameras.setGone('CAM-001', false);
    await until(async () => (await statsOf(page))[0]?.live === true, { within: 20_000, what: 'live again' });
    await page.close();
  });

  it('shows a camera without IDR pictures, joined midway', async () => {
    await addCamera('REFRESH', 'intra-refresh=1:keyint=50:bframes=0', 5);
    const page = await open(undefined, '?a=REFRESH');
    await expectMovingPictures(page);
    expect(service.processes().find((each) => each.cameraId === 'REFRESH')?.kind).toBe('i420');
    await page.close();
  });

  it('shows a camera whose last key picture is long past, in a second page, passed through', async () => {
    await addCamera('LONG', 'keyint=3000:min-keyint=3000:scenecut=0:bframes=0', 0);
    const first = await open(undefined, '?a=LONG');
    await until(async () => ((await statsOf(first))[0]?.presented ?? 0) > 100, {
      within: 90_000,
      what: 'the first page',
    });
    const second = await open(undefined, '?a=LONG');
    await expectMovingPictures(second);
    expect(
      service
        .processes()
        .filter((each) => each.cameraId === 'LONG')
        .map(({ kind }) => kind),
    ).toEqual(['h264']);
    await first.close();
    await second.close();
  });

  it('shows raw pictures where the page has no WebCodecs at all', async () => {
    const page = await open(
      'delete globalThis.VideoDecoder; delete globalThis.EncodedVideoChunk; delete globalThis.VideoFrame;',
    );
    await expectMovingPictures(page);
    expect((await statsOf(page)).map((tile) => [tile.mode, tile.width, tile.height])).toEqual([
      ['i420', 320, 180],
      ['i420', 320, 180],
    ]);
    await page.close();
  });

  it('asks for raw pictures when the decoder refuses the codec', async () => {
    const page = await open('VideoDecoder.prototype.configure = () => { throw new TypeError("not supported"); };');
    await expectMovingPictures(page);
    expect((await statsOf(page)).map((tile) => tile.mode)).toEqual(['i420', 'i420']);
    await page.close();
  });
});
