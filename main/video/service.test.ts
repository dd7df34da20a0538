import { describe, expect, it } from 'vitest';
import { DELTA, KEY, videoRig } from '../../tests/fakes/videoRig.ts';

describe('video service', () => {
  it('runs one ffmpeg for all windows, gives a new one the pictures since the last key at once, and stops it after the last', async () => {
    const { clock, started, service, watch, latest } = videoRig();
    const first = watch('A');
    expect(first.last()).toMatchObject({ state: 'connecting', watchers: 1 });
    latest().send(...KEY, ...DELTA, ...DELTA, ...DELTA);
    expect(first.keys()).toEqual([true, false, false]); // the last is whole when the next begins
    expect(first.last()).toMatchObject({
      state: 'live',
      mode: 'h264',
      codecString: 'avc1.42C01E',
      width: 640,
      height: 360,
    });
    const second = watch('A');
    expect(second.keys()).toEqual([true, false, false]);
    expect(started).toHaveLength(1);
    first.stop();
    second.stop();
    second.stop();
    await clock.advance(1_000);
    const third = watch('A');
    await clock.advance(1_900);
    expect(latest().stopped).toBe(false);
    third.stop();
    await clock.advance(5_000);
    expect(latest().stopped).toBe(true);
    expect(service.health()).toMatchObject([{ cameraId: 'A', state: 'idle', watchers: 0 }]);
    expect(clock.pending).toBe(0);
  });

  it('turns to decoded pictures when the codec is not H.264, and remembers it', () => {
    const { started, service, watch, latest } = videoRig();
    const window = watch('A', { mode: 'auto', width: 300 });
    const strict = watch('A', { mode: 'h264' });
    latest().handlers.codec({ name: 'hevc', width: 1920, height: 1080 });
    expect(started).toHaveLength(2);
    expect(latest().output).toEqual({ kind: 'i420', width: 320, height: 180, fps: 15 });
    latest().handlers.bytes(new Uint8Array(320 * 180 * 1.5 + 10));
    expect(window.packets).toHaveLength(1);
    expect(window.last()).toMatchObject({ state: 'live', codec: 'hevc', mode: 'i420', width: 320, height: 180 });
    expect(strict.last()?.lastError?.code).toBe('other-codec');
    watch('A', { mode: 'auto', width: 310 });
    expect(started).toHaveLength(2);
    expect(service.processes()).toHaveLength(2);
  });

  it('decodes no larger than the camera sends, once that is known, whatever the tile', () => {
    const { started, watch, latest } = videoRig();
    watch('A', { mode: 'i420', width: 950 });
    expect(latest().output).toMatchObject({ width: 960 });
    latest().handlers.codec({ name: 'h264', width: 640, height: 360 });
    expect(latest().output).toMatchObject({ width: 640, height: 360 });
    expect(started.map((each) => each.stopped)).toEqual([true, false]);
    latest().handlers.codec({ name: 'h264', width: 640, height: 360 });
    watch('A', { mode: 'i420', width: 1200 });
    expect(started).toHaveLength(2);
    watch('B', { mode: 'i420', width: 950 });
    latest().handlers.codec({ name: 'mjpeg', width: 640, height: 480 });
    expect(latest().output).toMatchObject({ width: 960, height: 540 }); // 4:3 in its full height
    expect(started).toHaveLength(3);
  });

  it('says stale after 2 s without a picture, gone after 8, since when, and tries again with growing waits', async () => {
    const { clock, started, watch, latest, logged } = videoRig();
    const window = watch('A');
    latest().send(...KEY, ...DELTA, ...DELTA, ...DELTA, ...DELTA);
    const lastPicture = clock.now();
    await clock.advance(2_500);
    expect(window.last()).toMatchObject({ state: 'stale', since: lastPicture });
    await clock.advance(5_500);
    expect(window.last()).toMatchObject({
      state: 'gone',
      since: lastPicture,
      attempts: 1,
      lastError: { code: 'timeout' },
    });
    expect(started[0]?.stopped).toBe(true);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 9; attempt += 1) {
      const health = window.last();
      waits.push((health?.retryAt ?? 0) - clock.now());
      await clock.advance(waits.at(-1) ?? 0);
      latest().handlers.ended({ code: 'refused', detail: 'rtsp://***@a: Connection refused' });
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
    expect(window.last()).toMatchObject({ state: 'gone', since: lastPicture, lastError: { code: 'refused' } });
    expect(logged.filter((line) => line.startsWith('camera is gone'))).toHaveLength(2);
    await clock.advance(15_000);
    latest().send(...KEY, ...DELTA);
    expect(window.last()).toMatchObject({ state: 'live', attempts: 0 });
    await clock.advance(600);
    for (let i = 0; i < 12; i += 1) {
      latest().send(...DELTA);
      await clock.advance(1_000);
    }
    latest().handlers.ended({ code: 'ended', detail: '' });
    expect((window.last()?.retryAt ?? 0) - clock.now()).toBe(250);
  });

  it('waits a fixed while for a camera that is being prepared, and takes up a changed address', async () => {
    const { clock, watch, latest, sources } = videoRig();
    const window = watch('A');
    for (let i = 0; i < 3; i += 1) {
      latest().handlers.ended({ code: 'preparing', detail: '' });
      expect((window.last()?.retryAt ?? 0) - clock.now()).toBe(1_500);
      await clock.advance(1_500);
    }
    sources.A = { url: 'rtsp://elsewhere/2' };
    latest().handlers.ended({ code: 'refused', detail: '' });
    await clock.advance(250);
    expect(latest().source.url).toBe('rtsp://elsewhere/2');
  });

  it('says so of a camera that it does not know', () => {
    const { watch, started } = videoRig();
    expect(watch('nobody').last()).toMatchObject({ state: 'gone', lastError: { code: 'no-such-camera' } });
    expect(started).toHaveLength(0);
  });

  it('keeps for a slow window what it has not taken, until a newer key picture takes its place, and counts the loss; others lose nothing', () => {
    const { watch, latest } = videoRig();
    const slow = watch('A');
    const quick = watch('A');
    latest().send(...KEY, ...DELTA);
    slow.window.takes = false;
    latest().send(...DELTA, ...DELTA);
    slow.window.takes = true;
    latest().send(...DELTA);
    expect(slow.keys()).toEqual([true, false, false, false]);
    slow.window.takes = false;
    latest().send(...DELTA, ...KEY);
    slow.window.takes = true;
    latest().send(...DELTA);
    expect(slow.keys()).toEqual([true, false, false, false, true]);
    expect(quick.keys()).toEqual([true, false, false, false, false, false, true]);
    expect(watch('A').last()?.dropped).toBe(2);
  });

  it('tells listeners of health, and nothing after close', async () => {
    const { clock, service, watch, latest } = videoRig();
    const heard: string[] = [];
    const end = service.onHealth((health) => heard.push(health.state));
    watch('A');
    latest().send(...KEY, ...DELTA);
    expect(heard.at(-1)).toBe('live');
    end();
    service.close();
    latest().handlers.ended({ code: 'ended', detail: '' });
    await clock.advance(60_000);
    expect(latest().stopped).toBe(true);
    expect(clock.pending).toBe(0);
    expect(heard.at(-1)).toBe('live');
  });

  it('takes snapshots of what runs, else of the camera', async () => {
    const { service, watch, latest, pictures } = videoRig();
    await service.snapshot('A');
    watch('A');
    latest().send(...KEY, ...DELTA, ...DELTA);
    await service.snapshot('A');
    expect(pictures.map((each) => each.kind)).toEqual(['stream', 'h264']);
    await expect(service.snapshot('nobody')).rejects.toThrow('no camera nobody');
  });
});
