import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { modbusConfig } from '../../../tests/fixtures/modbus/feedOn.ts';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';
import { ConfigError } from '../../config/readYaml.ts';
import { ownedBy } from '../registry.ts';

const HEAD = 'id: pumps\nprotocol: modbus\nname: { zh: 泵站, en: Pumps }\n';
const file = ({ more = '', at = '10.1.2.3', of = '', readings = '"holding:0": WL-1' } = {}) =>
  `${HEAD}${more}devices:\n  - device: east\n    at: ${at}\n${of}    readings:\n      ${readings}\n`;

function errorOf(text: string): ConfigError {
  try {
    modbusConfig(text);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

test('a short file is filled in, and owns what it names', () => {
  const config = modbusConfig(file());
  expect(config).toMatchObject({
    ...{ every: 10, timeout: 3, silentAfter: 900 },
    devices: [{ device: 'east', at: { host: '10.1.2.3', port: 502 }, unitId: 1, gap: 8 }],
  });
  expect(config.devices[0]?.readings).toEqual({
    'holding:0': {
      ...{ sensor: 'WL-1', times: 1, plus: 0 },
      point: {
        ...{ item: 'holding:0', table: 'holding', address: 0, bit: null },
        ...{ form: 'uint16', order: 'abcd', missing: null },
      },
    },
  });
  expect(ownedBy(config)).toEqual(['WL-1']);
});

test.each([
  ['10.1.2.3:1502', '10.1.2.3', 1502],
  ['plc-7.pumps.example', 'plc-7.pumps.example', 502],
  ['"[fd00::1]:1502"', 'fd00::1', 1502],
  ['"[fd00::1]"', 'fd00::1', 502],
])('%s is dialled', (at, host, port) => expect(modbusConfig(file({ at })).devices[0]?.at).toEqual({ host, port }));

test('registers are counted from 0, or from 1 as manuals do, with or without quotes', () => {
  const readings = [
    '40011: { sensor: A, as: float32, order: cdab, times: 0.1, plus: -2, missing: -9999.9 }',
    'input:0x10: { sensor: B, as: int16, missing: -32768 }',
    '40008.3: C',
    'coil:2: { sensor: D, as: bool }',
  ].join('\n      ');
  const all = modbusConfig(file({ readings })).devices[0]?.readings ?? {};
  expect(
    Object.values(all).map(({ sensor, point }) => [sensor, point.table, point.address, point.bit, point.form]),
  ).toEqual([
    ['A', 'holding', 10, null, 'float32'],
    ['B', 'input', 16, null, 'int16'],
    ['C', 'holding', 7, 3, 'bool'],
    ['D', 'coil', 2, null, 'bool'],
  ]);
  // As the device can say it: with the digits that a float32 has.
  expect(all['40011']).toMatchObject({ times: 0.1, plus: -2, point: { missing: Math.fround(-9999.9) } });
});

const D = 'devices.0.';
test.each<[string, string, string, number]>([
  ['an address that is none', file({ at: 'http://h' }), `${D}at`, 6],
  ['a port that is none', file({ at: 'h:99999' }), `${D}at`, 6],
  ['a password, which the protocol has not', file({ of: '    password: a\n' }), 'devices.0', 7],
  ['a unit id that is none', file({ of: '    unitId: 256\n' }), `${D}unitId`, 7],
  ['a pace that is none', file({ more: 'every: 0\n' }), 'every', 4],
  ['a pace slower than silence', file({ more: 'every: 901\n' }), 'every', 4],
  ['a device’s pace slower than silence', file({ of: '    every: 901\n' }), `${D}every`, 7],
  ['nothing that is read', `${HEAD}devices:\n  - { device: a, at: h, readings: {} }\n`, `${D}readings`, 5],
  ['no devices', `${HEAD}devices: []\n`, 'devices', 4],
  ['a number without its table', file({ readings: '100: WL-1' }), `${D}readings.100`, 8],
  ['a register beyond the last', file({ readings: 'holding:65536: WL-1' }), `${D}readings.holding:65536`, 8],
  [
    'a number that goes beyond the last register',
    file({ readings: 'holding:65535: { sensor: S, as: int32 }' }),
    `${D}readings.holding:65535`,
    8,
  ],
  [
    'a form that there is not',
    file({ readings: 'holding:0:\n        sensor: S\n        as: int8' }),
    `${D}readings.holding:0.as`,
    10,
  ],
  [
    'an order that there is not',
    file({ readings: '40001: { sensor: S, as: int32, order: bacd }' }),
    `${D}readings.40001.order`,
    8,
  ],
  ['an order of one register', file({ readings: '40001: { sensor: S, order: badc }' }), `${D}readings.40001.order`, 8],
  ['a form of a bit', file({ readings: '40001.1: { sensor: S, as: int16 }' }), `${D}readings.40001.1.as`, 8],
  ['a form of a coil', file({ readings: 'coil:1: { sensor: S, as: int16 }' }), `${D}readings.coil:1.as`, 8],
  [
    'a number that never comes',
    file({ readings: '40001: { sensor: S, as: int16, missing: 0xFFFF }' }),
    `${D}readings.40001.missing`,
    8,
  ],
  ['a factor of nought', file({ readings: '40001: { sensor: S, times: 0 }' }), `${D}readings.40001.times`, 8],
  ['a sensor that is none', file({ readings: '40001: "a b"' }), `${D}readings.40001`, 8],
  ['one sensor twice', file({ readings: '40001: S\n      40002: S' }), `${D}readings.40002`, 9],
  [
    'one name twice',
    `${HEAD}devices:\n  - { device: a, at: h, readings: { 40001: S } }\n  - { device: a, at: i, readings: { 40001: T } }\n`,
    ...(['devices.1.device', 6] as const),
  ],
])('%s is named with its line and a remedy in both languages', (_, text, path, line) => {
  const { fault, remedy, ...at } = errorOf(text);
  expect([at.path, at.line]).toEqual([path, line]);
  expect([halfSaid(fault), halfSaid(remedy)]).toEqual([null, null]);
});

test('the example of the handbook can be used as it is', () => {
  const page = readFileSync(new URL('../../../docs/protocols/modbus.md', import.meta.url), 'utf8');
  const config = modbusConfig(/^```yaml\n(.*?)^```/ms.exec(page)?.[1] ?? '');
  expect(config.devices.map(({ device }) => device)).toEqual(['east', 'gate-3', 'gas-12']);
});
