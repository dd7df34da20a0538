import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, kindOf } from './envelope.ts';

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
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

  it('L1: leaves out what is undefined, as JSON does', () => {
    expect(canonicalJson({ b: 1, a: undefined, c: [undefined] })).toBe('{"b":1,"c":[null]}');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1])('L1: refuses %s, which JSON cannot carry', (value) => {
    expect(() => canonicalJson({ value })).toThrow(TypeError);
  });

  it('a subject names its kind before the first colon', () => {
    expect(kindOf('alarm:level-2:WL-001')).toBe('alarm');
    expect(kindOf('settings')).toBe('settings');
  });
});
