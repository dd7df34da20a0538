import { describe, expect, test } from 'vitest';
import { type Form, numberAt, type Order } from './value.ts';

const read = (hex: string, form: Form, order: Order = 'abcd', at = 0) =>
  numberAt(Buffer.from(hex, 'hex'), at, form, order);

describe('a number in registers', () => {
  test.each<[Form, string, number]>([
    ['uint16', 'ffff', 65_535],
    ['int16', 'ffff', -1],
    ['int16', '7fff', 32_767],
    ['uint32', 'ffffffff', 4_294_967_295],
    ['int32', 'fffffffe', -2],
    ['float32', '3fc00000', 1.5],
    ['float64', '3ff8000000000000', 1.5],
    ['bool', '0000', 0],
    ['bool', '0200', 1],
  ])('%s %s is %d', (form, hex, value) => expect(read(hex, form)).toBe(value));

  test.each<[Order, string, string]>([
    ['abcd', '0a0b0c0d', '4028000000000000'],
    ['cdab', '0c0d0a0b', '0000000000004028'],
    ['badc', '0b0a0d0c', '2840000000000000'],
    ['dcba', '0d0c0b0a', '0000000000002840'],
  ])('%s is read in its order, of four bytes and of eight', (order, four, eight) => {
    expect(read(four, 'uint32', order)).toBe(0x0a0b0c0d);
    expect(read(eight, 'float64', order)).toBe(12);
  });

  test('is read where it stands, and what it stands in is left as it is', () => {
    const data = Buffer.from('ffff00003fc0ffff', 'hex');
    expect(numberAt(data, 2, 'float32', 'cdab')).toBe(1.5);
    expect(data.toString('hex')).toBe('ffff00003fc0ffff');
  });
});
