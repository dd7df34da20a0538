import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from '../../../tests/support/freePort.ts';
import { type GbDevice, startGbDevice } from '../../../tests/support/gbDevice.ts';
import { until } from '../../../tests/support/until.ts';
import { systemClock } from '../../clock.ts';
import { createRejects, type Rejects } from '../../rejects/rejects.ts';
import { Gb28181Config } from './config.ts';
import { createGb28181Server, type Gb28181Server } from './server.ts';

const SERVER = '34020000002000000001';
const DEVICE = '34020000001180000001';
const CHANNEL = '34020000001320000001';
const NOBODY = '34020000001180000008';
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
/** Four packs, of which each tells which it is. */
const CLIP = Buffer.concat([1, 2, 3, 4].map((n) => Buffer.concat([Buffer.of(0, 0, 1, 0xba), Buffer.alloc(1_996, n)])));
const within = 20_000;

let server: Gb28181Server;
let rejects: Rejects;
let port = 0;
const devices: GbDevice[] = [];

async function open(more: object = {}): Promise<void> {
  port = await freePort();
  const media = (await freePort()) + 300;
  const config = Gb28181Config.parse({
    ...{ id: SERVER, listen: `127.0.0.1:${port}`, media: { ports: [media, media + 1] } },
    ...{ devices: [{ device: DEVICE, password: 'abc' }], ...more },
  });
  const clock = systemClock();
  rejects = createRejects({ clock });
  server = createGb28181Server(config, { clock, log: quiet, rejects, named: new Set() });
  server.start();
  await until(() => server.health().state === 'connecting', { within });
}

function device(
  id = DEVICE,
  transport: 'udp' | 'tcp' = 'udp',
  password = 'abc',
  more: { drive?: string; deaf?: number; streams?: string } = {},
): GbDevice {
  const facts = {
    server: { id: SERVER, port },
    id,
    channel: CHANNEL,
    password,
    transport,
    clip: CLIP,
    seconds: 1,
    ...more,
  };
  const made = startGbDevice(facts);
  devices.push(made);
  return made;
}

const there = (count = 1) =>
  until(() => server.health().devices?.connected === count, { what: `${count} devices`, within });
const play = (signal = new AbortController().signal) => server.play(DEVICE, CHANNEL, signal);

beforeEach(() => open());
afterEach(async () => {
  for (const each of devices.splice(0)) each.vanish();
  await server.stop();
});

test('all who watch a camera share one call, begin with a picture, and the last who leaves ends it', async () => {
  const camera = device();
  await there();
  const [one, two] = await Promise.all([play(), play()]);
  for (const body of [one, two]) {
    const [first] = (await once(body, 'data')) as [Buffer];
    expect([...first.subarray(0, 4)]).toEqual([0, 0, 1, 0xba]);
  }
  expect(new Set(camera.heard.filter((line) => line.startsWith('INVITE'))).size).toBe(1);
  one.destroy();
  two.destroy();
  await until(() => camera.sending().length === 0, { what: 'the BYE', within });
  // The one port that there is was given back.
  const again = await play();
  await once(again, 'data');
  again.destroy();
});

test('a camera of a device that is away, and one for whose pictures no port is left, is refused in words', async () => {
  await expect(async () => play()).rejects.toMatchObject({ code: 'unreachable' });
  device();
  await there();
  const body = await play();
  const other = server.play(DEVICE, '34020000001320000002', new AbortController().signal);
  await expect(other).rejects.toMatchObject({ code: 'failed', message: expect.stringContaining('media.ports') });
  body.destroy();
});

test('what is not wanted any more before the device agreed is taken back', async () => {
  const camera = device();
  await there();
  const leaving = new AbortController();
  const asked = play(leaving.signal);
  leaving.abort();
  await expect(asked).rejects.toThrow();
  await until(() => camera.sending().length === 0, { what: 'no call', within });
  const body = await play();
  await once(body, 'data');
  body.destroy();
});

test('a wrong password and a stranger are named, also when he speaks, and a device that ends its call ends the pictures', async () => {
  const camera = device();
  await there();
  device(DEVICE, 'tcp', 'xyz');
  await until(() => rejects.list().some(({ path }) => path === DEVICE), { what: 'the wrong password', within });
  expect(JSON.stringify(rejects.list())).not.toContain('abc');
  const stranger = device(NOBODY, 'tcp');
  await until(() => stranger.heard.some((line) => line.includes(' 403')), { what: 'a refusal', within });
  stranger.say(
    `<Notify><CmdType>Keepalive</CmdType><SN>1</SN><DeviceID>${NOBODY}</DeviceID><Status>OK</Status></Notify>`,
  );
  await until(() => stranger.heard.filter((line) => line.includes(' 403')).length >= 2, { what: 'a second', within });
  expect(rejects.list().map(({ path }) => path)).toEqual([NOBODY, DEVICE]);
  expect(server.health().devices?.strangers.join('\n')).toContain(NOBODY);

  const body = await play();
  await once(body, 'data');
  const ended = once(body, 'error');
  camera.hangUp();
  expect(await ended).toMatchObject([{ code: 'ended' }]);
});

test('an alarm is answered by a message of its own, and what cannot be read by 400', async () => {
  const camera = device();
  await there();
  await until(() => camera.heard.includes('MESSAGE Query Catalog'), { what: 'the question for its cameras', within });
  camera.say(`<Notify><CmdType>Alarm</CmdType><SN>1</SN><DeviceID>${CHANNEL}</DeviceID></Notify>`);
  await until(() => camera.heard.includes('MESSAGE Response Alarm'), { what: 'the answer to the alarm', within });
  camera.say('<Notify><CmdType>');
  await until(() => camera.heard.some((line) => line.includes(' 400')), { what: 'the refusal', within });
  expect(server.health().rejected).toBeGreaterThan(0);
});

const CAMERA = { device: DEVICE, channel: CHANNEL };
const RIGHT = { pan: 0.5, tilt: 0, zoom: 0 };

test('a camera is turned by what its device is told, again until it hears it, and goes to its presets by their numbers', async () => {
  expect(server.turning(CAMERA)).toBeUndefined();
  const told: string[] = [];
  server.onDevice((...of) => told.push(of.join('/')));
  const camera = device(DEVICE, 'udp', 'abc', { drive: '1', deaf: 1 });
  await there();
  await until(() => told.includes(`${DEVICE}/${CHANNEL}`), { what: 'its cameras', within });
  expect(told[0]).toBe(DEVICE);
  const turning = server.turning(CAMERA);
  expect(server.turning(CAMERA)).toBe(turning);
  await turning?.move(RIGHT, 2_000);
  await turning?.stop();
  await turning?.goTo('2');
  expect(camera.turned).toEqual(['A50F010180000036', 'A50F0100000000B5', 'A50F018200020039']);
  expect(await turning?.presets()).toEqual([
    { token: '1', name: '东门' },
    { token: '2', name: '2' },
  ]);
  await expect(turning?.goTo('256')).rejects.toMatchObject({ code: 'not-found' });
});

test('what a device has not heard is not said again once it was told something else', async () => {
  const camera = device(DEVICE, 'udp', 'abc', { deaf: 2 });
  await there();
  const turning = server.turning(CAMERA);
  await Promise.all([turning?.move(RIGHT, 2_000), turning?.stop()]);
  expect(camera.turned).toEqual(['A50F0100000000B5']);
});

test('a camera that says it has no drive is not turned, unless the file knows better; one whose device went is not', async () => {
  const camera = device(DEVICE, 'tcp', 'abc', { drive: '3' });
  await until(() => server.turning(CAMERA) === undefined && server.turning({ ...CAMERA, turns: true }) !== undefined, {
    ...{ what: 'what its device says', within },
  });
  const turning = server.turning({ ...CAMERA, turns: true });
  await turning?.move({ pan: 0, tilt: 0, zoom: -1 }, 500);
  expect(camera.turned).toEqual(['A50F01200000F0C5']);
  camera.signOff();
  await there(0);
  expect(server.turning({ ...CAMERA, turns: true })).toBeUndefined();
  await expect(turning?.stop()).rejects.toMatchObject({ code: 'unreachable' });
});

test('a smaller stream of a camera is one that its device tells of, and a call of its own', async () => {
  const camera = device(DEVICE, 'udp', 'abc', { streams: '0/1' });
  await until(() => server.hasSub(DEVICE, CHANNEL), { what: 'its streams', within });
  expect(server.hasSub(DEVICE, NOBODY)).toBe(false);
  const body = await server.play(DEVICE, CHANNEL, new AbortController().signal, 1);
  await once(body, 'data');
  expect(camera.heard).toContain('stream 1');
  body.destroy();
  await until(() => camera.sending().length === 0, { what: 'the BYE', within });
  const main = await play();
  await once(main, 'data');
  expect(camera.heard.filter((line) => line.startsWith('stream'))).toEqual(['stream 1']);
  main.destroy();
});
