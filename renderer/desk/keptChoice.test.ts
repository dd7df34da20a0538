import { expect, test } from 'vitest';
import { keptChoice } from './keptChoice.ts';

test('what a window was opened with is not kept for others; what a person chooses is, that one again too', () => {
  const kept: string[] = [];
  const now = keptChoice('light', (chosen) => kept.push(chosen));
  for (const theme of ['light', 'light']) now(theme);
  expect(kept).toEqual([]);
  for (const theme of ['dark', 'dark', 'light']) now(theme);
  expect(kept).toEqual(['dark', 'light']);
});
