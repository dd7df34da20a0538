import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digitsAt, stampDigits, utcOf, yearOf } from './calendar.ts';

test('a moment’s digits are read as that moment, whatever the year', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 253_402_300_799 }), (seconds) => {
      const digits = stampDigits(seconds * 1000);
      expect(digits).toBe(new Date(seconds * 1000).toISOString().replace(/\D/g, '').slice(0, 14));
      const [year = 0, ...rest] = [digitsAt(digits, 0, 4), ...[4, 6, 8, 10, 12].map((at) => digitsAt(digits, at, 2))];
      expect(utcOf(...([year, ...rest] as Parameters<typeof utcOf>))).toBe(seconds * 1000);
    }),
  );
});

test('the year of a moment is the one of its date, on both sides of each New Year too', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1000, max: 2900 }), fc.integer({ min: -1000, max: 1000 }), (year, ms) => {
      const t = utcOf(year, 1, 1, 0, 0, 0) + ms;
      expect(yearOf(t)).toBe(new Date(t).getUTCFullYear());
    }),
    { seed: 1 },
  );
});

test.each([
  [2026, 2, 29, 0, 0, 0],
  [2100, 2, 29, 0, 0, 0],
  [2026, 13, 1, 0, 0, 0],
  [2026, 0, 1, 0, 0, 0],
  [2026, 4, 31, 0, 0, 0],
  [2026, 1, 0, 0, 0, 0],
  [2026, 1, 1, 24, 0, 0],
  [2026, 1, 1, 0, 60, 0],
  [2026, 1, 1, 0, 0, 60],
  [2026, 1, 1, -1, 0, 0],
])('%i-%i-%i %i:%i:%i is no time', (...parts) => {
  expect(utcOf(...(parts as Parameters<typeof utcOf>))).toBeNaN();
});

test('what holds no digits is no number, and neither is what ends too soon', () => {
  expect([digitsAt('20a6', 0, 4), digitsAt('202', 0, 4), digitsAt('2 26', 0, 4), digitsAt('-126', 0, 4)]).toEqual([
    -1, -1, -1, -1,
  ]);
  expect(utcOf(2024, 2, 29, 23, 59, 59)).toBe(Date.UTC(2024, 1, 29, 23, 59, 59));
});
