import { expect, it } from 'vitest';
import { emptyHint } from './emptyHint.ts';

it('an empty plan region tells only what is left to do, and only what the seat may do', () => {
  expect(emptyHint(null, true)).toBe('empty-hint');
  expect(emptyHint({ state: 'open' }, true)).toBe('launch-hint');
  expect(emptyHint({ state: 'closed' }, true)).toBe('incident-closed');
  expect(emptyHint({ state: 'merged' }, true)).toBeUndefined();
  expect([emptyHint(null, false), emptyHint({ state: 'open' }, false)]).toEqual([undefined, undefined]);
});
