import { expect, test } from 'vitest';
import { alarmView as alarm } from '../../../tests/fakes/alarmView.ts';
import { CALM, floodOf } from './flood.ts';

const raised = (count: number, at: number) => Array.from({ length: count }, (_, i) => alarm(`a${i}`, { raisedAt: at }));

test('more than ten in ten minutes are a flood, which is over below five', () => {
  expect(floodOf(CALM, raised(10, 0), 1).on).toBe(false);
  const flood = floodOf(CALM, raised(11, 0), 1);
  expect(flood.on).toBe(true);
  // Ten of them have gone: they were raised all the same.
  expect(floodOf(flood, raised(1, 0), 2)).toMatchObject({ on: true, raised: { size: 11 } });
  const later = floodOf(flood, raised(5, 500_000), 600_000);
  expect([later.on, later.raised.size]).toEqual([true, 5]);
  expect(floodOf(flood, raised(4, 500_000), 600_000).on).toBe(false);
});

test('an alarm that comes back counts again', () => {
  const once = floodOf(CALM, [alarm('a', { raisedAt: 1 })], 2);
  expect(floodOf(once, [alarm('a', { raisedAt: 3, occurrence: 2 })], 4).raised.size).toBe(2);
});
