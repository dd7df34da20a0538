import { cameras as contract } from '../../../contract/features/cameras.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { namedFfmpegNotice } from '../../notices/notices.ts';
import { createVideoService } from '../../video/service.ts';
import { cameraHandlers, cameraHealthView, cameraQueries, videoSource } from './handlers.ts';

type StandsOn = Pick<
  Kernel,
  | 'cameraSources'
  | 'city'
  | 'clock'
  | 'ffmpeg'
  | 'ffmpegPath'
  | 'log'
  | 'notices'
  | 'random'
  | 'startedAt'
  | 'strip'
  | 'topics'
>;

/** Cameras by place, their health, and their pictures for whoever watches. */
export const cameras = defineFeature({
  contract,
  start({ cameraSources, city, clock, ffmpeg, ffmpegPath, log, notices, random, startedAt, strip, topics }: StandsOn) {
    const { binary } = ffmpeg;
    if (ffmpegPath && binary?.from !== 'FFMPEG_PATH')
      notices.raise(namedFfmpegNotice(ffmpegPath, binary?.path ?? null, startedAt));
    strip.add(() => ({ ffmpeg: binary ? { path: binary.path, version: binary.version } : null }));
    const video = createVideoService({ ffmpeg, clock, log, random, cameras: cameraSources });
    video.onHealth((health) => topics.cameras.set(health.cameraId, cameraHealthView(health)));
    const ids = new Set(city.cameras.map(({ id }) => id));
    return {
      handlers: cameraHandlers({ cameras: city.cameras }),
      queries: cameraQueries({ cameras: city.cameras }),
      streams: { video: videoSource(video, (id) => ids.has(id)) },
      close: () => video.close(),
    };
  },
});
