import { expect, test } from 'vitest';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { createPings } from './pings.ts';

/** A window whose pings come back after `delay()` ms. */
function rig(delay: () => number) {
  const clock = createFakeClock();
  const sent: number[] = [];
  const timely: boolean[] = [];
  let silent = 0;
  const pings = createPings({
    clock,
    pingMs: 5000,
    silent: () => silent++,
    ping(at) {
      sent.push(at);
      clock.setTimeout(() => {
        pings.heard();
        timely.push(pings.answered(at));
      }, delay());
    },
  });
  return { clock, pings, sent, timely, silent: () => silent };
}

test('F8 a window that keeps up is not behind, however long the way is', async () => {
  const { clock, pings, sent, timely } = rig(() => 1200);
  pings.start();
  for (let i = 0; i < 60; i++) {
    await clock.advance(1000);
    expect(pings.behindMs()).toBe(0);
  }
  expect(sent).toHaveLength(13);
  expect(new Set(timely)).toEqual(new Set([true]));
});

test('F8 a window that is behind says by how much, while an answer is missing and when it has come, until it has caught up', async () => {
  let delay = 300;
  const { clock, pings, timely } = rig(() => delay);
  pings.start();
  await clock.advance(4000);
  delay = 9000;
  // Something comes all the while: the connection is not dead.
  for (let i = 0; i < 6; i++) {
    await clock.advance(1000);
    pings.heard();
  }
  expect(pings.behindMs()).toBe(5000 - 150);
  for (let i = 0; i < 3; i++) {
    await clock.advance(1000);
    pings.heard();
  }
  expect(pings.behindMs()).toBe(8000 - 150);
  await clock.advance(1500);
  expect(timely.at(-1)).toBe(false);
  expect(pings.behindMs()).toBeGreaterThan(8000);
  delay = 300;
  for (let i = 0; i < 12; i++) {
    await clock.advance(1000);
    pings.heard();
  }
  expect(pings.behindMs()).toBe(0);
});

test('F3 F8 without a connection there is nothing to be behind, and nothing is pinged', async () => {
  const { clock, pings, sent, silent } = rig(() => 60_000);
  pings.start();
  await clock.advance(3000);
  expect(pings.behindMs()).toBe(3000);
  await clock.advance(2000);
  expect(silent()).toBe(1);
  pings.stop();
  expect(pings.behindMs()).toBe(0);
  await clock.advance(30_000);
  expect(sent).toHaveLength(1);
});
