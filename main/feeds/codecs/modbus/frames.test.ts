import { describe, expect, test } from 'vitest';
import { answerOf, exceptionOf, heardIn } from '../../../../tests/fixtures/modbus/plc.ts';
import { halfSaid } from '../../../../tests/support/bothLanguages.ts';
import { type Answer, type Request, readAnswer, requestFrame } from './frames.ts';

const FIFTY: Request = { unit: 1, table: 'holding', address: 0, count: 50 };
const TWO: Request = { unit: 17, table: 'input', address: 8, count: 2 };
const read = (hex: string, request: Request = TWO) =>
  readAnswer(Buffer.from(hex.replaceAll(' ', ''), 'hex'), 5, request);
const RIGHT = '0005 0000 0007 11 04 04 000a 000b';

test('a request is as others write it', () => {
  // From a debug log of a node-red flow.
  expect(requestFrame(1, FIFTY).toString('hex')).toBe('000100000006010300000032');
});

test.each([
  ['coil', 1],
  ['discrete', 2],
  ['holding', 3],
  ['input', 4],
] as const)('%ss are asked for by function %i, and no other is ever sent', (table, fn) => {
  const frame = requestFrame(65_535, { unit: 255, table, address: 65_535, count: 1 });
  expect(heardIn(frame)).toEqual({ transaction: 65_535, unit: 255, fn, address: 65_535, count: 1 });
});

describe('an answer', () => {
  test('brings registers, and bits', () => {
    expect(read(RIGHT)).toEqual({ is: 'values', data: Buffer.from('000a000b', 'hex') });
    const bits = { unit: 1, table: 'coil', address: 19, count: 19 } as const;
    // The example of the standard (1.1b3, 6.1).
    expect(read('0005 0000 0006 01 01 03 cd6b05', bits)).toEqual({ is: 'values', data: Buffer.from('cd6b05', 'hex') });
  });

  test('may be an exception', () => {
    expect(read('0005 0000 0003 11 84 02')).toEqual({ is: 'exception', code: 2 });
  });

  test('is waited for until it is whole', () => {
    const whole = Buffer.from(RIGHT.replaceAll(' ', ''), 'hex');
    for (let n = 0; n < whole.length; n++) expect(readAnswer(whole.subarray(0, n), 5, TWO)).toBeNull();
  });

  test.each([
    ['transaction', '0004', 'of the one before'],
    ['protocol', '0005 0001', 'of another protocol'],
    ['length', '0005 0000 0009', 'of three registers'],
    ['length', '0005 0000 ffff', 'longer than any frame'],
    ['length', '0005 0000 0000', 'of nothing'],
    ['unit', '0005 0000 0007 12', 'of the neighbour'],
    ['function', '0005 0000 0007 11 03', 'of another table'],
    ['function', '0005 0000 0007 11 83', 'an exception of another table'],
    ['length', '0005 0000 0007 11 84', 'an exception with data'],
    ['length', '0005 0000 0003 11 04', 'data without any'],
    ['count', '0005 0000 0007 11 04 05', 'with a count of its own'],
    ['end', `${RIGHT} 00`, 'with a byte behind it'],
    ['end', `${RIGHT} ${RIGHT}`, 'twice'],
  ])('whose %s is wrong (%s: %s) is known as soon as it is there', (path, hex) => {
    const answer = read(hex) as Extract<Answer, { is: 'wrong' }>;
    expect([answer.is, answer.path]).toEqual(['wrong', path]);
    expect([halfSaid(answer.message), halfSaid(answer.remedy)]).toEqual([null, null]);
  });

  test('of a device that was made apart from this is understood', () => {
    const memory = { holding: Object.fromEntries(Array.from({ length: 50 }, (_, i) => [i, 1000 + i])) };
    const heard = heardIn(requestFrame(9, FIFTY));
    const answer = readAnswer(answerOf(memory, heard), 9, FIFTY) as Extract<Answer, { is: 'values' }>;
    expect([answer.data.length, answer.data.readUInt16BE(98)]).toEqual([100, 1049]);
    expect(readAnswer(exceptionOf(heard, 6), 9, FIFTY)).toEqual({ is: 'exception', code: 6 });
  });
});
