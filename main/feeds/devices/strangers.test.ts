import { expect, test } from 'vitest';
import { createStrangers } from './strangers.ts';

test('those that dial and are not named are told, the latest first, each once, at most twenty of them', () => {
  const strangers = createStrangers();
  for (const device of ['1', '2', '3', '1']) strangers.note(device);
  expect(strangers.view()).toEqual({ count: 3, latest: ['1', '3', '2'] });
  for (let i = 0; i < 5000; i++) strangers.note(`d${i}`);
  const { count, latest } = strangers.view();
  expect([count, latest.length]).toEqual([1000, 20]);
  strangers.note('x'.repeat(5000));
  // What is known comes to the front again, also when there is no room for others.
  strangers.note('2');
  expect(strangers.view().latest[0]).toBe('2');
});
