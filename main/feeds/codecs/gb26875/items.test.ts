import { expect, test } from 'vitest';
import { halfSaid } from '../../../../tests/support/bothLanguages.ts';
import { ConfigError } from '../../../config/readYaml.ts';
import { ownedBy, readFeedConfig } from '../../registry.ts';
import { ITEM } from './items.ts';

const file = (device: string, item: string) =>
  `id: fire\nprotocol: gb26875\nname: { zh: 消防, en: Fire }\nlisten: 127.0.0.1:1\ndevices:\n  - { device: ${device}, readings: { "${item}": S } }\n`;

test.each([
  ...['1.3.000600D9:fire', '1.3.000600D9:power-fault', '128.255.FFFFFFFF:normal', '11.1.00000001:pressure-mpa'],
  ...['1.3.000600D9:analogue-128', '1.3:bus-fault', '1.3:operation-confirm', 'device:centre-line-fault'],
  'device:operation-duty-answer',
])('%s may be given a sensor', (item) => {
  expect(item).toMatch(ITEM);
  expect(ownedBy(readFeedConfig('f', file('"665544332211"', item)))).toEqual(['S']);
});

test.each([
  ...['1.3.000600d9:fire', '1.3.393433:fire', '1.3.000600D9', '1.3.000600D9:smoke', '256.3:fire', '01.3:fire'],
  ...['1.3:power-fault', '1.3:temperature', 'device:operation-confirm', 'device:supervision', '1.3.000600D9:reset'],
])('%s may not, and the file is told how to write it', (item) => {
  const { path, line, fault, remedy } = errorOf(file('"665544332211"', item));
  expect([path, line]).toEqual([`devices.0.readings.${item}`, 6]);
  expect([halfSaid(fault), halfSaid(remedy)]).toEqual([null, null]);
});

test.each(['665544332211', '"66554433221100"', '"66:55"'])('the device %s is none', (device) => {
  const { path, fault, remedy } = errorOf(file(device, '1.3:fire'));
  expect(path).toBe('devices.0.device');
  expect([halfSaid(fault), halfSaid(remedy)]).toEqual([null, null]);
});

function errorOf(text: string): ConfigError {
  try {
    readFeedConfig('f.yaml', text);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('was accepted');
}
