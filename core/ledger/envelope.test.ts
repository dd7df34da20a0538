import { expect, it } from 'vitest';
import { kindOf } from './envelope.ts';

it('a subject names its kind before the first colon', () => {
  expect(kindOf('alarm:level-2:WL-001')).toBe('alarm');
  expect(kindOf('settings')).toBe('settings');
});
