import type { StreamStatus } from './cameraStream.ts';
import { bestState, type CameraHealth } from './health.ts';
import type { SharedStream, WatchedCamera, Watcher } from './watched.ts';

/**
 * A camera's health.
 *
 * @param of by one of its streams; else by the best
 * @param watcher for one window: a picture that others have and it has not is none
 */
export function cameraHealth(camera: WatchedCamera, of?: SharedStream, watcher?: Watcher): CameraHealth {
  const health = healthOfAll(camera, of);
  if (watcher?.waitsSince === undefined || health.state !== 'live') return health;
  const lastError = {
    code: 'waiting-key',
    detail: 'other windows have its picture; this one waits for a key',
  } as const;
  return { ...health, state: 'connecting', since: watcher.waitsSince, lastError };
}

function healthOfAll(camera: WatchedCamera, of?: SharedStream): CameraHealth {
  const streams = [...camera.streams.values()];
  const status: StreamStatus | undefined =
    of?.stream.status() ?? bestState(streams.map((each) => each.stream.status()));
  camera.codecString = status?.codecString ?? camera.codecString;
  const rejected = streams.reduce((sum, each) => sum + each.stream.status().rejected, 0);
  return {
    cameraId: camera.id,
    state: status?.state ?? 'idle',
    since: status?.since ?? camera.idleSince,
    lastFrameAt: status?.lastFrameAt ?? camera.lastFrameAt,
    codec: camera.codec,
    codecString: camera.codecString,
    mode: status?.kind,
    width: status?.width ?? 0,
    height: status?.height ?? 0,
    framesPerSecond: status?.framesPerSecond ?? 0,
    bitsPerSecond: status?.bitsPerSecond ?? 0,
    dropped: camera.dropped + rejected,
    attempts: status?.attempts ?? 0,
    retryAt: status?.retryAt,
    lastError:
      status?.kind === 'h264' && camera.codec !== undefined && camera.codec !== 'h264'
        ? { code: 'other-codec', detail: `the camera sends ${camera.codec}, which is not passed through` }
        : status?.lastError,
    watchers: streams.reduce((sum, each) => sum + each.watchers.size, 0),
  };
}
