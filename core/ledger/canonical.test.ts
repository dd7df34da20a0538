import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, fitsLimits, type UncarriedValue, worded } from './canonical.ts';

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = i % 2 ? [value] : { value };
  return value;
}

describe('canonical JSON', () => {
  it('L1: the same value has the same text, however its members were put in', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('L1: knows what is read from its text as it is, and says it as it says everything', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const read: unknown = JSON.parse(canonicalJson(value));
        const { text, asRead } = worded(read);
        expect(text).toBe(canonicalJson(shuffled(value)));
        if (!asRead) return;
        expect(JSON.stringify(read)).toBe(text);
        expect(JSON.parse(text)).toStrictEqual(read);
      }),
    );
    expect(worded({ a: [1, { b: 'x' }], c: null }).asRead).toBe(true);
  });

  it.each([
    [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
    [{ 9: 1, 10: 2 }, '{"10":2,"9":1}'],
    [{ n: -0 }, '{"n":0}'],
    [[new Date(0)], '[{}]'],
    [{ toJSON: 1, z: { toJSON: 2 } }, '{"toJSON":1,"z":{"toJSON":2}}'],
    [Object.assign([1], { toJSON: () => 'x' }), '[1]'],
    [{ a: undefined }, '{}'],
    [Array(2), '[null,null]'],
  ])('L1: %j is put into words, whatever else JSON would make of it', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
    const read: unknown = JSON.parse(text);
    if (worded(value).asRead) expect(read).toStrictEqual(value);
  });

  it('L1: leaves out what is undefined, as JSON does', () => {
    expect(canonicalJson({ b: 1, a: undefined, c: [undefined] })).toBe('{"b":1,"c":[null]}');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1])('L1: refuses %s, which JSON cannot carry', (value) => {
    expect(() => canonicalJson({ value })).toThrow(TypeError);
  });

  it('L4: refuses what is too large, too deep, or no JSON, and says which', () => {
    const limits = { chars: 1000, depth: 5 };
    const why = (value: unknown): string => {
      try {
        return canonicalJson(value, limits);
      } catch (error) {
        return `${(error as UncarriedValue).reason}: ${(error as Error).message}`;
      }
    };
    expect(why({ text: 'x'.repeat(1000) })).toBe('too-large: larger than 1000 characters');
    expect(why(Array.from({ length: 501 }, () => 1))).toBe('too-large: larger than 1000 characters');
    expect(why(nested(6))).toBe('too-large: nested deeper than 5');
    expect(why(nested(200_000))).toBe('too-large: nested deeper than 5');
    expect(why(nested(5))).toBe(canonicalJson(nested(5)));
    expect(why({ n: Number.NaN })).toBe('malformed: canonical JSON cannot carry the number NaN');
    expect(why(JSON.parse('{"a": {"__proto__": 1}}'))).toBe('malformed: a member named __proto__');
  });

  it('L4: what fits is no longer than the limit says', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(200), (value, chars) => {
        fc.pre(!JSON.stringify(value).includes('"__proto__":'));
        expect(fitsLimits(value, { chars, depth: 100 })).toBe(canonicalJson(value).length <= chars);
      }),
    );
  });
});
