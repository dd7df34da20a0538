import { describe, expect, it } from 'vitest';
import { isCheckpointDue } from './checkpoint.ts';

const DAY = 24 * 60 * 60_000;

describe('when a checkpoint is due', () => {
  const last = { at: 100 * DAY, events: 50_000 };

  it.each([
    ['a young ledger', null, 9_999, 0, false],
    ['ten thousand events', null, 10_000, 0, true],
    ['ten thousand more', last, 60_000, last.at + 1, true],
    ['fewer on the same day', last, 59_999, last.at + DAY - 1, false],
    ['one event a day later', last, 50_001, last.at + DAY, true],
    ['a day without an event', last, 50_000, last.at + 9 * DAY, false],
    ['a clock that went back a day', last, 50_001, last.at - DAY, true],
  ] as const)('%s', (_, before, events, now, due) => {
    expect(isCheckpointDue(before, events, now)).toBe(due);
  });
});
