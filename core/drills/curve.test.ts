import fc from 'fast-check';
import { expect, test } from 'vitest';
import { heldSecond, idMatches, valueAt } from './curve.ts';

test('a curve is straight between its points and flat beyond them', () => {
  const curve = [
    [10, 1],
    [20, 3],
    [20, 5],
    [30, 5],
  ] as const;
  expect([0, 10, 15, 20, 25, 99].map((s) => valueAt(curve, s))).toEqual([1, 1, 2, 3, 5, 5]);
  expect(() => valueAt([], 1)).toThrow('at least one point');
});

test.each([
  ['WL-001', 'WL-001', true],
  ['WL-001', 'WL-0012', false],
  ['RG-*', 'RG-017', true],
  ['RG-*', 'XRG-017', false],
  ['*-001', 'WL-001', true],
  ['W*-*1', 'WL-001', true],
  ['W*-*1*0', 'WL-001', false],
  ['aba*aba', 'aba', false],
  ['*', '', true],
])('%s against %s', (pattern, id, matches) => {
  expect(idMatches(pattern, id)).toBe(matches);
});

test('a pattern matches as the regular expression it stands for', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 6 }).map((l) => l.join(''));
  const id = fc.array(fc.constantFrom('a', 'b'), { maxLength: 8 }).map((l) => l.join(''));
  fc.assert(
    fc.property(letters, id, (pattern, it) => {
      expect(idMatches(pattern, it)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(it));
    }),
    { numRuns: 2000 },
  );
});

test('held weather stands still for the time, then goes on where it was', () => {
  const hold = { holdAt: 40, for: 900 };
  expect([0, 39, 40, 500, 940, 941, 1000].map((s) => heldSecond(s, hold))).toEqual([0, 39, 40, 40, 40, 41, 100]);
  expect(heldSecond(500, undefined)).toBe(500);
});
