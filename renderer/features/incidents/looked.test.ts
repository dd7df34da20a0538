import { expect, test } from 'vitest';
import { joinLooked, readLooked } from './looked.ts';

test('what windows have seen is joined, for incidents that are open', () => {
  const open = [{ id: 'a' }, { id: 'b' }, { id: '__proto__' }];
  expect(joinLooked({ a: 3, gone: 9 }, { a: 2, b: 1 }, open)).toEqual({ a: 3, b: 1 });
});

test.each([null, '', '{', '[1]', '{"a":-1}', '{"a":"3"}', 'null'])('kept as %s, nothing was seen', (kept) => {
  expect(readLooked(kept)).toEqual({});
});
