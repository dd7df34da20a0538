import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createHands } from '../bridge/hands.ts';
import { createNews } from './news.ts';
import type { Collection } from './overlays/collections.ts';
import { createSeries } from './series.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

test('one key is waited for, key after key is work until they stop, and who turns to the map is waited for', () => {
  const hands = createHands();
  hands.worked(1000);
  expect(hands.restIn(1001)).toBe(0);
  hands.worked(1300);
  expect([hands.restIn(1301), hands.restIn(1600), hands.restIn(1700)]).toEqual([399, 100, 0]);
  hands.worked(1600);
  hands.pointed();
  expect(hands.restIn(1601)).toBe(0);
  hands.worked(5000);
  expect(hands.restIn(5001)).toBe(0);
});

test('on a slow card the map goes to the first of a series at once and then to the last; on a quick one to each', () => {
  for (const [slow, went] of [
    [true, [0, 4]],
    [false, [0, 1, 2, 3, 4]],
  ] as const) {
    const seen: number[] = [];
    const series = createSeries(
      () => Date.now(),
      () => slow,
    );
    for (let i = 0; i < 5; i++) {
      series.chosen(() => seen.push(i));
      vi.advanceTimersByTime(300);
    }
    vi.advanceTimersByTime(5_000);
    expect(seen).toEqual(went);
  }
});

test('a map that a person has taken elsewhere stays there', () => {
  const seen: string[] = [];
  const series = createSeries(
    () => Date.now(),
    () => true,
  );
  series.chosen(() => seen.push('first'));
  series.chosen(() => seen.push('second'));
  series.stay();
  vi.advanceTimersByTime(5_000);
  expect(seen).toEqual(['first']);
});

test('news are put on the map when it may be drawn, each source once, as it is then', () => {
  const put: string[] = [];
  const card = { freeAt: 500 };
  const news = createNews(
    () => Date.now(),
    () => Math.max(0, card.freeAt - Date.now()),
    (source) => put.push(`${source}@${Date.now()}`),
  );
  const made: number[] = [];
  const data = (n: number) => (): Collection => {
    made.push(n);
    return { type: 'FeatureCollection', features: [] };
  };
  for (let n = 0; n < 10; n++) {
    news.tell('alarms', data(n));
    vi.advanceTimersByTime(10);
  }
  news.tell('incidents', data(99));
  expect([put, news.waitedMs()]).toEqual([[], 100]);
  vi.advanceTimersByTime(450);
  expect(news.waitedMs()).toBe(0);
  expect([put, made]).toEqual([
    ['alarms@500', 'incidents@500'],
    [9, 99],
  ]);
  news.tell('alarms', data(10));
  expect(put.at(-1)).toMatch(/^alarms/);
  card.freeAt = Date.now() + 1000;
  news.tell('alarms', data(11));
  news.stop();
  vi.advanceTimersByTime(5_000);
  expect(made.at(-1)).toBe(10);
});
