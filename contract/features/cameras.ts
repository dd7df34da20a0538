import { z } from 'zod';
import { defineContract } from '../define.ts';
import { Point, Text, WallTime } from '../schema/basics.ts';
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
  },
  queries: {
    'cameras.list': { right: 'cameras.see', params: z.object(paged(MOST_LISTED)), row: CameraView, key: 'id' },
  },
  topics: { cameras: { words: { zh: '摄像机', en: 'cameras' }, right: 'cameras.see', item: CameraHealthView } },
  streams: {
    /** The pictures of one camera; takes the camera and what the page can decode (contract/video.ts). */
    video: { right: 'cameras.see' },
  },
});
