import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createSettling, GROW_AFTER_MS, SHRINK_AFTER_MS } from './settling.ts';
import { type Needs, SITUATIONS } from './splits.ts';

const { calm, incident, alarms, two } = SITUATIONS;

let writing: boolean;
let settled: Needs[];

function begin(first: Needs = calm) {
  return createSettling({
    writing: () => writing,
    settle: (needs) => settled.push(needs),
    now: () => Date.now(),
    setTimeout(fn, ms) {
      const timer = setTimeout(fn, ms);
      return () => clearTimeout(timer);
    },
    first,
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  writing = false;
  settled = [];
  return () => vi.useRealTimers();
});

describe('when the workspace is divided anew', () => {
  it('is at once where nobody touches it', () => {
    begin().asked(incident);
    expect(settled).toEqual([incident]);
  });

  it('waits for the hands: a moment to give room, a while to take it away', () => {
    const settling = begin();
    settling.touched();
    settling.asked(incident);
    vi.advanceTimersByTime(GROW_AFTER_MS - 1);
    expect(settled).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(settled).toEqual([incident]);

    settling.touched();
    settling.asked(calm);
    vi.advanceTimersByTime(SHRINK_AFTER_MS - 1);
    settling.touched();
    vi.advanceTimersByTime(SHRINK_AFTER_MS - 1);
    expect(settled).toEqual([incident]);
    vi.advanceTimersByTime(1);
    expect(settled).toEqual([incident, calm]);
  });

  it('is never while somebody writes', () => {
    const settling = begin();
    writing = true;
    settling.asked(incident);
    vi.advanceTimersByTime(60_000);
    expect(settled).toEqual([]);
    writing = false;
    vi.advanceTimersByTime(GROW_AFTER_MS);
    expect(settled).toEqual([incident]);
  });

  it('is for what is asked for last, and not at all for what came and went', () => {
    const settling = begin(incident);
    settling.touched();
    settling.asked(alarms);
    settling.asked(two);
    settling.asked(incident);
    vi.advanceTimersByTime(60_000);
    expect(settled).toEqual([]);
  });

  it('is not any more once the window has gone', () => {
    const settling = begin();
    settling.touched();
    settling.asked(incident);
    settling.stop();
    vi.advanceTimersByTime(60_000);
    expect(settled).toEqual([]);
  });
});
