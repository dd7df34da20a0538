import { expect, test } from 'vitest';
import { fold } from './fold.ts';

test('folds width, case and punctuation', () => {
  expect(fold(' Ｂｉｎｈｅ　Road, East ')).toBe('binhe road east');
});
