import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect as dial, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  gb26875State,
  hj212Upload,
  jt808Frame,
  jt808Position,
  jt808Registration,
  sl651Report,
} from '../support/deviceFrames.ts';
import { freePort } from '../support/freePort.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';

/** A hall without the drill city: its things and its departments' systems are files of its own folder. */
const scratch = createScratch();
const ports: Record<'hydro' | 'env' | 'fire' | 'cars' | 'hall', number> = {
  hydro: 0,
  env: 0,
  fire: 0,
  cars: 0,
  hall: 0,
};
const sockets: Socket[] = [];
let hall: HallProcess;
let duty: Window;

const CITY = `crs: wgs84
sensors:
  - { id: WL-901, kind: water-level, unit: m, name: { zh: 东门水位, en: East Gate level }, lon: 121.5, lat: 31.2 }
  - { id: AQ-901, kind: air, unit: mg/L, name: { zh: 东门排口, en: East Gate outfall }, lon: 121.5, lat: 31.2 }
  - { id: GS-901, kind: gas, unit: "%LEL", name: { zh: 东门燃气, en: East Gate gas }, lon: 121.5, lat: 31.2 }
  - { id: FD-901, kind: smoke, unit: "0/1", name: { zh: 东门二层感烟, en: East Gate smoke 2F }, lon: 121.5, lat: 31.2 }
units:
  - { id: SW-901, callSign: 水务901, department: water, kind: truck }
`;
const KINDS = 'sensors: [{ kind: smoke, name: { zh: 烟感, en: Smoke detector }, look: fire }]\n';
/** The hall's own: a detector says 1 for a fire. */
const RULES = `rules:
  - rule: building-fire
    name: { zh: 建筑火警, en: Fire alarm of a building }
    sensor: { kind: smoke }
    levels: [{ level: 2, raise: 1, clear: 0 }]
`;
const feed = (id: string, protocol: string, port: number, more: string) =>
  `id: ${id}\nprotocol: ${protocol}\nname: { zh: ${id}, en: ${id} }\nlisten: 127.0.0.1:${port}\n${more}`;

async function device(port: number): Promise<{ socket: Socket; heard(): Buffer }> {
  const socket = dial(port, '127.0.0.1');
  sockets.push(socket);
  let heard = Buffer.alloc(0);
  socket.on('data', (bytes) => {
    heard = Buffer.concat([heard, bytes]);
  });
  await once(socket, 'connect');
  return { socket, heard: () => heard };
}

beforeAll(async () => {
  const dataDir = scratch.folder('data');
  for (const id of ['hydro', 'env', 'fire', 'cars', 'hall'] as const) ports[id] = await freePort();
  const files = {
    'city/east.yaml': CITY,
    'kinds.yaml': KINDS,
    'rules/fire.yaml': RULES,
    'feeds/hydro.yaml': feed(
      'hydro',
      'sl651',
      ports.hydro,
      'devices: [{ device: "0012345678", readings: { "39": WL-901 } }]\n',
    ),
    'feeds/env.yaml': feed(
      ...(['env', 'hj212', ports.env] as const),
      'devices: [{ device: "88888880000001", password: "654321", readings: { w01018: AQ-901 } }]\n',
    ),
    'feeds/fire.yaml': feed(
      ...(['fire', 'gb26875', ports.fire] as const),
      'devices: [{ device: "665544332211", readings: { "1.3.000600D9:fire": FD-901 } }]\n',
    ),
    'feeds/cars.yaml': feed(
      'cars',
      'jt808',
      ports.cars,
      'crs: wgs84\ndevices: [{ device: "013812345678", unit: SW-901 }]\n',
    ),
    'feeds/posts.yaml':
      'id: posts\nprotocol: http-json\nname: { zh: 燃气公司, en: Gas company }\ntoken: a-token-of-the-gas-company\ncrs: wgs84\nowns: [GS-901]\n',
    'feeds/half.yaml': 'id: half\nprotocol: hj212\nname: { zh: 半, en: ',
    'feeds/port-of-hall.yaml': feed(
      ...(['port-of-hall', 'sl651', ports.hall, 'devices: [{ device: "1", readings: { "39": WL-904 } }]\n'] as const),
    ),
    'feeds/same-port.yaml': feed(
      ...(['same-port', 'sl651', ports.hydro, 'devices: [{ device: "1", readings: { "39": WL-905 } }]\n'] as const),
    ),
    'feeds/twice.yaml': feed('twice', 'sl651', 1, 'devices: [{ device: "1", readings: { "39": WL-901 } }]\n'),
    'feeds/z-again.yaml': feed('hydro', 'sl651', 1, 'devices: [{ device: "1", readings: { "39": WL-902 } }]\n'),
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dataDir, name, '..'), { recursive: true });
    writeFileSync(join(dataDir, name), text);
  }
  hall = await startHall({ dataDir, profile: 'empty', port: ports.hall });
  duty = await openWindow(hall, 'duty');
});

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  duty?.close();
  await hall?.stop();
  scratch.clear();
});

test('a hydrological station that dials in is answered, its level is shown, and the product’s rule raises an alarm of it', async () => {
  const { socket, heard } = await device(ports.hydro);
  const now = Date.now();
  // The rule wants the level to stay: by the station's own time, which has minutes alone.
  for (const [serial, t] of [now - 120_000, now].entries()) socket.write(sl651Report('0012345678', serial, t, 0.61));
  await duty.seeSensor('WL-901', ({ value }) => value === 0.61);
  await until(() => duty.items('alarms').length > 0, { what: 'an alarm', within: 30_000 });
  expect(duty.items('alarms').map(({ id }) => id)).toEqual(['alarm:waterlogging:WL-901']);
  // The same function, centre and station the other way round.
  expect(heard().subarray(0, 10).toString('hex')).toBe('7e7e0012345678011234');
  await duty.seeStation(({ feeds }) => feeds.some(({ id, state }) => id === 'hydro' && state === 'live'));
});

test('a pollution monitor with the right password is heard, and one with another is refused and named', async () => {
  const { socket, heard } = await device(ports.env);
  const t = Date.now();
  socket.write(hj212Upload({ mn: '88888880000001', password: '123456' }, t, { w01018: '99.0' }));
  await duty.seeStation(({ feeds }) => feeds.some(({ id, rejected }) => id === 'env' && rejected === 1));
  socket.write(hj212Upload({ mn: '88888880000001', password: '654321' }, t, { w01018: '53.5', w21003: '1.2' }));
  await duty.seeSensor('AQ-901', ({ value }) => value === 53.5);
  await until(() => heard().includes('CN=9014'), { what: 'the answer to the upload', within: 20_000 });
  expect(
    heard()
      .toString()
      .match(/CN=9014/g),
  ).toHaveLength(1);
  expect(heard().toString()).toContain('MN=88888880000001');
});

test('a transmission device reports a fire of a detector, it is confirmed, and the hall’s own rule raises an alarm of it', async () => {
  const { socket, heard } = await device(ports.fire);
  const now = Date.now();
  const detector = { device: '665544332211', system: 1, address: 3, part: '000600D9' };
  socket.write(gb26875State(detector, 6, now - 1000, 0b01));
  await duty.seeSensor('FD-901', ({ value }) => value === 0);
  socket.write(gb26875State(detector, 7, now, 0b11));
  await duty.seeSensor('FD-901', ({ value }) => value === 1);
  await until(() => duty.items('alarms').some(({ id }) => id === 'alarm:building-fire:FD-901'), {
    ...{ what: 'an alarm', within: 30_000 },
  });
  await until(() => heard().length === 60, { what: 'both confirmations', within: 20_000 });
  const answer = heard().subarray(30);
  // Serial and version as they came; from the centre to the device; no data, command 3, the sum of it all.
  expect(answer.toString('hex', 0, 6)).toBe('404007000101');
  expect(answer.toString('hex', 12, 27)).toBe('000000000000112233445566000003');
  expect(answer[27]).toBe(answer.subarray(2, 27).reduce((sum, byte) => (sum + byte) % 256, 0));
  expect(answer.toString('hex', 28)).toBe('2323');
});

test('a vehicle registers, shows the token it was given, and is where it says', async () => {
  const { socket, heard } = await device(ports.cars);
  const phone = '013812345678';
  socket.write(jt808Frame(0x0100, phone, 1, jt808Registration()));
  await until(() => heard().length > 0 && heard().at(-1) === 0x7e, {
    what: 'the answer to the registration',
    within: 20_000,
  });
  // 8100: serial 2, result 1, token.
  const answer = heard();
  expect(answer.subarray(1, 3).toString('hex')).toBe('8100');
  const token = answer.subarray(16, answer.length - 2);
  socket.write(jt808Frame(0x0102, phone, 2, token));
  socket.write(jt808Frame(0x0200, phone, 3, jt808Position(Date.now(), 121.47, 31.23, 36, 90)));
  await duty.seeStation(({ feeds }) => feeds.some(({ id, received }) => id === 'cars' && received === 1));
  // Once: a query that is asked again and again is answered from what is at hand.
  const [unit] = (await duty.read('units.one', { id: 'SW-901' })).rows;
  expect(unit?.fix).toMatchObject({ lon: 121.47, lat: 31.23, speed: 10, heading: 90, status: 'available' });
});

test('a vehicle that no file names is turned down, and its number stands with the feed', async () => {
  const { socket, heard } = await device(ports.cars);
  socket.write(jt808Frame(0x0100, '013800000001', 1, jt808Registration()));
  await until(() => heard().length > 0 && heard().at(-1) === 0x7e, { what: 'the answer', within: 20_000 });
  // 8100, result 4: no such terminal.
  expect([heard().subarray(1, 3).toString('hex'), heard()[15]]).toEqual(['8100', 4]);
  const { feeds } = await duty.seeStation(({ feeds }) =>
    feeds.some(({ id, devices }) => id === 'cars' && devices?.strangerCount === 1),
  );
  expect(feeds.find(({ id }) => id === 'cars')?.devices).toEqual({
    ...{ connected: 2, strangers: ['- { device: "13800000001", unit: UNIT-ID }'], strangerCount: 1 },
  });
});

async function post(
  body: string,
  { token = 'a-token-of-the-gas-company', feed = 'posts', lang = 'en', method = 'POST' } = {},
) {
  const answer = await fetch(`${hall.url}/feeds/${feed}`, {
    ...{ method, headers: { authorization: `Bearer ${token}`, 'accept-language': lang } },
    ...(method === 'POST' ? { body } : {}),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

test('a system that posts its values is answered with what became of each', async () => {
  const t = Date.now();
  const obs = [
    { sensor: 'GS-901', t, value: 12.5 },
    { sensor: 'GS-999', t, value: 1 },
  ];
  expect(await post(JSON.stringify({ v: 1, t, obs }))).toEqual({
    status: 200,
    body: {
      ...{ taken: 1, rejected: 1, late: 0 },
      faults: [{ path: 'obs.1.sensor', detail: expect.stringMatching(/^the hall knows no sensor "GS-999"\. Add it/) }],
    },
  });
  await duty.seeSensor('GS-901', ({ value }) => value === 12.5);
  await duty.seeStation(({ feeds }) =>
    feeds.some(({ id, state, gaps, received }) => id === 'posts' && state === 'live' && gaps === 0 && received === 1),
  );
});

test('a message that cannot be read is refused with the place and the remedy, in the language that is asked for', async () => {
  expect(await post('{', { lang: 'zh-CN' })).toMatchObject({
    ...{ status: 400, body: { code: 'bad-request', detail: '不是 JSON。请每条报文只发送一个 JSON 对象' } },
  });
  expect(await post('{"v":1,"t":-1}')).toMatchObject({ status: 400, body: { field: 't' } });
  expect(await post(`"${'x'.repeat(1024 * 1024)}"`)).toMatchObject({ status: 413, body: { code: 'body-too-large' } });
});

test('nobody posts without the token of the feed, and the hall’s own tokens post nothing', async () => {
  for (const other of [{ token: 'wrong' }, { token: hall.token }, { feed: 'hydro' }, { feed: 'nobody' }])
    expect(await post('{}', other)).toMatchObject({ status: 401, body: { code: 'unauthorised' } });
  expect(await post('', { method: 'GET' })).toMatchObject({ status: 405 });
});

test('files that cannot be used are named with line and remedy, and the others are in use', async () => {
  const { notices, feeds } = await duty.seeStation(
    ({ feeds }) => feeds.filter(({ state }) => state === 'down').length === 2,
  );
  expect(feeds.map(({ id, fault }) => [id, fault]).toSorted()).toEqual([
    ['cars', null],
    ['env', null],
    ['fire', null],
    ['hydro', null],
    // The hall's own door comes first, whatever a file says of its port.
    ['port-of-hall', 'cannot-listen'],
    ['posts', null],
    ['same-port', 'cannot-listen'],
  ]);
  const said = notices.map(({ text }) => text.en);
  for (const [file, what] of [
    ['half', /left out: .*half\.yaml:3:\d+/],
    ['z-again', /left out: "hydro" in .*z-again\.yaml is in .*hydro\.yaml already/],
    ['twice', /left out: "WL-901" in .*twice\.yaml is in .*hydro\.yaml already/],
    ['same-port', /^The port \d+ in .*same-port\.yaml is that of .*hydro\.yaml already/],
  ] as const)
    expect(said, file).toContainEqual(expect.stringMatching(what));
});
