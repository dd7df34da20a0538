import { describe, expect, test } from 'vitest';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { createBrake } from './brake.ts';

describe('O6 the brake of a source', () => {
  const rig = (messagesPerSecond = 50_000, workShare = 0.5) => {
    const clock = createFakeClock();
    return { clock, brake: createBrake(clock, { messagesPerSecond, workShare }) };
  };

  test('lets good messages pass that cost little', () => {
    const { clock, brake } = rig();
    for (let i = 0; i < 1000; i++) {
      expect(brake.took(0.4, false)).toBeNull();
      clock.advanceSync(1);
    }
  });

  test('lets a source pay by time for what its messages cost, however few they are', () => {
    const { clock, brake } = rig();
    let worked = 0;
    let waited = 0;
    for (let i = 0; i < 100; i++) {
      worked += 107;
      clock.advanceSync(107);
      const wait = brake.took(107, true);
      waited += wait?.ms ?? 0;
      clock.advanceSync(wait?.ms ?? 0);
    }
    expect(worked / (worked + waited)).toBeLessThanOrEqual(0.5);
  });

  test('stops at a stretch of 20 ms, so that others come between', () => {
    const { brake } = rig();
    let taken = 0;
    while (brake.took(1, false) === null) taken++;
    expect(taken).toBe(20);
  });

  test('after a hundred refused messages in a second the source waits ever longer, and is forgiven when it keeps its peace', () => {
    const { clock, brake } = rig();
    const flood = () => {
      for (let i = 0; i < 99; i++) expect(brake.took(0, true)).toBeNull();
      const wait = brake.took(0, true);
      clock.advanceSync(wait?.ms ?? 0);
      return wait;
    };
    expect(Array.from({ length: 6 }, () => flood()?.ms)).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000]);
    clock.advanceSync(29_999);
    expect(flood()?.ms).toBe(15_000);
    clock.advanceSync(30_000);
    expect(flood()).toEqual({ ms: 1000, because: 'refused' });
    for (let s = 0; s < 50; s++) {
      for (let i = 0; i < 99; i++) expect(brake.took(0, true)).toBeNull();
      clock.advanceSync(1000);
    }
  });

  test('holds the rate that is configured, and answers ten pings a second', () => {
    const { clock, brake } = rig(10);
    clock.advanceSync(250);
    for (let i = 0; i < 9; i++) expect(brake.took(0, false)).toBeNull();
    expect(brake.took(0, false)).toEqual({ ms: 750, because: 'rate' });
    const answered = () => Array.from({ length: 500 }, () => brake.ping()).filter(Boolean).length;
    expect(answered()).toBe(10);
    clock.advanceSync(1000);
    expect(answered()).toBe(10);
  });
});
