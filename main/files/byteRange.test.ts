import { expect, test } from 'vitest';
import { byteRangeOf, etagOf } from './byteRange.ts';

test.each([
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=10-19', { start: 10, end: 19 }],
  ['bytes=90-200', { start: 90, end: 99 }],
  ['bytes=40-', { start: 40, end: 99 }],
  ['bytes=-10', { start: 90, end: 99 }],
  ['bytes=-1000', { start: 0, end: 99 }],
  ['bytes=100-', 'outside'],
  ['bytes=100-120', 'outside'],
  ['bytes=-0', 'outside'],
  ['bytes=5-4', null],
  ['bytes=0-1,4-5', null],
  ['bytes=-', null],
  ['bytes=a-b', null],
  ['bytes=1e3-', null],
  ['bytes=99999999999999999999-', null],
  ['items=0-1', null],
  ['', null],
  [undefined, null],
])('of 100 bytes %s is %o', (range, expected) => {
  expect(byteRangeOf({ range, ifRange: undefined }, '"a"', 100)).toEqual(expected);
});

test('of an empty file there is no range', () => {
  expect(byteRangeOf({ range: 'bytes=0-', ifRange: undefined }, '"a"', 0)).toBe('outside');
});

test('of a file that has become another one the whole is sent', () => {
  const asked = { range: 'bytes=0-9', ifRange: '"a"' };
  expect(byteRangeOf(asked, '"a"', 100)).toEqual({ start: 0, end: 9 });
  expect(byteRangeOf(asked, '"b"', 100)).toBeNull();
  // A date, or a weak tag, is no proof that it is the same.
  expect(byteRangeOf({ ...asked, ifRange: 'Sat, 28 Nov 2026 01:00:00 GMT' }, '"a"', 100)).toBeNull();
});

test('a file has another tag once it is written again', () => {
  const file = { size: 40_000_000, mtimeMs: 1_795_000_000_123.25 };
  expect(etagOf(file)).toMatch(/^"[0-9a-z]+-[0-9a-z]+"$/);
  expect(etagOf({ ...file, mtimeMs: file.mtimeMs + 0.5 })).not.toBe(etagOf(file));
  expect(etagOf({ ...file, size: 40_000_001 })).not.toBe(etagOf(file));
});
