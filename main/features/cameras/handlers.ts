import { z } from 'zod';
import { ContractError } from '../../../contract/errors.ts';
import type { CameraHealthView, CameraView } from '../../../contract/features/cameras.ts';
import { Id } from '../../../contract/schema/basics.ts';
import type { BulkSource, Handlers } from '../../../contract/wire/served.ts';
import { type PlacedCamera, rankCameras } from '../../../core/places/camera.ts';
import type { HallCamera } from '../../city/hallCity.ts';
import type { CameraHealth } from '../../video/health.ts';
import type { VideoService } from '../../video/service.ts';
import { listPage } from '../../wire/listPage.ts';
import type { Answerers } from '../../wire/liveQueries.ts';
import { streamParams } from '../../wire/streamParams.ts';

/** A camera as windows show it. */
export function cameraView(camera: HallCamera): CameraView {
  const { id, zh, en, lon, lat, height, bearing, fov, range } = camera;
  return { id, name: { zh, en }, lon, lat, height, bearing, fov, range, sub: mayHaveSub(camera) };
}

function mayHaveSub({ source, sub }: HallCamera): boolean {
  if (typeof source !== 'object') return sub !== undefined;
  return 'gb28181' in source || source.stream === 'both';
}

/** A camera's health as windows show it. `preparing`: what this camera shows is not ready yet: a simulator draws it. */
export function cameraHealthView(health: CameraHealth): CameraHealthView {
  const waits = health.lastError?.code === 'preparing' && (health.state === 'gone' || health.state === 'connecting');
  return {
    camera: health.cameraId,
    state: waits ? 'preparing' : health.state,
    since: health.since,
    codec: health.codec ?? null,
    mode: health.mode ?? null,
    lastFrameAt: health.lastFrameAt ?? null,
    dropped: health.dropped,
    attempts: health.attempts,
    error: health.lastError ? { code: health.lastError.code, detail: health.lastError.detail } : null,
  };
}

/** Every camera. */
export function cameraQueries({ cameras }: { cameras: readonly HallCamera[] }): Pick<Answerers, 'cameras.list'> {
  const views = cameras.map(cameraView);
  return { 'cameras.list': { reads: [], answer: (page) => listPage(views, (camera) => camera.id, page) } };
}

/** Cameras by place. */
export function cameraHandlers({ cameras }: { cameras: readonly PlacedCamera[] }): Pick<Handlers, 'cameras.seeing'> {
  return {
    'cameras.seeing': ({ lon, lat, n }) => ({
      cameras: rankCameras(cameras, { lon, lat }, n).map(({ camera, sees, distance, offAxis }) => ({
        camera: camera.id,
        sees,
        distance,
        offAxis,
      })),
    }),
  };
}

const Wanted = z.object({
  camera: Id,
  mode: z.enum(['auto', 'h264', 'i420']).default('auto'),
  width: z.number().int().min(16).max(3840).optional(),
});

/** The `video` stream of the contract: one camera, in a form the page can show. Packets: contract/video.ts. */
export function videoSource(video: Pick<VideoService, 'watch'>, isCamera: (id: string) => boolean): BulkSource {
  return (params, _caller, sink) => {
    const { camera, mode, width } = streamParams('video', Wanted, params);
    if (!isCamera(camera)) throw new ContractError('not-found', `there is no camera ${camera}`);
    const request = width === undefined ? { mode } : { mode, width };
    const watch = video.watch(camera, request, {
      // A picture that stands alone may wait as the newest; one that leans on others is better kept until there is room.
      packet: (packet, key) => (key || sink.room()) && sink.push(packet, key),
      state() {},
    });
    return () => watch.stop();
  };
}
