import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc16 } from './crc.ts';

test('the check value of whatever bytes, wherever they stand, is that of MODBUS bit by bit', () => {
  expect(crc16(new TextEncoder().encode('123456789'))).toBe(0x4b37);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(9), fc.nat(9), (all, from, less) => {
      const to = Math.max(from, all.length - less);
      let crc = 0xffff;
      for (const byte of all.subarray(from, to)) {
        crc ^= byte;
        for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
      }
      expect(crc16(all, Math.min(from, all.length), Math.min(to, all.length))).toBe(crc);
    }),
    { numRuns: 500, seed: 651 },
  );
});
