import { expect, test } from 'vitest';
import { parsePlace } from './place.ts';

test.each([
  ['holding:0', 'holding', 0, null],
  ['input:0x1F', 'input', 31, null],
  ['coil:65535', 'coil', 65_535, null],
  ['discrete:7', 'discrete', 7, null],
  ['holding:7.15', 'holding', 7, 15],
  ['40001', 'holding', 0, null],
  ['400001', 'holding', 0, null],
  ['465536', 'holding', 65_535, null],
  ['49999', 'holding', 9998, null],
  ['30008.3', 'input', 7, 3],
  ['10001', 'discrete', 0, null],
  ['00001', 'coil', 0, null],
])('%s is a place of the table %s at %i, bit %s', (text, table, address, bit) =>
  expect(parsePlace(text)).toEqual({ table, address, bit }),
);

test.each([
  ...['', '0', '7', '40000', '400000', '465537', '20001', '50001', '4001', '4000001', '40001.16', '40001.', '10001.3'],
  ...[
    'holding',
    'holding:',
    'holding:65536',
    'holding:-1',
    'holding: 1',
    'holding:0x10000',
    'holding:1.16',
    'coil:1.0',
  ],
  ...['holdings:1', ' holding:1', 'holding:1\n', 'constructor:1', '４0001'],
])('%j is none', (text) => expect(parsePlace(text)).toBeNull());
