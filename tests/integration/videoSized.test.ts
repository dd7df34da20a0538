import { afterAll, beforeAll, expect, it } from 'vitest';
import type { VideoPacket } from '../../contract/video.ts';
import { systemClock } from '../../main/clock.ts';
import { createVideoService, type VideoService } from '../../main/video/service.ts';
import { createSizedVideo } from '../../main/video/sized.ts';
import { createFfmpeg } from '../../native/ffmpeg/index.ts';
import { type RtspServer, startRtspServer } from '../support/rtspServer.ts';
import { until } from '../support/until.ts';
import { watchAs } from '../support/videoWindow.ts';

/** A camera with two streams over real RTSP: which of them is played goes by how large windows look at it. */
const within = 60_000;
const SETTLE_MS = 300;
let server: RtspServer;
let service: VideoService;
let sized: Pick<VideoService, 'watch'>;

beforeAll(async () => {
  server = await startRtspServer({ main: 'h265@1280x720', sub: 'h264@320x180' });
  const clock = systemClock();
  service = createVideoService({
    ...{ ffmpeg: await createFfmpeg(), clock, random: () => 0, lingerMs: 200 },
    log: { debug() {}, info() {}, warn() {}, error() {} },
    cameras: { source: (_id, which) => ({ url: server.url(which) }) },
  });
  sized = createSizedVideo({ video: service, hasSub: () => true, clock, settleMs: SETTLE_MS });
});
afterAll(async () => {
  await service?.close();
  await server?.stop();
});

const shapeOf = (packet: VideoPacket | undefined) => packet && `${packet.kind} ${packet.width} × ${packet.height}`;
const SUB = 'h264 320 × 180';
const MAIN = 'i420 1280 × 720';

it('shows the small pictures to small tiles, the large ones to all while somebody looks large, and never nothing', async () => {
  const small = watchAs(sized, 'A', { mode: 'auto', width: 320 });
  await until(() => small.packets.length >= 10, { what: 'the small stream', within });
  expect(new Set(small.packets.map(shapeOf))).toEqual(new Set([SUB]));
  expect(service.processes()).toHaveLength(1);

  const large = watchAs(sized, 'A', { mode: 'auto', width: 1280 });
  expect(shapeOf(large.packets[0])).toBe(SUB);
  await until(() => shapeOf(large.packets.at(-1)) === MAIN, { what: 'the main stream', within });
  // Small tiles are given it decoded no larger than they are.
  await until(() => shapeOf(small.packets.at(-1)) === 'i420 320 × 180', { what: 'the main stream, small', within });
  await until(() => service.processes().every(({ kind }) => kind === 'i420'), { what: 'the end of the other', within });

  large.stop();
  const before = small.packets.length;
  await until(() => shapeOf(small.packets.at(-1)) === SUB, { what: 'the small stream again', within });
  await until(() => service.processes().length === 1, { what: 'one process', within });
  const shapes = small.packets.map(shapeOf);
  expect(shapes.filter((shape, i) => shape !== shapes[i - 1])).toEqual([SUB, 'i420 320 × 180', SUB]);
  // Each began with one that stands alone, and between them the picture never rested for long.
  expect(small.packets.filter((_packet, i) => shapes[i] !== shapes[i - 1]).every(({ key }) => key)).toBe(true);
  expect(small.packets.length).toBeGreaterThan(before);
  expect(small.states.map(({ state }) => state)).not.toContain('gone');
  small.stop();
});
