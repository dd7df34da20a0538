import { afterEach, expect, test } from 'vitest';
import { type PlayedDevice, startOnvifDevice } from '../../../tests/support/onvifDevice.ts';
import { systemClock } from '../../clock.ts';
import { createOnvifCamera } from './camera.ts';
import { createOnvifDevice } from './device.ts';

const open: PlayedDevice[] = [];
afterEach(async () => {
  for (const device of open.splice(0)) await device.stop();
});

const never = new AbortController().signal;

async function camera(turns: boolean) {
  const device = await startOnvifDevice({
    profiles: [{ token: 'p&lt;1&gt;', source: 'lens', size: [640, 360], uri: 'rtsp://0.0.0.0/1' }],
    login: { user: 'admin', password: 'geheim' },
    turns,
  });
  open.push(device);
  let told = 0;
  const url = device.url('admin', 'geheim');
  const made = createOnvifCamera(
    createOnvifDevice({ url, clock: systemClock() }),
    { stream: 'main', channel: 1 },
    () => told++,
  );
  return { device, made, told: () => told };
}

test('a camera that turns is known once it was asked for its pictures; one without a drive has nothing to turn', async () => {
  const turns = await camera(true);
  expect(turns.made.turning()).toBeUndefined();
  await turns.made.ask(never);
  expect([turns.made.turning() !== undefined, turns.told()]).toEqual([true, 1]);
  const stands = await camera(false);
  await stands.made.ask(never);
  expect([stands.made.turning(), stands.told()]).toEqual([undefined, 1]);
});

test('it is told how fast and for how long, each drive that moves or moved; to stop; and its presets by their names', async () => {
  const { device, made } = await camera(true);
  await made.ask(never);
  const turning = made.turning();
  await turning?.move({ pan: 0.5, tilt: -1, zoom: 0 }, 2_000);
  await turning?.move({ pan: 0, tilt: 0, zoom: 1 }, 500);
  await turning?.move({ pan: 0, tilt: 0, zoom: 1 }, 500);
  await turning?.stop();
  await turning?.goTo('2');
  const profile = 'p&lt;1&gt;';
  expect(device.movements).toEqual([
    `move ${profile} 0.50 -1.00 - PT2.0S`,
    `move ${profile} 0.00 0.00 1.00 PT0.5S`,
    `move ${profile} - - 1.00 PT0.5S`,
    ...[`stop ${profile}`, `preset ${profile} 2`],
  ]);
  expect(await turning?.presets()).toEqual([
    { token: '1', name: '东门' },
    { token: '2', name: '2' },
  ]);
});

test('what was told while the device was busy with something else gives way to what is told later', async () => {
  const { device, made } = await camera(true);
  await made.ask(never);
  const turning = made.turning();
  const asked = Promise.withResolvers<() => void>();
  device.break('GetPresets', (response) => asked.resolve(() => response.writeHead(404).end()));
  const presets = turning?.presets();
  const answer = await asked.promise;
  const moves = [turning?.move({ pan: 1, tilt: 0, zoom: 0 }, 2_000), turning?.stop()];
  answer();
  await expect(presets).rejects.toMatchObject({ code: 'not-found' });
  await Promise.all(moves);
  expect(device.movements).toEqual(['stop p&lt;1&gt;']);
});

test('where it is turned to is told in degrees, of either scale that is known', async () => {
  const { device, made } = await camera(true);
  await made.ask(never);
  const told = async (x: number, space: string) => {
    Object.assign(device.pan, { x, space });
    return made.turning()?.pan();
  };
  expect(await told(-0.5, 'PositionGenericSpace')).toBe(-90);
  expect(await told(123.4, 'SphericalPositionSpaceDegrees')).toBe(123.4);
  expect(await told(2, 'PositionGenericSpace')).toBeUndefined();
  expect(await told(0.5, 'SomeMakersSpace')).toBeUndefined();
  expect(await told(Number.NaN, 'PositionGenericSpace')).toBeUndefined();
});
