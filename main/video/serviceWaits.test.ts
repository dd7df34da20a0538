import { describe, expect, it } from 'vitest';
import { DELTA, KEY, videoRig } from '../../tests/fakes/videoRig.ts';

/** A P picture behind supplemental information that says: recovery point. */
const RECOVERY = [0, 0, 1, 0x06, 0x06, 0x01, 0xc4, 0x80, 0, 0, 1, 0x41, 0x9a, 3];

describe('a stream without a key picture', () => {
  it('is decoded here once a recovery point has come, for everyone who asked for auto, then and later', async () => {
    const { clock, started, watch, latest } = videoRig();
    const window = watch('A', { mode: 'auto', width: 320 });
    for (let i = 0; i < 5; i += 1) {
      started[0]?.send(...DELTA, ...RECOVERY);
      await clock.advance(1_000);
    }
    expect(started[0]?.stopped).toBe(true);
    expect(latest().output).toMatchObject({ kind: 'i420', width: 320 });
    latest().handlers.bytes(new Uint8Array(320 * 180 * 1.5));
    expect(window.last()).toMatchObject({ state: 'live', mode: 'i420' });
    expect(window.packets).toHaveLength(1);
    watch('A', { mode: 'auto', width: 320 });
    expect(started).toHaveLength(2);
  });

  it('and without recovery points too, is said to be waited for, decoded after 20 s, and with what there is after 20 more', async () => {
    const { clock, started, watch, latest } = videoRig();
    const window = watch('A', { mode: 'auto', width: 320 });
    const send = async (seconds: number) => {
      for (let i = 0; i < seconds; i += 1) {
        latest().handlers.arrived?.();
        await clock.advance(1_000);
      }
    };
    await send(3);
    expect(window.last()).toMatchObject({ state: 'connecting', lastError: { code: 'waiting-key' } });
    await send(18);
    expect(latest().output).toMatchObject({ kind: 'i420' });
    expect(latest().output).not.toHaveProperty('lenient');
    await send(22);
    expect(latest().output).toMatchObject({ kind: 'i420', lenient: true });
    expect(window.states.every(({ state }) => state === 'connecting')).toBe(true);
    expect(started).toHaveLength(3);
  });

  it('and without parameter sets, as joined midway, is decoded at once, is not called gone, and is passed through the next time', async () => {
    const { clock, watch, latest, started } = videoRig();
    const window = watch('A', { mode: 'auto', width: 320 });
    latest().handlers.codec({ name: 'h264', width: 0, height: 0 });
    latest().handlers.ended({ code: 'waiting-key', detail: 'no parameter sets' });
    expect(latest().output).toMatchObject({ kind: 'i420', width: 320 });
    expect(window.states.every(({ state }) => state === 'connecting')).toBe(true);
    latest().handlers.bytes(new Uint8Array(320 * 180 * 1.5));
    expect(window.last()).toMatchObject({ state: 'live', lastError: undefined });
    window.stop();
    await clock.advance(10_000);
    watch('A');
    expect(latest().output).toEqual({ kind: 'h264' });
    expect(started).toHaveLength(3);
  });

  it('is given up when nothing comes at all', async () => {
    const { clock, watch } = videoRig();
    const window = watch('A');
    await clock.advance(15_500);
    expect(window.last()).toMatchObject({ state: 'gone', lastError: { code: 'timeout' } });
  });
});

describe('a window that comes while the last key picture is long past', () => {
  const many = (count: number) => Array.from({ length: count }, () => DELTA).flat();

  it('has all since then at once, a minute of it and more', () => {
    const { watch, latest } = videoRig();
    watch('A');
    latest().send(...KEY, ...many(2_000));
    const late = watch('A');
    expect(late.packets).toHaveLength(2_000);
    expect(late.keys().indexOf(true)).toBe(0);
    expect(late.last()?.state).toBe('live');
  });

  it('is told that it waits where that was let go, and then gets its pictures decoded; others go on', async () => {
    const { clock, watch, latest, started } = videoRig();
    const early = watch('A', { mode: 'auto', width: 320 });
    latest().send(...KEY, ...many(6_100));
    expect(early.packets).toHaveLength(6_100);
    const late = watch('A', { mode: 'auto', width: 320 });
    expect(late.packets).toHaveLength(0);
    expect(late.last()).toMatchObject({ state: 'connecting', lastError: { code: 'waiting-key' } });
    expect(early.last()).toMatchObject({ state: 'live' });
    for (let i = 0; i < 4; i += 1) {
      started[0]?.send(...DELTA);
      await clock.advance(1_000);
    }
    expect(latest().output).toMatchObject({ kind: 'i420' });
    latest().handlers.bytes(new Uint8Array(320 * 180 * 1.5));
    expect(late.last()).toMatchObject({ state: 'live', mode: 'i420' });
    expect(started[0]?.stopped).toBe(false);
    expect(early.packets.length).toBeGreaterThan(6_100);
  });

  it('is not decoded for where a key picture comes in time', async () => {
    const { clock, watch, latest, started } = videoRig();
    watch('A');
    latest().send(...KEY, ...many(6_100));
    const late = watch('A');
    await clock.advance(1_000);
    latest().send(...KEY, ...DELTA);
    await clock.advance(5_000);
    expect(late.keys()).toEqual([true]);
    expect(started).toHaveLength(1);
  });
});

describe('a slow camera', () => {
  it.each([5_000, 12_000])(
    'with a picture each %i ms keeps its connection, and is not stale between them',
    async (gap) => {
      const { clock, watch, latest, started } = videoRig();
      const window = watch('A', { mode: 'i420', width: 320 });
      const picture = () => latest().handlers.bytes(new Uint8Array(320 * 180 * 1.5));
      for (let i = 0; i < 3; i += 1) {
        picture();
        await clock.advance(gap);
      }
      const before = window.states.length;
      for (let i = 0; i < 10; i += 1) {
        picture();
        await clock.advance(gap);
      }
      expect(started).toHaveLength(1);
      expect(window.states.slice(before + 1).map(({ state }) => state)).not.toContain('stale');
      await clock.advance(gap * 4);
      expect(window.last()).toMatchObject({ state: 'gone', lastError: { code: 'timeout' } });
    },
  );

  it('whose next picture is on its way is not gone', async () => {
    const { clock, watch, latest, started } = videoRig();
    const window = watch('A');
    latest().send(...KEY, ...DELTA);
    for (let i = 0; i < 45; i += 1) {
      latest().handlers.arrived?.();
      await clock.advance(1_000);
    }
    expect(window.last()?.state).toBe('stale');
    expect(started).toHaveLength(1);
  });
});

describe('the processes of all windows', () => {
  it('are at most so many; one more is told so, and has its turn when one is gone', async () => {
    const { clock, watch, started, service, sources } = videoRig({ mostProcesses: 3 });
    for (const id of ['B', 'C', 'D', 'E']) sources[id] = { url: `rtsp://${id}/1` };
    const first = ['A', 'B', 'C'].map((id) => watch(id));
    const fourth = watch('D');
    await clock.advance(0);
    expect(started).toHaveLength(3);
    expect(fourth.last()).toMatchObject({ state: 'gone', lastError: { code: 'busy' } });
    first[0]?.stop();
    await clock.advance(2_500);
    expect(started).toHaveLength(4);
    expect(started[0]?.stopped).toBe(true);
    expect(started[3]?.source.url).toBe('rtsp://D/1');
    await service.close();
    expect(clock.pending).toBe(0);
  });

  it('count until they are gone, however fast windows come and go', async () => {
    const { clock, watch, started } = videoRig({ mostProcesses: 3 });
    for (let i = 0; i < 200; i += 1) watch('A', { mode: 'i420', width: 100 + (i % 8) * 160 }).stop();
    await clock.advance(0);
    expect(started.filter(({ stopped }) => !stopped).length).toBeLessThanOrEqual(3);
    await clock.advance(1_000);
    expect(started.every(({ stopped }) => stopped)).toBe(true);
  });

  it('end soon after the last window has left, sooner where there never was a picture', async () => {
    const { clock, watch, latest } = videoRig();
    watch('A').stop();
    await clock.advance(500);
    expect(latest().stopped).toBe(true);
  });

  it('are not started for a camera that is none, which is forgotten', async () => {
    const { clock, watch, started, service, sources } = videoRig();
    watch('nobody').stop();
    await clock.advance(5_000);
    expect(started).toHaveLength(0);
    expect(service.health()).toEqual([]);
    const window = watch('A');
    delete sources.A;
    window.stop();
    await clock.advance(5_000);
    expect(service.health()).toEqual([]);
  });
});
