import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTicker, type Ticker } from './ticker.tsx';

let ticker: Ticker;
beforeEach(() => {
  vi.useFakeTimers();
  ticker = createTicker(1000, () => Date.now());
});
afterEach(() => {
  ticker.stop();
  vi.useRealTimers();
});

/** Listeners that count. */
function listen(count: number): number[] {
  const told = Array.from({ length: count }, () => 0);
  for (const i of told.keys())
    ticker.subscribe(() => {
      told[i] = (told[i] ?? 0) + 1;
    });
  return told;
}
const sum = (told: readonly number[]) => told.reduce((all, each) => all + each, 0);

test('few are told together, each second', () => {
  const told = listen(5);
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([1, 1, 1, 1, 1]);
  vi.advanceTimersByTime(1000);
  expect(sum(told)).toBe(10);
});

test('many are told a few between two frames, and each once a second', () => {
  const told = listen(100);
  vi.advanceTimersByTime(1000);
  expect(sum(told)).toBe(12);
  vi.advanceTimersByTime(18);
  expect(sum(told)).toBe(24);
  vi.advanceTimersByTime(500);
  expect(told.every((each) => each === 1)).toBe(true);
});

test('of more than a second has room for those come first that were not told yet, and none is forgotten', () => {
  const told = listen(2000);
  vi.advanceTimersByTime(10_000);
  expect(Math.min(...told)).toBeGreaterThan(0);
  expect(Math.max(...told) - Math.min(...told)).toBeLessThanOrEqual(1);
});

test('who has gone hears no more, though they waited for their turn', () => {
  listen(12);
  const gone = vi.fn();
  const leave = ticker.subscribe(gone);
  vi.advanceTimersByTime(1000);
  leave();
  vi.advanceTimersByTime(100);
  expect(gone).not.toHaveBeenCalled();
});
