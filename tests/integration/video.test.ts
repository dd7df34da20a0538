import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../main/clock.ts';
import type { Log } from '../../main/log.ts';
import { createVideoService, type VideoService } from '../../main/video/service.ts';
import { createFfmpeg, type NativeFfmpeg } from '../../native/ffmpeg/index.ts';
import { renderDrillScenes } from '../../simulator/cameras/renderScenes.ts';
import { createDrillCameraServer, type DrillCameraServer } from '../../simulator/cameras/server.ts';
import { type RtspServer, startRtspServer } from '../support/rtspServer.ts';
import { until } from '../support/until.ts';
import { watchAs } from '../support/videoWindow.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

let ffmpeg: NativeFfmpeg;
beforeAll(async () => {
  ffmpeg = await createFfmpeg();
});

describe('video from a real RTSP server', () => {
  let server: RtspServer;
  let service: VideoService;
  let urls: Record<string, string>;
  beforeAll(async () => {
    server = await startRtspServer({ bridge: 'h264', gate: 'h265', yard: 'mjpeg' });
    urls = {
      bridge: server.url('bridge'),
      gate: server.url('gate'),
      yard: server.url('yard'),
      nowhere: server.url('nowhere'),
    };
    service = createVideoService({
      ffmpeg,
      clock: systemClock(),
      log: silent,
      random: () => 0.5,
      lingerMs: 300,
      patience: { retryFirstMs: 300, retryMaxMs: 1_000, goneMs: 3_000 },
      cameras: {
        source(id) {
          const url = urls[id];
          return url === undefined ? undefined : { url };
        },
      },
    });
  });
  afterAll(async () => {
    service.close();
    await server.stop();
  });

  it('passes H.264 through: key pictures, codec and size learned, one ffmpeg for two windows, the second with a picture at once', async () => {
    const first = watchAs(service, 'bridge', { mode: 'auto' });
    await until(() => first.packets.filter((packet) => packet.key).length >= 2 && first.is('live'), {
      within: 45_000,
      what: 'H.264',
    });
    expect(first.packets[0]).toMatchObject({ kind: 'h264', key: true, cameraId: 'bridge', width: 640, height: 360 });
    expect(first.last()).toMatchObject({ codec: 'h264', mode: 'h264', width: 640, height: 360 });
    expect(first.last()?.codecString).toMatch(/^avc1\.[0-9A-F]{6}$/);
    const sequence = first.packets.map((packet) => packet.sequence);
    expect(sequence).toEqual(sequence.map((_, i) => i));
    const second = watchAs(service, 'bridge', { mode: 'auto' });
    expect(second.packets[0]?.key).toBe(true);
    expect(service.processes().filter((each) => each.cameraId === 'bridge')).toHaveLength(1);
    const jpeg = await service.snapshot('bridge');
    expect([...jpeg.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    first.stop();
    second.stop();
    await until(() => service.processes().every((each) => each.cameraId !== 'bridge'), {
      what: 'the end of an unwatched stream',
    });
    expect(service.health().find((each) => each.cameraId === 'bridge')).toMatchObject({ state: 'idle', codec: 'h264' });
  });

  it.each([
    ['gate', 'hevc'],
    ['yard', 'mjpeg'],
  ])('decodes what %s sends (%s) to raw pictures of the tile, asked for as auto', async (camera, codec) => {
    const window = watchAs(service, camera, { mode: 'auto', width: 300 });
    await until(() => window.packets.length >= 5 && window.is('live'), { within: 45_000, what: codec });
    expect(window.packets.at(-1)).toMatchObject({ kind: 'i420', key: true, width: 320, height: 180 });
    expect(window.last()).toMatchObject({ codec, mode: 'i420' });
    const luma = window.packets.at(-1)?.payload.subarray(0, 320 * 180) ?? new Uint8Array();
    expect(new Set(luma).size).toBeGreaterThan(8);
    window.stop();
  });

  it('decodes H.264 for a page that cannot', async () => {
    const window = watchAs(service, 'bridge', { mode: 'i420', width: 160 });
    await until(() => window.packets.length >= 3, { within: 45_000, what: 'raw pictures' });
    expect(window.packets[0]).toMatchObject({ kind: 'i420', width: 160, height: 90 });
    window.stop();
  });

  it('says not-found of a camera that is not there, and keeps trying', async () => {
    const window = watchAs(service, 'nowhere', { mode: 'auto' });
    await until(() => (window.last()?.attempts ?? 0) >= 2, { within: 45_000, what: 'two attempts' });
    expect(window.last()).toMatchObject({ state: 'gone', lastError: { code: 'not-found' } });
    window.stop();
  });

  it('recovers from kill -9 of its ffmpeg', async () => {
    const window = watchAs(service, 'bridge', { mode: 'auto' });
    await until(() => window.is('live'), { within: 45_000, what: 'live' });
    const before = service.processes().find((each) => each.cameraId === 'bridge');
    expect(before).toBeDefined();
    process.kill(before?.pid ?? 0, 'SIGKILL');
    await until(() => window.is('gone'), { what: 'gone' });
    expect(window.last()?.lastError?.code).toBe('crashed');
    await until(() => window.is('live'), { within: 45_000, what: 'live again' });
    expect(service.processes().find((each) => each.cameraId === 'bridge')?.pid).not.toBe(before?.pid);
    window.stop();
  });

  it('says gone and since when while the server is dead, and goes live by itself when it is back', async () => {
    const window = watchAs(service, 'bridge', { mode: 'auto' });
    await until(() => window.is('live'), { within: 45_000, what: 'live' });
    await server.kill();
    await until(() => window.is('gone'), { within: 15_000, what: 'gone' });
    const gone = window.last();
    expect(gone?.since).toBe(gone?.lastFrameAt);
    await until(() => window.last()?.lastError?.code === 'refused', { within: 15_000, what: 'a refused attempt' });
    expect(window.last()?.since).toBe(gone?.since);
    server = await startRtspServer({ bridge: 'h264' });
    urls.bridge = server.url('bridge');
    await until(() => window.is('live'), { within: 45_000, what: 'live again' });
    window.stop();
  });
});

describe('drill cameras', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'opshall-drill-cameras-'));
  let cameras: DrillCameraServer;
  let service: VideoService;
  beforeAll(async () => {
    cameras = await createDrillCameraServer({
      clock: systemClock(),
      log: silent,
      dataDir,
      ffmpeg,
      overRtsp: ({ id }) => id === 'CAM-002',
      cameras: [
        { id: 'CAM-001', name: '人民路·北口', scene: 'arterial' },
        { id: 'CAM-002', name: '人民路 "南口" 50%', scene: 'arterial' },
      ],
    });
    service = createVideoService({
      ffmpeg,
      clock: systemClock(),
      log: silent,
      random: () => 0,
      patience: { retryFirstMs: 200, retryMaxMs: 500 },
      cameras: { source: (id) => ({ url: cameras.url(id) }) },
    });
  });
  afterAll(async () => {
    service.close();
    await cameras.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('are being prepared, then rendered in the background, live, differ, go, and come back', async () => {
    const one = watchAs(service, 'CAM-001', { mode: 'auto' });
    await until(() => one.last()?.lastError?.code === 'preparing', { within: 15_000, what: 'preparing' });

    const cancelled = new AbortController();
    const first = renderDrillScenes({
      dataDir,
      ffmpeg: ffmpeg.binary,
      log: silent,
      scenes: ['arterial'],
      signal: cancelled.signal,
      onProgress: () => cancelled.abort(),
    });
    expect(await first).toMatchObject({ ready: [], cancelled: true });
    const shares: number[] = [];
    const done = await renderDrillScenes({
      dataDir,
      ffmpeg: ffmpeg.binary,
      log: silent,
      scenes: ['arterial'],
      onProgress: (progress) => shares.push(progress.share),
    });
    expect(done).toEqual({ ready: ['arterial'], failed: [], cancelled: false });
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    const again = await renderDrillScenes({
      dataDir,
      ffmpeg: ffmpeg.binary,
      log: silent,
      scenes: ['arterial'],
      onProgress: () => shares.push(-1),
    });
    expect(again.ready).toEqual(['arterial']);
    expect(shares).not.toContain(-1);

    const two = watchAs(service, 'CAM-002', { mode: 'auto' });
    await until(() => one.is('live') && two.is('live') && one.packets.length > 20, {
      within: 45_000,
      what: 'live drill cameras',
    });
    expect(one.packets[0]).toMatchObject({ kind: 'h264', key: true, width: 640, height: 360 });
    expect(cameras.running()).toHaveLength(2);
    const [a, b] = await Promise.all([service.snapshot('CAM-001'), service.snapshot('CAM-002')]);
    expect(Buffer.from(a).equals(Buffer.from(b))).toBe(false);

    cameras.setGone('CAM-001', true);
    await until(() => one.is('gone'), { within: 10_000, what: 'gone' });
    expect(two.is('live')).toBe(true);
    cameras.setGone('CAM-001', false);
    await until(() => one.is('live'), { within: 45_000, what: 'back' });
    // Over RTSP the same, and as it was encoded.
    expect(cameras.url('CAM-002')).toMatch(/^rtsp:/);
    expect(two.packets[0]).toMatchObject({ kind: 'h264', key: true, width: 640, height: 360 });
    cameras.setGone('CAM-002', true);
    await until(() => two.is('gone'), { within: 10_000, what: 'the other gone' });
    cameras.setGone('CAM-002', false);
    await until(() => two.is('live'), { within: 45_000, what: 'the other back' });
    one.stop();
    two.stop();
  });

  it('are not for those who do not know the secret', async () => {
    const url = cameras.url('CAM-001');
    expect((await fetch(url.replace(/k=.*/, 'k=guess'))).status).toBe(401);
    expect((await fetch(url.replace('CAM-001', 'CAM-999'))).status).toBe(404);
    expect(new URL(url).hostname).toBe('127.0.0.1');
  });
});
