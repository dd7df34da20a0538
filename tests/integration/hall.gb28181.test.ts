import { createSocket } from 'node:dgram';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeVideoPacket } from '../../contract/video.ts';
import { createFfmpeg } from '../../native/ffmpeg/index.ts';
import { makeClip } from '../support/cameraServers.ts';
import { freePort } from '../support/freePort.ts';
import { type GbDevice, startGbDevice } from '../support/gbDevice.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';

/** Cameras of which the hall knows no address: they register with it, and send when they are asked. */
const scratch = createScratch();
const dataDir = scratch.folder('data');
const SERVER = '34020000002000000001';
const [UDP, TCP, LIAR] = ['34020000001180000001', '34020000001180000002', '34020000001180000003'] as const;
const channelOf = (device: string) => device.replace('118', '132');
const PASSWORD = 'sehr-geheim-28181';
const SECONDS = 4;
const clips: Record<string, Buffer> = {};
const devices: GbDevice[] = [];
let port = 0;
let hall: HallProcess;
let duty: Window;

function device(id: string, transport: 'udp' | 'tcp', password = PASSWORD): GbDevice {
  const clip = clips[transport === 'udp' ? 'h264' : 'hevc'] ?? Buffer.alloc(0);
  const facts = {
    server: { id: SERVER, port },
    id,
    channel: channelOf(id),
    password,
    transport,
    clip,
    seconds: SECONDS,
  };
  const made = startGbDevice(facts);
  devices.push(made);
  return made;
}

beforeAll(async () => {
  const ffmpeg = (await createFfmpeg()).binary?.path ?? '';
  const program = ['-bf', '0', '-g', '25', '-pix_fmt', 'yuv420p', '-preset', 'ultrafast', '-f', 'vob'];
  clips.h264 = await makeClip(ffmpeg, SECONDS, ['-c:v', 'libx264', ...program]);
  clips.hevc = await makeClip(ffmpeg, SECONDS, ['-c:v', 'libx265', '-x265-params', 'log-level=none', ...program]);
  port = await freePort();
  const media = (await freePort()) + 200;
  const camera = (id: string, of: string) =>
    `  - { id: ${id}, name: { zh: 门, en: Gate }, lon: 121.5, lat: 31.2, gb28181: { device: "${of}", channel: "${channelOf(of)}" } }\n`;
  const files = {
    'gb28181.yaml': `id: "${SERVER}"
listen: 127.0.0.1:${port}
media: { ports: [${media}, ${media + 7}] }
devices:
  - { device: "${UDP}", password: "${PASSWORD}" }
  - { device: "${TCP}", password: "${PASSWORD}", transport: tcp }
  - { device: "${LIAR}", password: "${PASSWORD}" }
`,
    'cameras/gate.yaml': `crs: wgs84\ncameras:\n${camera('GATE-1', UDP)}${camera('GATE-2', TCP)}${camera('GATE-3', LIAR)}`,
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dataDir, name, '..'), { recursive: true });
    writeFileSync(join(dataDir, name), text);
  }
  hall = await startHall({ dataDir, profile: 'empty' });
  duty = await openWindow(hall, 'duty');
});

afterAll(async () => {
  duty?.close();
  for (const each of devices) each.vanish();
  await hall?.stop();
  scratch.clear();
});

const feed = (wished: (item: NonNullable<ReturnType<typeof seen>>) => boolean) =>
  duty.see('feeds', 'gb28181', wished, 60_000);
const seen = () => duty.item('feeds', 'gb28181');

function watch(camera: string) {
  const shown = { pictures: 0 };
  const stop = duty.client.bulk('video', { camera }, (payload) => {
    if (decodeVideoPacket(payload).width > 0) shown.pictures++;
  });
  return { shown, stop };
}

test('a device that registers shows its pictures while somebody watches; what it has besides stands as lines for a file', async () => {
  const gate = device(UDP, 'udp');
  const { devices: told } = await feed(({ devices }) => devices?.connected === 1 && devices.strangerCount === 1);
  expect(told?.strangers).toEqual([
    `- { id: CAMERA-ID, name: { zh: "西门 & 南门", en: "西门 & 南门" }, lon: LON, lat: LAT, gb28181: { device: "${UDP}", channel: "${channelOf(UDP).slice(0, 19)}9" } }`,
  ]);
  expect(gate.sending()).toEqual([]);
  const first = watch('GATE-1');
  await duty.see('cameras', 'GATE-1', ({ state, codec }) => state === 'live' && codec === 'h264', 60_000);
  await until(() => first.shown.pictures > 10, { what: 'pictures', within: 60_000 });
  expect(gate.sending()).toHaveLength(1);
  first.stop();
  await until(() => gate.sending().length === 0, { what: 'the BYE', within: 60_000 });
});

test('H.265 over TCP is shown too', async () => {
  const gate = device(TCP, 'tcp');
  await feed(({ devices }) => devices?.connected === 2);
  const { shown, stop } = watch('GATE-2');
  await duty.see('cameras', 'GATE-2', ({ state, codec }) => state === 'live' && codec === 'hevc', 60_000);
  await until(() => shown.pictures > 5, { what: 'pictures', within: 60_000 });
  stop();
  await until(() => gate.sending().length === 0, { what: 'the BYE', within: 60_000 });
});

test('a camera of it is turned like any other, by whoever has it in hand, and told to stop', async () => {
  const [gate] = devices;
  await duty.see('steering', 'GATE-1', () => true, 60_000);
  await duty.call('cameras.move', { camera: 'GATE-1', pan: -1, tilt: 0, zoom: 0, ms: 100 });
  await until(() => gate?.turned.length === 2, { what: 'the end of the movement', within: 60_000 });
  expect(gate?.turned).toEqual(['A50F0102FF0000B6', 'A50F0100000000B5']);
  expect(await duty.call('cameras.presets', { camera: 'GATE-1' })).toMatchObject({ presets: [{ name: '东门' }, {}] });
  expect(duty.item('steering', 'GATE-3')).toBeUndefined();
});

test('garbage, strangers and wrong passwords are refused and named, slow no other, and no password is told or kept', async () => {
  const before = seen()?.rejected ?? 0;
  const liar = device(LIAR, 'udp', 'not-that-one');
  device('34020000001180000009', 'udp');
  await until(() => liar.heard.some((line) => line.startsWith('SIP/2.0 403')), { what: 'the refusal', within: 60_000 });
  const socket = createSocket('udp4');
  for (let i = 0; i < 2_000; i++) socket.send(`nonsense ${i}`, port, '127.0.0.1');
  const link = connect(port, '127.0.0.1', () => link.write(Buffer.alloc(100_000, 'x')));
  link.on('error', () => {});
  await until(() => link.closed, { what: 'the end of a connection that sends no SIP', within: 60_000 });
  await feed(({ rejected, devices }) => rejected > before + 3 && (devices?.strangerCount ?? 0) >= 3);
  socket.close();
  const strangers = seen()?.devices?.strangers ?? [];
  expect(strangers.some((line) => line === '- { device: "34020000001180000009", password: PASSWORD }')).toBe(true);
  expect(seen()?.devices?.connected).toBe(2);

  const { stop } = watch('GATE-3');
  const health = await duty.see('cameras', 'GATE-3', ({ error }) => error !== null, 60_000);
  expect(health.error).toMatchObject({ code: 'unreachable', detail: expect.stringContaining('is not registered') });
  stop();
  const rejects = JSON.stringify((await duty.read('rejects.list', { limit: 100 })).rows);
  expect(rejects).toContain(LIAR);
  const written = readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
    .map((name) => join(dataDir, name))
    .filter((file) => !file.endsWith('gb28181.yaml') && statSync(file).isFile())
    .map((file) => readFileSync(file, 'latin1'));
  for (const text of [rejects, JSON.stringify(duty.items('feeds')), hall.lines.join('\n'), ...written]) {
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toContain('not-that-one');
  }
});

test('a device that vanishes and comes back is shown again, and its port is given back', async () => {
  const [gate] = devices;
  const { stop } = watch('GATE-1');
  await duty.see('cameras', 'GATE-1', ({ state }) => state === 'live', 60_000);
  gate?.vanish();
  await duty.see('cameras', 'GATE-1', ({ state }) => state === 'gone' || state === 'stale', 60_000);
  // More often than there are ports.
  for (let i = 0; i < 5; i++) {
    const again = device(UDP, 'udp');
    await duty.see('cameras', 'GATE-1', ({ state }) => state === 'live', 60_000);
    // A late picture of the one that vanished is shown too, so "live" alone does not say whose it is.
    await until(() => again.sending().length === 1, { what: 'the INVITE to the one that came back', within: 60_000 });
    if (i === 4) break;
    again.vanish();
    await duty.see('cameras', 'GATE-1', ({ state }) => state !== 'live', 60_000);
  }
  stop();
});
