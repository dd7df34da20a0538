import { expect, test } from 'vitest';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';
import { ConfigError } from '../../config/readYaml.ts';
import { ownedBy, readFeedConfig } from '../registry.ts';

const hj212 = (more = '', devices = `  - { device: "8888", readings: { w01018: COD-1 } }\n`) =>
  `id: env\nprotocol: hj212\nname: { zh: 环保, en: Environment }\nlisten: 127.0.0.1:9212\n${more}devices:\n${devices}`;
const jt808 = (more: string) =>
  `id: cars\nprotocol: jt808\nname: { zh: 车, en: Cars }\nlisten: "[::1]:808"\n${more}devices: [{ device: "0138", unit: CAR-1 }]\n`;

function errorOf(text: string): ConfigError {
  try {
    readFeedConfig('feeds/f.yaml', text);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

test('a short file is filled in: Beijing’s time, a value as it comes, a quarter of an hour until silence', () => {
  expect(readFeedConfig('f', hj212())).toMatchObject({
    ...{ listen: { host: '127.0.0.1', port: 9212 }, zone: 480, silentAfter: 900 },
    devices: [{ device: '8888', readings: { w01018: { sensor: 'COD-1', times: 1, plus: 0 } } }],
  });
  expect(readFeedConfig('f', jt808('crs: gcj02\nzone: "-03:30"\n'))).toMatchObject({
    ...{ listen: { host: '::1', port: 808 }, zone: -210 },
    devices: [{ status: 'available' }],
  });
});

test('SL 651 is also heard in datagrams, and no other protocol', () => {
  const text = station('"1"').replace('127.0.0.1:1', 'udp://127.0.0.1:1');
  expect(readFeedConfig('f', text)).toMatchObject({ listen: { host: '127.0.0.1', port: 1, over: 'udp' } });
  expect(errorOf(hj212().replace('127.0.0.1:9212', 'udp://127.0.0.1:9212'))).toMatchObject({ path: 'listen', line: 4 });
});

test('devices of every protocol may wait to be called instead of dialling', () => {
  for (const text of [hj212(), jt808('crs: wgs84\n'), station('"1"')])
    expect(readFeedConfig('f', text.replace(/listen: .*/, 'dial: ["[::1]:9212", gateway:1]'))).toMatchObject({
      dial: [
        { host: '::1', port: 9212 },
        { host: 'gateway', port: 1 },
      ],
    });
});

test('receivers of ships dial, send datagrams or are called; a ship has nine digits', () => {
  const ships = (device: string, way = 'listen: udp://127.0.0.1:10110') =>
    `id: s\nprotocol: ais\nname: { zh: 船, en: S }\n${way}\ndevices: [{ device: ${device}, unit: SH-1 }]\n`;
  expect(readFeedConfig('f', ships('"413000001"'))).toMatchObject({ listen: { port: 10110, over: 'udp' } });
  expect(readFeedConfig('f', ships('"413000001"', 'dial: [10.1.2.3:10110]'))).toMatchObject({
    dial: [{ port: 10110 }],
  });
  expect(errorOf(ships('"41300001"'))).toMatchObject({ path: 'devices.0.device', line: 5 });
  expect(ownedBy(readFeedConfig('f', ships('"413000001"')))).toEqual(['SH-1']);
});

test('clients of TAK dial, send datagrams to the hall or a group, or their server is called', () => {
  const clients = (more: string, way = 'listen: 127.0.0.1:8087') =>
    `id: t\nprotocol: cot\nname: { zh: 终端, en: T }\n${way}\ndevices: [{ device: "ANDROID-1", unit: PO-1${more} }]\n`;
  expect(readFeedConfig('f', clients(''))).toMatchObject({
    listen: { port: 8087 },
    devices: [{ status: 'available' }],
  });
  expect(readFeedConfig('f', clients('', 'listen: udp://239.2.3.1:6969'))).toMatchObject({
    listen: { host: '239.2.3.1', over: 'udp' },
  });
  expect(readFeedConfig('f', clients('', 'dial: [10.1.2.3:8087]'))).toMatchObject({ dial: [{ port: 8087 }] });
  const calls = readFeedConfig('f', clients(', readings: { emergency: EM-1, battery: BA-1 }'));
  expect(ownedBy(calls)).toEqual(['PO-1', 'EM-1', 'BA-1']);
  expect(errorOf(clients(', readings: { fuel: F-1 }'))).toMatchObject({ path: 'devices.0.readings.fuel', line: 5 });
});

test('a feed of devices owns what it names', () => {
  expect(ownedBy(readFeedConfig('f', hj212()))).toEqual(['COD-1']);
  expect(ownedBy(readFeedConfig('f', jt808('crs: wgs84\n')))).toEqual(['CAR-1']);
});

const sl651 = (device: string) =>
  `id: h\nprotocol: sl651\nname: { zh: 水, en: W }\nlisten: 127.0.0.1:1\ndevices:\n  - ${device}\n`;
const station = (device: string, item = '"39"', more = '') =>
  sl651(`{ device: ${device}, readings: { ${item}: S }${more} }`);
const monitor = (item: string) => hj212('', `  - { device: "1", readings: { ${item}: S } }\n`);
const terminals = (one: string, two: string) =>
  `id: c\nprotocol: jt808\nname: { zh: 车, en: C }\nlisten: 127.0.0.1:1\ncrs: wgs84\ndevices:\n  - { device: ${one}, unit: A }\n  - { device: ${two}, unit: B }\n`;

test.each([
  ['neither that it listens nor whom it calls', hj212().replace('listen: 127.0.0.1:9212\n', ''), 'listen', 1],
  ['both', hj212('dial: [10.1.2.3:9212]\n'), 'listen', 4],
  ['nobody to call', hj212().replace('listen: 127.0.0.1:9212', 'dial: []'), 'dial', 4],
  ['an address to call without a port', hj212().replace('listen: 127.0.0.1:9212', 'dial: [10.1.2.3]'), 'dial.0', 4],
  ['one address twice', hj212().replace('listen: 127.0.0.1:9212', 'dial: [10.1.2.3:1, 10.1.2.3:1]'), 'dial.1', 4],
  ['an address without a port', hj212().replace('127.0.0.1:9212', '127.0.0.1'), 'listen', 4],
  ['a port that is none', hj212().replace('9212', '99212'), 'listen', 4],
  ['any port, which nobody would know', hj212().replace('9212', '0'), 'listen', 4],
  ['a zone that is none', hj212('zone: "+8"\n'), 'zone', 5],
  ['a name that says nothing in one language', hj212().replace('en: Environment', 'en: ""'), 'name.en', 3],
  ['one number of two spellings', terminals('"013812345678"', '"13812345678"'), 'devices.1.device', 8],
  [
    ...([
      'one sensor of two devices',
      hj212('', '  - { device: "1", readings: { a: S } }\n  - { device: "2", readings: { b: { sensor: S } } }\n'),
    ] as const),
    ...(['devices.1.readings.b', 7] as const),
  ],
  ['a number without quotes', station('0012345678'), 'devices.0.device', 6],
  ['an address that no station has', station('"00123456xy"'), 'devices.0.device', 6],
  ['a password that no station can send', station('"1"', '"39"', ', password: "12G4"'), 'devices.0.password', 6],
  ['an element that is none', station('"1"', '"3a9"'), 'devices.0.readings.3a9', 6],
  [
    'a factor by its sub-value, which has no name of its own',
    monitor('a34004-Rtd'),
    'devices.0.readings.a34004-Rtd',
    6,
  ],
  ['a period that is none', monitor('a34004-Avg@week'), 'devices.0.readings.a34004-Avg@week', 6],
  ['nothing that is read', hj212('', '  - { device: "1", readings: {} }\n'), 'devices.0.readings', 6],
  [
    'a factor of nought',
    hj212('', '  - { device: "1", readings: { a: { sensor: S, times: 0 } } }\n'),
    'devices.0.readings.a.times',
    6,
  ],
  ['vehicles without a coordinate system', jt808(''), 'crs', 1],
  ['no device at all', hj212('', '').replace('devices:\n', 'devices: []\n'), 'devices', 5],
])('%s is named with its line and a remedy in both languages', (_, text, path, line) => {
  const { fault, remedy, ...at } = errorOf(text);
  expect([at.path, at.line]).toEqual([path, line]);
  expect([halfSaid(fault), halfSaid(remedy)]).toEqual([null, null]);
});

test('averages and vendors’ elements have names of their own', () => {
  for (const item of ['a34004', 'a34004-ZsRtd', 'a34004-Avg@hour', 'Leq-Data@minute', 'SB1-RS'])
    expect(readFeedConfig('f', monitor(item))).toMatchObject({ devices: [{ readings: { [item]: { sensor: 'S' } } }] });
  for (const item of ['"39"', '"1A"', 'FF11'])
    expect(readFeedConfig('f', station('"0012345678"', item))).toMatchObject({ devices: [{ device: '0012345678' }] });
});
