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

  test('is written in four digits, however small', () => {
    expect(crcText(0x0a)).toBe('000A');
  });
});
