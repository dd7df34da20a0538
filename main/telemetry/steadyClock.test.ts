import { expect, test } from 'vitest';
import { createSteadyClock } from './steadyClock.ts';

const T = 1_764_000_000_000;
const HOUR = 3_600_000;

function rig() {
  const steady = createSteadyClock();
  let s = 0;
  return {
    /** What is taken off, for a message each second whose clock is so far ahead. */
    hear: (offset: number, seconds: number): number[] =>
      Array.from({ length: seconds }, () => {
        s++;
        return steady.heard(T + s * 1000 + offset, { wall: T + s * 1000, monotonic: s * 1000 });
      }),
  };
}

test('O8 a clock that is ahead by the same for half a minute is read with that taken off, until it is right', () => {
  const { hear } = rig();
  expect(new Set(hear(8 * HOUR, 30))).toEqual(new Set([0]));
  expect(new Set(hear(8 * HOUR + 900, 60))).toEqual(new Set([8 * HOUR]));
  expect(hear(0, 1)).toEqual([0]);
  expect(new Set(hear(8 * HOUR, 30))).toEqual(new Set([0]));
});

test('O8 single messages, and clocks that run wild, are never read so', () => {
  const { hear } = rig();
  for (let i = 0; i < 100; i++) {
    expect(hear(365 * 24 * HOUR + i * 20_000, 1)).toEqual([0]);
    expect(hear(i % 3 === 0 ? -HOUR : Number.MAX_SAFE_INTEGER, 1)).toEqual([0]);
  }
  expect(new Set(hear(59_000, 100))).toEqual(new Set([0]));
});
