import { describe, expect, test } from 'vitest';
import type { BulkSink } from '../../../contract/wire/served.ts';
import type { Camera } from '../../../core/places/camera.ts';
import { callerAt } from '../../../tests/fakes/callers.ts';
import type { CameraHealth } from '../../video/health.ts';
import type { WatchRequest } from '../../video/output.ts';
import type { VideoService } from '../../video/service.ts';
import { drillHandlers } from '../drills/handlers.ts';
import { cameraHandlers, cameraHealthView, videoSource } from './handlers.ts';

const caller = callerAt('duty');

describe('cameras', () => {
  const camera = (id: string, lon: number, bearing: number): Camera => ({
    ...{ id, zh: id, en: id, lon, lat: 29, height: 8, bearing, fov: 60, range: 200, scene: 'plaza' },
  });
  const cameras = [camera('away', 121.001, 90), camera('looks', 121.001, 270)];

  test('those that see the place come first; only a drill can make one vanish', async () => {
    const handlers = cameraHandlers({ cameras });
    expect(handlers['cameras.seeing']({ lon: 121, lat: 29, n: 2 }, caller)).toMatchObject({
      cameras: [
        { camera: 'looks', sees: true },
        { camera: 'away', sees: false },
      ],
    });
    const none = drillHandlers(null, null);
    await expect(none['cameras.setGone']({ camera: 'looks', gone: true }, caller)).rejects.toThrow(/only a drill/);
    const told: [string, boolean][] = [];
    const drill = drillHandlers({ setGone: async (id, gone) => void told.push([id, gone]) }, null);
    await drill['cameras.setGone']({ camera: 'looks', gone: true }, caller);
    expect(told).toEqual([['looks', true]]);
  });

  test('a camera that waits for its picture to be painted says so; a live one is live', () => {
    const health = (state: CameraHealth['state'], lastError?: CameraHealth['lastError']): CameraHealth => ({
      ...{ cameraId: 'looks', state, since: 5, dropped: 0, attempts: 1, watchers: 1 },
      ...{ width: 0, height: 0, framesPerSecond: 0, bitsPerSecond: 0 },
      ...{ lastFrameAt: undefined, codec: undefined, codecString: undefined, mode: undefined },
      ...{ retryAt: undefined, lastError },
    });
    const painting = { code: 'preparing', detail: '503' } as const;
    const refused = { code: 'refused', detail: 'Connection refused' } as const;
    expect(cameraHealthView(health('connecting'))).toMatchObject({ camera: 'looks', state: 'connecting', error: null });
    for (const state of ['gone', 'connecting'] as const)
      expect(cameraHealthView(health(state, painting))).toMatchObject({ state: 'preparing', error: painting });
    expect(cameraHealthView(health('live', painting)).state).toBe('live');
    expect(cameraHealthView(health('gone', refused))).toMatchObject({ state: 'gone', error: refused });
  });

  test('a video stream with wrong params is a bad request that names the field; of a camera that is not there it is not-found', () => {
    const asked: [string, WatchRequest][] = [];
    const video = {
      watch(id: string, request: WatchRequest) {
        asked.push([id, request]);
        return { stop() {} };
      },
    } as unknown as VideoService;
    const sink: BulkSink = { push: () => true, room: () => true, skip() {}, dropped: () => 0, end() {} };
    const source = videoSource(video, (id) => id === 'c');
    expect(() => source({ camera: 'c', width: 3 }, caller, sink)).toThrow(/video: width/);
    expect(() => source({ camera: 7 }, caller, sink)).toThrow(/video: camera/);
    expect(() => source(null, caller, sink)).toThrow(/video/);
    expect(() => source({ camera: 'nowhere' }, caller, sink)).toThrow(/no camera nowhere/);
    source({ camera: 'c', mode: 'i420', width: 320 }, caller, sink);
    source({ camera: 'c' }, caller, sink);
    for (const camera of ['nobody', '__proto__', 'constructor'])
      expect(() => source({ camera }, caller, sink)).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(asked).toEqual([
      ['c', { mode: 'i420', width: 320 }],
      ['c', { mode: 'auto' }],
    ]);
  });
});
