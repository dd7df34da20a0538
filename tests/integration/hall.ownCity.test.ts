import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeVideoPacket } from '../../contract/video.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { type PlayedDevice, startOnvifDevice } from '../support/onvifDevice.ts';
import { type RtspServer, startRtspServer } from '../support/rtspServer.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';

/** A hall without the drill city: its departments, facilities, roads and cameras are files of its own folder. */
const scratch = createScratch();
const dataDir = scratch.folder('data');
const PASSWORD = 'sehr-geheim-17';
let cameras: RtspServer;
let device: PlayedDevice;
let hall: HallProcess;
let duty: Window;

const CITY = `crs: wgs84
departments:
  - { id: water, name: { zh: 某市水务局, en: Water Bureau }, short: { zh: 市水务, en: City Water }, phone: '96390' }
  - { id: lifeboat, name: { zh: 水上救援队, en: Lifeboats } }
facilities:
  - { id: PS-1, kind: pump-station, name: { zh: 东门泵站, en: East Gate pumps }, department: water, lon: 121.5005, lat: 31.2 }
`;
const ROADS = {
  ...{ classes: ['arterial'], names: [{ zh: '滨河路', en: 'Binhe Road' }] },
  ...{
    nodes: [
      [121.5, 31.2],
      [121.51, 31.2],
    ],
    edges: [[0, 1, 950, 0, 0]],
    bends: [[]],
  },
};

beforeAll(async () => {
  cameras = await startRtspServer({ gate: 'h264' }, { user: 'admin', password: PASSWORD });
  device = await startOnvifDevice({
    profiles: [{ token: 'main', source: 'lens', size: [640, 360], uri: `rtsp://0.0.0.0:${cameras.port}/gate` }],
    login: { user: 'admin', password: PASSWORD },
    ahead: 2 * 3_600_000,
    turns: true,
  });
  const source = cameras.url('gate').replace('rtsp://', `rtsp://admin:${PASSWORD}@`);
  const wrong = cameras.url('gate').replace('rtsp://', 'rtsp://admin:not-that-one@');
  const files = {
    'city/places.yaml': CITY,
    'city/map/roads.json': JSON.stringify(ROADS),
    'cameras/gate.json': JSON.stringify({
      crs: 'wgs84',
      cameras: [
        { id: 'GATE-1', name: { zh: '东门', en: 'East Gate' }, lon: 121.5, lat: 31.2, bearing: 90, fov: 90, source },
        { id: 'GATE-2', name: { zh: '东门北', en: 'East Gate north' }, lon: 121.5, lat: 31.21, source: wrong },
        {
          id: 'GATE-3',
          name: { zh: '西门', en: 'West Gate' },
          lon: 121.6,
          lat: 31.3,
          onvif: device.url('admin', PASSWORD),
        },
        {
          id: 'GATE-4',
          name: { zh: '南门', en: 'South Gate' },
          lon: 121.6,
          lat: 31.3,
          onvif: device.url('admin', 'not-that-one'),
        },
      ],
    }),
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
  await hall?.stop();
  await device?.stop();
  await cameras?.stop();
  scratch.clear();
});

test('windows are told of the departments and facilities that the hall’s files name, and of no other', async () => {
  expect((await duty.read('seats.departments', { limit: 50 })).rows).toEqual([
    {
      ...{ id: 'water', name: { zh: '某市水务局', en: 'Water Bureau' } },
      ...{ short: { zh: '市水务', en: 'City Water' }, phone: '96390' },
    },
    {
      ...{ id: 'lifeboat', name: { zh: '水上救援队', en: 'Lifeboats' } },
      ...{ short: { zh: '水上救援队', en: 'Lifeboats' }, phone: '' },
    },
  ]);
  expect((await duty.read('places.facilities', { limit: 50 })).rows.map(({ id, capacity }) => [id, capacity])).toEqual([
    ['PS-1', null],
  ]);
});

test('the roads of its own map are found by name and by letters, and what is near is told by the way over them', async () => {
  const found = await duty.read('places.find', { text: 'bhl', limit: 5 });
  expect(found.rows.map(({ id, name }) => [id, name.zh])).toEqual([['road:0', '滨河路']]);
  const near = await duty.read('places.near', { lon: 121.5, lat: 31.2, radius: 500, limit: 20 });
  expect(near.rows.map(({ thing, eta }) => [thing, eta?.by ?? null])).toEqual([
    ['PS-1', 'road'],
    ['GATE-1', null],
  ]);
});

test('cameras of its own show pictures, by an address or by what their device tells, and those with the wrong password say so; no password is told or logged', async () => {
  const { cameras: seeing } = await duty.call('cameras.seeing', { lon: 121.501, lat: 31.2, n: 2 });
  expect(seeing.map(({ camera, sees }) => [camera, sees])).toEqual([
    ['GATE-1', true],
    ['GATE-2', false],
  ]);
  const pictures = new Map<string, number>();
  const stops = ['GATE-1', 'GATE-2', 'GATE-3', 'GATE-4'].map((camera) =>
    duty.client.bulk('video', { camera }, (payload) => {
      if (decodeVideoPacket(payload).width > 0) pictures.set(camera, (pictures.get(camera) ?? 0) + 1);
    }),
  );
  for (const camera of ['GATE-1', 'GATE-3']) {
    await duty.see('cameras', camera, ({ state, codec }) => state === 'live' && codec === 'h264', 60_000);
    await until(() => (pictures.get(camera) ?? 0) > 10, { what: `pictures of ${camera}`, within: 60_000 });
  }
  for (const camera of ['GATE-2', 'GATE-4']) {
    const refused = await duty.see('cameras', camera, ({ error }) => error !== null, 60_000);
    expect([camera, refused.error?.code]).toEqual([camera, 'unauthorized']);
  }
  for (const stop of stops) stop();

  const shown = JSON.stringify([duty.items('cameras'), (await duty.read('cameras.list', { limit: 50 })).rows]);
  const written = readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
    .map((name) => join(dataDir, name))
    .filter((file) => !file.endsWith('gate.json') && statSync(file).isFile())
    .map((file) => readFileSync(file, 'latin1'));
  for (const text of [shown, hall.lines.join('\n'), ...written]) {
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toContain('not-that-one');
  }
});

test('a camera that turns is turned by one seat at a time, which stands in the audit once; no department may', async () => {
  const stop = duty.client.bulk('video', { camera: 'GATE-3' }, () => {});
  await duty.see('steering', 'GATE-3', ({ by }) => by === null, 60_000);
  const { presets } = await duty.call('cameras.presets', { camera: 'GATE-3' });
  expect(presets.map(({ name }) => name)).toEqual(['东门', '2']);
  const move = { camera: 'GATE-3', pan: 1, tilt: 0, zoom: 0, ms: 2_000 };
  await duty.call('cameras.move', move);
  await duty.call('cameras.stop', { camera: 'GATE-3' });
  expect(device.movements).toEqual(['move main 1.00 0.00 - PT2.0S', 'stop main']);
  await duty.see('steering', 'GATE-3', ({ by }) => by?.seat === 'duty');
  const commander = await openWindow(hall, 'commander');
  const water = await openWindow(hall, 'water');
  await expect(commander.call('cameras.move', move)).rejects.toMatchObject({ code: 'refused' });
  await expect(water.call('cameras.move', move)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(duty.call('cameras.move', { ...move, ms: 60_000 })).rejects.toMatchObject({ code: 'bad-request' });
  stop();
  for (const window of [commander, water]) window.close();
  const steered = async () =>
    (await duty.read('log.list', { limit: 100, type: 'audit.steered' })).rows.map(({ seat }) => seat);
  await until(async () => (await steered()).length > 0, { what: 'the audit' });
  expect(await steered()).toEqual(['duty']);
});
