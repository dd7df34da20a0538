import { expect, test } from 'vitest';
import { createPinyinInitials, NO_INITIAL } from './initials.ts';

test('a name is said by the initials of its characters', () => {
  const initials = createPinyinInitials();
  expect(initials.ofName('滨河路下穿')).toBe('bhlxc');
  expect(initials.ofName('G15 沈海高速')).toBe('g15shgs');
  expect(initials.of(97)).toBe(NO_INITIAL);
});
