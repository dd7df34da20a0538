import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalOf, withDecimals } from './decimal.ts';

const digits = (most: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: most });

test('a decimal is the number that its text is, to the last bit, and never minus zero', () => {
  fc.assert(
    fc.property(fc.constantFrom('', '-', '+'), digits(9), digits(9), fc.boolean(), (sign, whole, rest, point) => {
      const text = `${sign}${whole}${point ? '.' : ''}${rest}`;
      const count = whole.length + rest.length;
      expect(decimalOf(text)).toBe(count === 0 || count > 15 ? null : Number(text) + 0);
    }),
    { numRuns: 2000, seed: 1 },
  );
});

test.each(['', '-', '.', '1e3', ' 1', '1 ', '0x1', '1.2.3', '１', 'Infinity', '1234567890123456'])(
  '%j is none',
  (text) => {
    expect(decimalOf(text)).toBeNull();
  },
);

test('whole digits with decimals are the number that they are as text', () => {
  fc.assert(
    fc.property(fc.nat(999_999_999_999_999), fc.nat(15), (whole, decimals) => {
      expect(withDecimals(whole, decimals)).toBe(Number(`${whole}e-${decimals}`));
    }),
    { numRuns: 2000, seed: 2 },
  );
});
