import { expect, test } from 'vitest';
import { ago, HOUR_MS, limitsOf } from './spans.ts';

const NOW = new Date(2026, 6, 14, 3, 7, 30).getTime();

test('a span goes back from now, in steps, so that the same is asked for until the next', () => {
  const { from, until } = limitsOf('day', '', NOW);
  expect(until).toBeUndefined();
  expect(NOW - (from ?? 0) - 24 * HOUR_MS).toBeGreaterThanOrEqual(0);
  expect(NOW - (from ?? 0) - 24 * HOUR_MS).toBeLessThan(600_000);
  expect(limitsOf('day', '', NOW + 1000)).toEqual({ from });
  expect(limitsOf('hour', '', NOW)).toEqual({ from: ago(HOUR_MS, NOW) });
});

test('yesterday and a date are days of the calendar', () => {
  expect(limitsOf('yesterday', '', NOW)).toEqual({
    from: new Date(2026, 6, 13).getTime(),
    until: new Date(2026, 6, 14).getTime(),
  });
  expect(limitsOf('date', '2026-02-28', NOW)).toEqual({
    from: new Date(2026, 1, 28).getTime(),
    until: new Date(2026, 2, 1).getTime(),
  });
});

test('all time, and a date of which half is typed, have no limits', () => {
  expect(limitsOf('all', '2026-02-28', NOW)).toEqual({});
  expect(limitsOf('date', '2026-', NOW)).toEqual({});
});
