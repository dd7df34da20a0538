import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainNumber, checkStation, isChainName, nextChain } from './chainName.ts';

describe('names of chains', () => {
  it('L27: a station and its recoveries have a name that every station takes', () => {
    const name = fc.stringMatching(/^[\w.@-]{1,60}$/).filter((station) => station !== '__proto__');
    fc.assert(
      fc.property(name, fc.integer({ min: 2, max: 9999 }), (station, n) => {
        expect(() => checkStation(station)).not.toThrow();
        expect([station, `${station}~${n}`].map(isChainName)).toEqual([true, true]);
        expect(chainNumber(station, `${station}~${n}`)).toBe(n);
      }),
    );
  });

  it.each([
    '__proto__',
    '__proto__~2',
    '',
    '~2',
    'A~',
    'A~1',
    'A~02',
    'A~10000',
    'A~9999999',
    'A~2~3',
    'Ａ',
    'a b',
    'A\u202e',
  ])('L27: no chain is called "%s"', (chain) => {
    expect(isChainName(chain)).toBe(false);
  });

  it.each(['constructor', 'toString', 'hasOwnProperty'])('a station may be called %s', (station) => {
    expect(() => checkStation(station)).not.toThrow();
    expect(() => checkStation('__proto__')).toThrow(/not __proto__/);
  });

  it('L27: the next chain is one that can be read again, whatever names are there', () => {
    const number = fc.oneof(fc.integer({ min: 2, max: 9998 }), fc.constantFrom(9999, 10_000, 9_999_999, 10 ** 14));
    fc.assert(
      fc.property(fc.array(number.map((n) => `A~${n}`)), (known) => {
        const next = nextChain('A', known);
        expect(isChainName(next)).toBe(true);
        expect(chainNumber('A', next)).not.toBeNull();
        expect(known).not.toContain(next);
      }),
    );
    expect(nextChain('A', ['A', 'A~9999999', 'A~3'])).toBe('A~4');
  });
});
