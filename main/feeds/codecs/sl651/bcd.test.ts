import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexOf, readBcd, saysHex } from './bcd.ts';

/** As the standard has it, by its text. */
function byText(hex: string, decimals: number): number | 'missing' | 'unfit' {
  if (/^(F+|A+|)$/.test(hex)) return 'missing';
  const digits = hex.startsWith('FF') ? hex.slice(2) : hex;
  if (!/^\d+$/.test(digits)) return 'unfit';
  const value = Number(`${digits}e-${decimals}`);
  return hex.startsWith('FF') ? 0 - value : value;
}

const byte = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.nat(9), fc.nat(9)).map(([tens, ones]) => 16 * tens + ones) },
  fc.constantFrom(0xff, 0xaa),
  fc.nat(255),
);

test('a value is what its digits say, wherever it stands', () => {
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 12 }), fc.nat(7), fc.nat(3), (value, decimals, before) => {
      const bytes = Uint8Array.from([...new Array(before).fill(0x12), ...value, 0x34]);
      const to = before + value.length;
      expect(readBcd(bytes, before, to, decimals)).toBe(byText(hexOf(bytes, before, to), decimals));
    }),
    { numRuns: 3000, seed: 651 },
  );
});

test('bytes say the digits that they are in hex, and no others', () => {
  const bytes = Uint8Array.of(0x00, 0x12, 0xab);
  expect([hexOf(bytes), saysHex(bytes, 1, '12AB'), saysHex(bytes, 1, '12AC'), saysHex(bytes, 2, 'AB00')]).toEqual([
    '0012AB',
    true,
    false,
    false,
  ]);
});
