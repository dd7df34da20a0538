import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { communityCodeOf, formatGridCode, GridCodeError, parseGridCode, streetCodeOf } from './gridcode.ts';

const digits = (length: number): fc.Arbitrary<string> =>
  fc.integer({ min: 1, max: 10 ** length - 1 }).map((n) => String(n).padStart(length, '0'));
const parts = fc.record({
  county: fc.integer({ min: 100_000, max: 999_999 }).map(String),
  street: digits(3),
  community: digits(3),
  cell: digits(3),
});

describe('grid codes (GB/T 30428.1)', () => {
  it('splits 15 digits into county, street, community and cell', () => {
    expect(parseGridCode('339900003012045')).toEqual({
      county: '339900',
      street: '003',
      community: '012',
      cell: '045',
    });
    expect(streetCodeOf('339900003012045')).toBe('339900003');
    expect(communityCodeOf('339900003012045')).toBe('339900003012');
  });

  it('comes back the same from its parts', () => {
    fc.assert(
      fc.property(parts, (p) => {
        expect(parseGridCode(formatGridCode(p))).toEqual(p);
      }),
    );
  });

  it.each([
    ['33990000301204', 'must have 15 digits'],
    ['3399000030120455', 'not 16'],
    ['33990000301204x', 'digits only'],
    ['', 'not 0'],
    ['039900003012045', 'does not start with 0'],
    ['339900000012045', 'street part is all zeros'],
    ['339900003000045', 'community part is all zeros'],
    ['339900003012000', 'cell part is all zeros'],
  ])('refuses %j and says why', (code, reason) => {
    expect(() => parseGridCode(code)).toThrow(GridCodeError);
    expect(() => parseGridCode(code)).toThrow(reason);
  });

  it('refuses parts of the wrong length by name', () => {
    expect(() => formatGridCode({ county: '339900', street: '3', community: '012', cell: '045' })).toThrow(
      'its street part "3" must be 3 digits',
    );
  });

  it('answers any text with a code or a GridCodeError', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (text) => {
        try {
          expect(formatGridCode(parseGridCode(text))).toBe(text);
        } catch (error) {
          expect(error).toBeInstanceOf(GridCodeError);
        }
      }),
    );
  });
});
