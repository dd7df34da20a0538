import { describe, expect, test } from 'vitest';
import { readTime, timeBytes, timeRule } from './time.ts';

const NOW = Date.UTC(2026, 10, 27);
const read = (hex: string, now = NOW, offset = 480) =>
  readTime(new DataView(new Uint8Array(Buffer.from(hex, 'hex')).buffer), 0, timeRule(now, offset));

describe('a time of six BCD bytes', () => {
  test('is in the clock that the terminals keep', () => {
    expect(read('240901143000')).toBe(Date.UTC(2024, 8, 1, 6, 30, 0));
    expect(read('240901143000', NOW, 0)).toBe(Date.UTC(2024, 8, 1, 14, 30, 0));
    expect(read('240101003000')).toBe(Date.UTC(2023, 11, 31, 16, 30, 0));
  });

  test('has the year that lies nearest to today', () => {
    expect(read('760101120000', NOW, 0)).toBe(Date.UTC(2076, 0, 1, 12));
    expect(read('770101120000', NOW, 0)).toBe(Date.UTC(1977, 0, 1, 12));
    expect(read('010101120000', Date.UTC(2098, 0, 1), 0)).toBe(Date.UTC(2101, 0, 1, 12));
  });

  test.each(['000000000000', '240001120000', '241301120000', '240230120000', '250229120000', '240431120000'])(
    '%s is no day',
    (hex) => expect(read(hex)).toBeNaN(),
  );

  test.each(['240901240000', '240901126000', '240901120060', 'ffffffffffff', '24090112000a', '2409011200a0'])(
    '%s is no time',
    (hex) => expect(read(hex)).toBeNaN(),
  );

  test('on a leap day is one, and before 1970 is none', () => {
    expect(read('240229120000')).toBe(Date.UTC(2024, 1, 29, 4));
    expect(read('690101120000', Date.UTC(1999, 0, 1))).toBeNaN();
  });

  test('is written in UTC', () => {
    expect(timeBytes(Date.UTC(2019, 11, 2, 10, 10, 59))).toEqual([0x19, 0x12, 0x02, 0x10, 0x10, 0x59]);
  });
});
