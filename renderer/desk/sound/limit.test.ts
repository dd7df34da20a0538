import { expect, test } from 'vitest';
import { createSoundLimit } from './limit.ts';

test('there is room for ten in ten minutes, and more when these are over; a clock that was set back holds none back', () => {
  const limit = createSoundLimit();
  expect(Array.from({ length: 12 }, (_, i) => limit.take(i)).filter(Boolean)).toHaveLength(10);
  expect([limit.take(599_999), limit.take(600_000), limit.take(600_000)]).toEqual([false, true, false]);
  expect(limit.take(-5)).toBe(true);
});

test('what is always taken takes the room of others', () => {
  const limit = createSoundLimit();
  expect(Array.from({ length: 15 }, () => limit.take(0, true)).every(Boolean)).toBe(true);
  expect([limit.take(0), limit.take(599_999), limit.take(600_000)]).toEqual([false, false, true]);
});
