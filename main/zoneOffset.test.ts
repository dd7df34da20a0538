import { expect, test } from 'vitest';
import { zoneOffset } from './zoneOffset.ts';

const HOUR = 3_600_000;

test('a zone’s clocks are ahead by so much, before and after they are put forward', () => {
  const china = zoneOffset('Asia/Shanghai');
  expect([0, Date.UTC(2026, 6, 1, 23, 59)].map(china)).toEqual([8 * HOUR, 8 * HOUR]);
  const monaco = zoneOffset('Europe/Monaco');
  const forward = Date.UTC(2026, 2, 29, 1);
  expect([forward - 1, forward, forward - 1].map(monaco)).toEqual([HOUR, 2 * HOUR, HOUR]);
  expect(zoneOffset('Asia/Kolkata')(Date.UTC(2026, 0, 1, 20, 40))).toBe(5.5 * HOUR);
});
