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

test('a feed of devices owns what it names', () => {
  expect(ownedBy(readFeedConfig('f', hj212()))).toEqual(['COD-1']);
  expect(ownedBy(readFeedConfig('f', jt808('crs: wgs84\n')))).toEqual(['CAR-1']);
});

test.each([
  ['an address without a port', hj212().replace('127.0.0.1:9212', '127.0.0.1'), 'listen', 4],
  ['a port that is none', hj212().replace('9212', '99212'), 'listen', 4],
  ['a zone that is none', hj212('zone: "+8"\n'), 'zone', 5],
  [
    'one device twice',
    hj212('', `  - { device: "1", readings: {} }\n  - { device: "1", readings: {} }\n`),
    'devices.1.device',
    7,
  ],
  [
    'one sensor of two devices',
    hj212('', `  - { device: "1", readings: { a: S } }\n  - { device: "2", readings: { b: { sensor: S } } }\n`),
    ...(['devices.1.readings.b', 7] as const),
  ],
  ['a number for a name', hj212('', '  - { device: 0088, readings: {} }\n'), 'devices.0.device', 6],
  ['vehicles without a coordinate system', jt808(''), 'crs', 1],
  ['no device at all', hj212('', '').replace('devices:\n', 'devices: []\n'), 'devices', 5],
])('%s is named with its line and a remedy in both languages', (_, text, path, line) => {
  const { fault, remedy, ...at } = errorOf(text);
  expect([at.path, at.line]).toEqual([path, line]);
  expect([halfSaid(fault), halfSaid(remedy)]).toEqual([null, null]);
});
