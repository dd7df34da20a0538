import { expect, test } from 'vitest';
import { isZoneMistake, spanOf } from './sourceClock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test.each([
  [61_000, '1 min 1 s', '1 分 1 秒'],
  [119_900, '2 min 0 s', '2 分 0 秒'],
  [8 * HOUR - 40, '8 h 0 min', '8 小时 0 分'],
  [-8 * HOUR, '8 h 0 min', '8 小时 0 分'],
  [365 * 24 * HOUR, '365 days', '365 天'],
  [Number.MAX_SAFE_INTEGER, 'centuries', '数百年'],
  [Number.POSITIVE_INFINITY, 'centuries', '数百年'],
])('%s ms is %s', (ms, en, zh) => expect(spanOf(ms)).toEqual({ zh, en }));

test('a clock that is off by whole or half hours was set to a wrong zone', () => {
  for (const hours of [8, -8, 5.5, 14, -1]) expect(isZoneMistake(hours * HOUR + 40_000)).toBe(true);
  for (const ms of [0, 60_000, 20 * MINUTE, 15 * HOUR, 8 * HOUR + 10 * MINUTE]) expect(isZoneMistake(ms)).toBe(false);
});
