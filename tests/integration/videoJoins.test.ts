import type { ServerResponse } from 'node:http';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../main/clock.ts';
import { createVideoService, type VideoService } from '../../main/video/service.ts';
import { createFfmpeg, type NativeFfmpeg } from '../../native/ffmpeg/index.ts';
import { type CameraServer, h264Clip, makeClip, sendAtLifeSpeed, startHttpCamera } from '../support/cameraServers.ts';
import { until } from '../support/until.ts';
import { watchAs } from '../support/videoWindow.ts';

let ffmpeg: NativeFfmpeg;
let binary: string;
const closers: (() => unknown)[] = [];
beforeAll(async () => {
  ffmpeg = await createFfmpeg();
  binary = ffmpeg.binary?.path ?? '';
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function hallOver(
  answer: (response: ServerResponse) => void,
): Promise<{ service: VideoService; camera: CameraServer }> {
  const camera = await startHttpCamera((_request, response) => answer(response));
  const service = createVideoService({
    ffmpeg,
    clock: systemClock(),
    log: { debug() {}, info() {}, warn() {}, error() {} },
    random: () => 0,
    patience: { retryFirstMs: 200, retryMaxMs: 400 },
    cameras: { source: () => ({ url: `http://127.0.0.1:${camera.port}/` }) },
  });
  closers.push(
    () => camera.stop(),
    () => service.close(),
  );
  return { service, camera };
}

const SECONDS = 60;

/** A clip at the speed of life; a connection joins where the camera is by then, as it does with a real one. Joined at 0: each begins it. */
async function cameraOf(x264: string, joinedAt: number) {
  const clip = await h264Clip(binary, SECONDS, x264);
  let began: number | undefined;
  return hallOver((response) => {
    // A machine that is busy may lose the first connection, and would see the next join midway.
    if (joinedAt === 0) began = undefined;
    began ??= performance.now() - joinedAt * 1000;
    response.writeHead(200, { 'content-type': 'video/mp2t' });
    response.on('close', sendAtLifeSpeed(response, clip, SECONDS, (performance.now() - began) / 1000));
  });
}

describe('a camera without IDR pictures', () => {
  it.each([
    ['intra refresh, joined midway', 'intra-refresh=1:keyint=50:bframes=0', 5],
    ['an open picture group, joined midway', 'open-gop=1:keyint=25:bframes=2:scenecut=0', 5],
  ])('is decoded for its windows: %s', { timeout: 120_000 }, async (_what, x264, joinedAt) => {
    const { service } = await cameraOf(x264, joinedAt);
    const first = watchAs(service, 'A', { mode: 'auto', width: 320 });
    await until(() => first.packets.length >= 10 && first.is('live'), { within: 45_000, what: 'pictures' });
    expect(first.packets.at(-1)).toMatchObject({ kind: 'i420', width: 320, height: 180 });
    expect(new Set(first.packets.at(-1)?.payload.subarray(0, 320 * 180)).size).toBeGreaterThan(8);
    expect(first.states.map(({ state }) => state)).not.toContain('gone');
    const second = watchAs(service, 'A', { mode: 'auto', width: 320 });
    await until(() => second.packets.length > 0, { within: 10_000, what: 'the second window' });
    expect(service.processes()).toHaveLength(1);
  });

  it('after the first is passed through from its beginning, to a second window too', { timeout: 120_000 }, async () => {
    const { service } = await cameraOf('open-gop=1:keyint=25:bframes=2:scenecut=0', 0);
    const first = watchAs(service, 'A', { mode: 'auto' });
    await until(() => first.packets.length >= 100, { within: 45_000, what: 'pictures' });
    expect(first.packets[0]).toMatchObject({ kind: 'h264', key: true });
    const second = watchAs(service, 'A', { mode: 'auto' });
    expect(second.packets[0]?.key).toBe(true);
    expect(second.packets.length).toBeGreaterThanOrEqual(100);
  });
});

describe('a camera with long picture groups', () => {
  it('joined midway is waited for in words, and never called gone or no video', { timeout: 120_000 }, async () => {
    const { service } = await cameraOf('keyint=375:min-keyint=375:scenecut=0:bframes=0', 3);
    const window = watchAs(service, 'A', { mode: 'auto' });
    await until(() => window.last()?.lastError?.code === 'waiting-key', { within: 30_000, what: 'words' });
    expect(window.last()?.state).toBe('connecting');
    await until(() => window.packets.length >= 5 && window.is('live'), { within: 60_000, what: 'pictures' });
    expect(window.states.map(({ state }) => state)).not.toContain('gone');
  });

  it('is seen at once by a window that comes late', { timeout: 120_000 }, async () => {
    const { service } = await cameraOf('keyint=1500:min-keyint=1500:scenecut=0:bframes=0', 0);
    const window = watchAs(service, 'A', { mode: 'auto' });
    await until(() => window.packets.length >= 700, { within: 60_000, what: 'half a minute' });
    const late = watchAs(service, 'A', { mode: 'auto' });
    expect(late.packets[0]?.key).toBe(true);
    expect(late.packets.length).toBeGreaterThanOrEqual(700);
    expect(late.last()?.state).toBe('live');
  });
});

describe('MJPEG over HTTP', () => {
  let jpeg: Buffer;
  let other: Buffer;
  beforeAll(async () => {
    const clip = (pattern: string) =>
      makeClip(binary, 1, ['-vf', pattern, '-frames:v', '1', '-c:v', 'mjpeg', '-f', 'mjpeg']);
    [jpeg, other] = await Promise.all([clip('null'), clip('negate')]);
  });

  async function cameraEach(ms: number, most: number, lengths: boolean) {
    const { service, camera } = await hallOver((response) => {
      response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=frame' });
      let sent = 0;
      const send = () => {
        if (sent >= most) return;
        const picture = sent % 2 === 0 ? jpeg : other;
        sent += 1;
        response.write(
          `--frame\r\nContent-Type: image/jpeg\r\n${lengths ? `Content-Length: ${picture.length}\r\n` : ''}\r\n`,
        );
        response.write(picture);
        response.write('\r\n');
        if (!lengths) response.write('--frame\r\n');
      };
      send();
      const timer = setInterval(send, ms);
      response.on('close', () => clearInterval(timer));
    });
    return { service, camera };
  }

  it.each([
    [200, 25, true],
    [1_000, 8, true],
    [200, 25, false],
  ])(
    'shows the pictures of one each %i ms as they come: %i of them, lengths said: %s',
    { timeout: 120_000 },
    async (ms, most, lengths) => {
      // ffmpeg keeps one for itself while it begins; of pictures that a busy machine reads at once it shows the last.
      const spare = Math.ceil(most / 2);
      const { service, camera } = await cameraEach(ms, most + spare, lengths);
      const window = watchAs(service, 'A', { mode: 'auto', width: 320 });
      await until(() => window.packets.length >= most, { within: 60_000, what: 'the pictures' });
      expect(window.packets.at(-1)).toMatchObject({ kind: 'i420' });
      // The first connection tells that it is MJPEG, the second decodes it.
      expect(camera.connections()).toBeLessThanOrEqual(2);
    },
  );

  it('keeps its connection to a camera with a picture each 5 s', { timeout: 120_000 }, async () => {
    const { service, camera } = await cameraEach(5_000, 100, true);
    const window = watchAs(service, 'A', { mode: 'auto', width: 320 });
    await until(() => window.packets.length >= 5, { within: 60_000, what: 'five pictures' });
    expect(window.states.map(({ state }) => state)).not.toContain('gone');
    expect(camera.connections()).toBeLessThanOrEqual(2);
  });
});
