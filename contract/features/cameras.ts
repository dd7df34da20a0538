import { z } from 'zod';
import { defineContract } from '../define.ts';
import { Done, Id, Point, Text, WallTime } from '../schema/basics.ts';
import { MOST_LISTED, paged } from '../schema/paging.ts';

export const CameraView = z.object({
  id: z.string(),
  name: Text,
  lon: z.number(),
  lat: z.number(),
  height: z.number(),
  bearing: z.number(),
  fov: z.number(),
  range: z.number(),
  /** It may have a smaller stream: the hall plays the one that fits the widths that windows ask for. */
  sub: z.boolean(),
});
export type CameraView = z.infer<typeof CameraView>;

export const CameraHealthView = z.object({
  camera: z.string(),
  state: z.enum(['idle', 'connecting', 'preparing', 'live', 'stale', 'gone']),
  since: WallTime,
  codec: z.string().nullable(),
  mode: z.enum(['h264', 'i420']).nullable(),
  lastFrameAt: WallTime.nullable(),
  dropped: z.number().int(),
  attempts: z.number().int(),
  /** Why it is not live: a code that the page has a sentence for, and ffmpeg's own last words. */
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
});
export type CameraHealthView = z.infer<typeof CameraHealthView>;

/** A camera that can be turned from here. */
export const SteeringView = z.object({
  camera: z.string(),
  /** Whose hand is on it: others wait until it has been let go. */
  by: z.object({ seat: z.string(), since: WallTime }).nullable(),
  /** Where it looks now, degrees clockwise from north; null where its device does not tell. */
  bearing: z.number().nullable(),
});
export type SteeringView = z.infer<typeof SteeringView>;

/** No camera goes on turning for longer without being told again, ms. */
export const LONGEST_MOVE_MS = 5_000;
const Speed = z.number().min(-1).max(1);
const PresetToken = z.string().min(1).max(200);

export const cameras = defineContract({
  name: 'cameras',
  methods: {
    /** Cameras ranked for a place: those that see it first. */
    'cameras.seeing': {
      right: 'cameras.see',
      params: Point.extend({ n: z.number().int().min(1).max(64) }),
      result: z.object({
        cameras: z.array(
          z.object({ camera: z.string(), sees: z.boolean(), distance: z.number(), offAxis: z.number() }),
        ),
      }),
      long: true,
    },
    /** Turns and zooms a camera, for `ms` unless it is told again; to the right, up and nearer is more than 0. */
    'cameras.move': {
      right: 'cameras.steer',
      params: z.object({
        ...{ camera: Id, pan: Speed, tilt: Speed, zoom: Speed },
        ms: z.number().int().min(100).max(LONGEST_MOVE_MS),
      }),
      result: Done,
    },
    'cameras.stop': { right: 'cameras.steer', params: z.object({ camera: Id }), result: Done },
    /** The places that it has been taught to look at, in its own order. */
    'cameras.presets': {
      right: 'cameras.steer',
      params: z.object({ camera: Id }),
      result: z.object({ presets: z.array(z.object({ token: z.string(), name: z.string() })) }),
    },
    'cameras.preset': {
      right: 'cameras.steer',
      params: z.object({ camera: Id, preset: PresetToken }),
      result: Done,
    },
  },
  queries: {
    'cameras.list': { right: 'cameras.see', params: z.object(paged(MOST_LISTED)), row: CameraView, key: 'id' },
  },
  topics: {
    cameras: { words: { zh: '摄像机', en: 'cameras' }, right: 'cameras.see', item: CameraHealthView },
    /** Cameras that are known to turn: those whose device said so when their pictures were asked for. Key: camera. */
    steering: { words: { zh: '可操作的摄像机', en: 'cameras that turn' }, right: 'cameras.see', item: SteeringView },
  },
  streams: {
    /** The pictures of one camera; takes the camera and what the page can decode (contract/video.ts). */
    video: { right: 'cameras.see' },
  },
});
