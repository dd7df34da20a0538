import { expect, test } from 'vitest';
import type { SteeringView } from '../../../contract/features/cameras.ts';
import { callerAt } from '../../../tests/fakes/callers.ts';
import { createFakeClock } from '../../../tests/fakes/clock.ts';
import { AskError } from '../../video/askedSource.ts';
import type { Turning } from '../../video/turning.ts';
import { createSteering, HELD_MS } from './steering.ts';

const [duty, commander] = [callerAt('duty'), callerAt('commander')];
const RIGHT = { camera: 'C', pan: 0.5, tilt: 0, zoom: 0 };

function setUp() {
  const clock = createFakeClock();
  const did: string[] = [];
  const audited: string[] = [];
  const stands = { pan: undefined as number | undefined };
  const shown: SteeringView[] = [];
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const turning: Turning = {
    move: async ({ pan, tilt, zoom }, ms) => void did.push(`move ${pan} ${tilt} ${zoom} ${ms}`),
    stop: async () => void did.push('stop'),
    async goTo(preset) {
      if (preset === 'gone') throw new AskError('failed', 'GotoPreset: no such preset');
      did.push(`go to ${preset}`);
    },
    pan: async () => stands.pan,
    presets: async () => [{ token: '1', name: 'gate' }],
  };
  const steering = createSteering({
    ...{ clock, log: quiet, turning: (camera) => (camera === 'C' ? turning : undefined) },
    audit: { steered: ({ seat, client, via, camera }) => audited.push(`${seat} ${client} ${via} ${camera}`) },
    bearing: () => 350,
    show: (view) => shown.push(view),
  });
  return { clock, did, audited, shown, stands, ...steering };
}

test('a camera goes on turning while it is told so, and is told to stop when it is not any more', async () => {
  const { clock, did, handlers } = setUp();
  await handlers['cameras.move']({ ...RIGHT, ms: 2_000 }, duty);
  await clock.advance(1_500);
  await handlers['cameras.move']({ ...RIGHT, ms: 2_000 }, duty);
  await clock.advance(1_900);
  expect(did).toEqual(['move 0.5 0 0 2000', 'move 0.5 0 0 2000']);
  await clock.advance(200);
  expect(did.at(-1)).toBe('stop');
  await handlers['cameras.move']({ ...RIGHT, ms: 5_000 }, duty);
  await handlers['cameras.stop']({ camera: 'C' }, duty);
  await clock.advance(60_000);
  expect(did.slice(3)).toEqual(['move 0.5 0 0 5000', 'stop']);
  expect(clock.pending).toBe(0);
});

test('one hand at a time is on it, which everybody sees; another has it some seconds after the last movement', async () => {
  const { clock, did, handlers, shown } = setUp();
  const since = clock.now();
  await handlers['cameras.move']({ ...RIGHT, ms: 1_000 }, duty);
  expect(shown).toEqual([{ camera: 'C', by: { seat: 'duty', since }, bearing: null }]);
  await clock.advance(HELD_MS - 1);
  for (const tried of [
    handlers['cameras.move']({ ...RIGHT, ms: 1_000 }, commander),
    handlers['cameras.stop']({ camera: 'C' }, commander),
    handlers['cameras.preset']({ camera: 'C', preset: '1' }, commander),
  ])
    await expect(tried).rejects.toThrow(
      expect.objectContaining({ code: 'refused', message: expect.stringMatching(/^the seat duty has/) }),
    );
  expect(did).toEqual(['move 0.5 0 0 1000', 'stop']);
  await clock.advance(1);
  expect(shown.at(-1)).toEqual({ camera: 'C', by: null, bearing: null });
  await handlers['cameras.preset']({ camera: 'C', preset: '1' }, commander);
  expect([did.at(-1), shown.at(-1)?.by?.seat]).toEqual(['go to 1', 'commander']);
});

test('a camera that turns when the hall closes is told to stop, since some would go on for ever', async () => {
  const { clock, close, did, handlers } = setUp();
  await handlers['cameras.move']({ ...RIGHT, ms: 5_000 }, duty);
  await close();
  expect(did).toEqual(['move 0.5 0 0 5000', 'stop']);
  expect(clock.pending).toBe(0);
  await close();
  expect(did).toHaveLength(2);
});

test('who begins to turn one is written down, each time it was taken in hand', async () => {
  const { audited, clock, handlers } = setUp();
  for (let i = 0; i < 5; i++) await handlers['cameras.move']({ ...RIGHT, ms: 1_000 }, duty);
  await handlers['cameras.presets']({ camera: 'C' }, commander);
  expect(audited).toEqual(['duty test window C']);
  await clock.advance(HELD_MS);
  await handlers['cameras.stop']({ camera: 'C' }, duty);
  expect(audited).toHaveLength(2);
});

test('a camera that does not turn, and what a device refuses, are said so in the language of the window', async () => {
  const { handlers } = setUp();
  await expect(handlers['cameras.move']({ ...RIGHT, camera: 'D', ms: 1_000 }, duty)).rejects.toThrow(
    /^this camera does not turn/,
  );
  await expect(handlers['cameras.presets']({ camera: 'D' }, { ...duty, lang: 'zh-CN' })).rejects.toThrow(
    /^这台摄像机不能转动/,
  );
  await expect(handlers['cameras.preset']({ camera: 'C', preset: 'gone' }, duty)).rejects.toMatchObject({
    code: 'unavailable',
    message: 'the camera did not do it: GotoPreset: no such preset',
  });
});

test('where it looks is shown from north, as it turns while it is in hand and not any more after that', async () => {
  const { clock, handlers, look, shown, stands } = setUp();
  await look('D');
  await look('C');
  expect(shown).toEqual([]);
  stands.pan = 20.4;
  await look('C');
  await look('C');
  expect(shown).toEqual([{ camera: 'C', by: null, bearing: 10 }]);
  await handlers['cameras.move']({ ...RIGHT, ms: 1_500 }, duty);
  stands.pan = -355;
  await clock.advance(1_400);
  // What it is told to do does not wait behind a question.
  expect(shown.at(-1)?.bearing).toBe(10);
  await clock.advance(1_000);
  expect(shown.at(-1)).toMatchObject({ by: { seat: 'duty' }, bearing: 355 });
  await clock.advance(HELD_MS);
  stands.pan = 0;
  await clock.advance(60_000);
  expect(shown.at(-1)).toEqual({ camera: 'C', by: null, bearing: 355 });
  expect(clock.pending).toBe(0);
});
