import { expect, test } from 'vitest';
import { createFakeClock } from '../../../tests/fakes/clock.ts';
import { every } from '../../clock.ts';
import { createNoticeBoard } from '../../notices/noticeBoard.ts';
import { watchClock } from './clockWatch.ts';

const HOUR = 3_600_000;

function rig(lastOwn = 0) {
  const clock = createFakeClock();
  const notices = createNoticeBoard();
  const stop = watchClock({ clock, notices, lastOwn: lastOwn === 0 ? 0 : clock.now() + lastOwn });
  return { clock, notices, stop, shown: () => notices.list().map(({ id, text }) => `${id} ${text.en}`) };
}

test.each([
  [3 * HOUR, /^clock:jumped .* jumped forward by 3 h/],
  [-2 * HOUR + 60_000, /^clock:jumped .* jumped back by 119 min/],
  [400 * 24 * HOUR, /jumped forward by 400 days/],
])('a clock that jumps by %i ms is said once, and gone when it is put back', async (jump, expected) => {
  const { clock, shown, notices } = rig();
  await clock.advance(10_000);
  expect(shown()).toEqual([]);
  clock.skew(jump);
  await clock.advance(2000);
  expect(shown()).toEqual([expect.stringMatching(expected)]);
  const since = notices.list()[0]?.since;
  await clock.advance(60_000);
  expect(notices.list()[0]?.since).toBe(since);
  clock.skew(-jump);
  await clock.advance(1000);
  expect(shown()).toEqual([]);
});

test('a clock that was put right stays right: after half an hour of running evenly nothing is said any more', async () => {
  const { clock, shown } = rig();
  clock.skew(5 * HOUR);
  await clock.advance(29 * 60_000);
  expect(shown()).toHaveLength(1);
  await clock.advance(2 * 60_000);
  expect(shown()).toEqual([]);
});

test('slewing and small corrections are nobody’s concern', async () => {
  const { clock, shown } = rig();
  for (let minute = 0; minute < 60; minute++) {
    clock.skew(500);
    await clock.advance(1000);
    expect(shown()).toEqual([]);
  }
});

test('a clock before the station’s own last event is said at once, until it is right', async () => {
  const { clock, shown, stop } = rig(26 * HOUR);
  expect(shown()).toEqual([expect.stringMatching(/^clock:behind-ledger .* stands 26 h before/)]);
  clock.skew(27 * HOUR);
  await clock.advance(1000);
  expect(shown()).toEqual([expect.stringMatching(/^clock:jumped/)]);
  stop();
  expect(clock.pending).toBe(0);
});

test('what is done every second goes on through jumps of the wall clock, neither faster nor not at all', async () => {
  const clock = createFakeClock();
  let beats = 0;
  const stop = every(clock, 1000, () => beats++);
  for (const jump of [-48 * HOUR, 48 * HOUR, 365 * 24 * HOUR, -10 * 365 * 24 * HOUR]) {
    clock.skew(jump);
    await clock.advance(5000);
  }
  expect(beats).toBe(20);
  stop();
});
