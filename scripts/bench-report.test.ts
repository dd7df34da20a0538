import { expect, test } from 'vitest';
import { benchTable, figuresOf, isMet } from './bench-report.ts';

const start = {
  ...{ id: 'start', what: 'start', value: 2, unit: 's', ratio: 4, against: 0.5 },
  limit: { most: 1.5, of: 'ratio' },
} as const;
const bytes = { id: 'bytes', what: 'bytes', value: 20, unit: 'bytes', limit: { most: 24, of: 'value' } } as const;
const text = { id: 'text', what: 'text search', notThereYet: true } as const;

test('a limit is of the value or of the ratio, at most or at least, and what was not compared does not keep one of the ratio', () => {
  expect(isMet(start)).toBe(false);
  expect(isMet({ ...start, ratio: 1.5 })).toBe(true);
  expect(isMet(bytes)).toBe(true);
  expect(isMet({ ...bytes, limit: { most: 24, of: 'ratio' } })).toBe(false);
  const least = { ...start, ratio: 0.4, limit: { least: 0.4, of: 'ratio' } } as const;
  expect([isMet(least), isMet({ ...least, ratio: 0.39 })]).toEqual([true, false]);
  expect(benchTable([least])).toMatch(/≥ × 0\.4 {2}met$/);
  expect(isMet({ id: 'x', what: 'x', value: 1, unit: 's' })).toBeUndefined();
});

const broken = { id: 'idle', what: 'idle', broke: 'no Chromium' } as const;

test('the figures have what was measured, and nothing of what is not there yet or broke', () => {
  expect(figuresOf([start, text, broken, bytes])).toEqual([
    { id: 'start', value: 2, unit: 's', ratio: 4, against: 0.5 },
    { id: 'bytes', value: 20, unit: 'bytes', ratio: null, against: null },
  ]);
});

test('two figures of one id are refused', () => {
  expect(() => figuresOf([start, bytes, start])).toThrow('two figures are called start');
});

test('the table says limits, whether they are met, what is not there yet, and why something broke', () => {
  expect(benchTable([start, bytes, text, broken]).split('\n')).toEqual([
    '  start         2  s                   × 4.00  of 0.5  ≤ × 1.5     missed',
    '  bytes        20  bytes                               ≤ 24 bytes  met',
    '  text search      not there yet',
    '  idle             broke: no Chromium',
  ]);
});
