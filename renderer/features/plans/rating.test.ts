import { expect, it } from 'vitest';
import { chosenStars } from './rating.ts';

it('a rating is chosen by a person: none is set in advance, and the one that stands is until another is chosen', () => {
  expect(chosenStars(null, null)).toBeNull();
  expect(chosenStars(2, null)).toBe(2);
  expect(chosenStars(null, { stars: 5 })).toBe(5);
  expect(chosenStars(1, { stars: 5 })).toBe(1);
});
