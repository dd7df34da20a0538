import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sketch } from './sketch.ts';

test('what is small is shown as it is', () => {
  for (const value of [null, 7, 'x', [1, { a: [true] }], { b: 'c' }])
    expect(sketch(value, 500)).toBe(JSON.stringify(value));
  expect(sketch(JSON.parse('{"__proto__":{"x":1},"toJSON":2}'), 500)).toBe('{"__proto__":{"x":1},"toJSON":2}');
  expect(sketch(undefined, 500)).toBe('');
});

test('what is large or deep is shown by its beginning', () => {
  const wide = Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`k${i}`, i]));
  expect(sketch(wide, 500)).toMatch(/^\{"k0":0,.*"k23":23,"…":"…"\}$/);
  expect(sketch(new Array(5000).fill(1), 500)).toContain('5000 in all');
  expect(sketch('x'.repeat(1e6), 50)).toHaveLength(50);
  expect(sketch(JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)), 500)).toBe('[[[[[["…"]]]]]]');
});

test('whatever comes, it is text of at most so many characters', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 10 }), fc.nat(600), (value, chars) => {
      expect(sketch(value, chars).length).toBeLessThanOrEqual(chars);
    }),
  );
});
