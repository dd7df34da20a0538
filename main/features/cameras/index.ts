import { cameras as contract } from '../../../contract/features/cameras.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { namedFfmpegNotice } from '../../notices/configuration.ts';
import { halfOf } from '../../video/processBudget.ts';
import { createVideoService } from '../../video/service.ts';
import { createSizedVideo } from '../../video/sized.ts';
import { cameraHandlers, cameraHealthView, cameraQueries, videoSource } from './handlers.ts';
import { openGb28181 } from './openGb28181.ts';
import { ownSources } from './ownSources.ts';
import { createSteering } from './steering.ts';

type StandsOn = Pick<
  Kernel,
  | 'audit'
  | 'cameraSources'
  | 'city'
  | 'clock'
  | 'feeds'
  | 'ffmpeg'
  | 'ffmpegPath'
  | 'hallDir'
  | 'log'
  | 'notices'
  | 'processes'
  | 'random'
  | 'rejects'
  | 'startedAt'
  | 'strip'
  | 'topics'
  | 'world'
>;

/** Cameras by place, their health, and their pictures for whoever watches. */
export const cameras = defineFeature({
  contract,
  start(kernel: StandsOn) {
    const { audit, cameraSources, city, clock, ffmpeg, ffmpegPath, log, notices, random, startedAt, strip, topics } =
      kernel;
    const { binary } = ffmpeg;
    if (ffmpegPath && binary?.from !== 'FFMPEG_PATH')
      notices.raise(namedFfmpegNotice(ffmpegPath, binary?.path ?? null, startedAt));
    strip.add(() => ({ ffmpeg: binary ? { path: binary.path, version: binary.version } : null }));
    // What people watch in a drill never takes the last process from the live work.
    const processes = kernel.world.kind === 'drill' ? halfOf(kernel.processes) : kernel.processes;
    const video = createVideoService({ ffmpeg, clock, log, random, cameras: cameraSources, processes });
    video.onHealth((health) => topics.cameras.set(health.cameraId, cameraHealthView(health)));
    // A drill has nothing to do with the city's real cameras.
    const gb28181 = kernel.world.kind === 'live' ? openGb28181(kernel) : undefined;
    const own = ownSources(city.cameras, clock, gb28181, (camera) => {
      if (!own.turning(camera)) return topics.steering.delete(camera);
      topics.steering.set(camera, steering.view(camera));
      void steering.look(camera);
    });
    cameraSources.add(own.source);
    const bearings = new Map(city.cameras.map(({ id, bearing }) => [id, bearing]));
    const steering = createSteering({
      ...{ clock, log, audit, turning: own.turning },
      bearing: (camera) => bearings.get(camera) ?? 0,
      show: (view) => topics.steering.set(view.camera, view),
    });
    const sized = createSizedVideo({
      ...{ video, clock },
      hasSub: (camera) => cameraSources.source(camera, 'sub') !== undefined,
    });
    const ids = new Set(city.cameras.map(({ id }) => id));
    return {
      handlers: { ...cameraHandlers({ cameras: city.cameras }), ...steering.handlers },
      queries: cameraQueries({ cameras: city.cameras }),
      streams: { video: videoSource(sized, (id) => ids.has(id)) },
      async close() {
        await steering.close();
        await video.close();
      },
    };
  },
});
