import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc16, crcText, modbusCrc } from './crc.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('the checksum', () => {
  test("of the standard's sample is the one that is printed in its frame", () => {
    const sample =
      'QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&';
    expect(crcText(crc16(bytes(sample)))).toBe('1C80');
  });

  test('is not that of MODBUS, though made of the same', () => {
    expect(crcText(crc16(bytes('123456789')))).toBe('2F80');
    expect(crcText(modbusCrc(bytes('123456789')))).toBe('4B37');
  });

  test.each([
    ['Q', 'BC81'],
    ['QN', '8581'],
  ])('goes as the worked example does: after %s it is %s', (text, crc) => {
    expect(crcText(crc16(bytes(text)))).toBe(crc);
  });

  test('is, of whatever bytes and wherever they stand, the one that the annex has bit by bit', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(9), fc.nat(9), (all, from, less) => {
        const to = Math.max(from, all.length - less);
        let register = 0xffff;
        for (const byte of all.subarray(from, to)) {
          register = (register >> 8) ^ byte;
          for (let bit = 0; bit < 8; bit++) register = register & 1 ? (register >> 1) ^ 0xa001 : register >> 1;
        }
        expect(crc16(all, Math.min(from, all.length), Math.min(to, all.length))).toBe(register);
      }),
      { numRuns: 500, seed: 212 },
    );
  });

  test('is written in four digits, however small', () => {
    expect(crcText(0x0a)).toBe('000A');
  });
});
