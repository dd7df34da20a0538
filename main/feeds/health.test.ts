import { describe, expect, test } from 'vitest';
import { FeedHealth } from '../../contract/features/feeds.ts';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { createHealth } from './health.ts';

const TOO_MANY = { zh: '过多', en: 'too many' };

function rig() {
  const clock = createFakeClock(1_000_000);
  const health = createHealth({ id: 'f', name: { zh: '源', en: 'Source' }, clock, silentAfter: 5000 });
  const message = (seq: number, sentAt = clock.now()) =>
    health.message({ seq, sentAt, records: 10, rejected: 1, late: 2 });
  return { clock, health, message };
}

describe('health of a feed', () => {
  test('connecting, live, silent, live, down', () => {
    const { clock, health, message } = rig();
    const states: string[] = [];
    health.onState((h) => states.push(`${h.state} since ${h.since - 1_000_000}`));
    expect(health.view().state).toBe('connecting');
    clock.advanceSync(100);
    health.connected();
    clock.advanceSync(100);
    message(1);
    clock.advanceSync(4999);
    health.tick();
    clock.advanceSync(1);
    health.tick();
    health.tick();
    message(2);
    health.down({ zh: '网线', en: 'cable' }, 'unreachable');
    expect(states).toEqual(['live since 200', 'silent since 5200', 'live since 5200', 'down since 5200']);
    expect(health.view()).toMatchObject({
      fault: 'unreachable',
      error: { zh: '网线', en: 'cable' },
      lastMessageAt: 1_005_200,
    });
    expect(FeedHealth.parse(health.view())).toEqual(health.view());
  });

  test('counts records, refusals, lag and the rate of the last seconds', () => {
    const { clock, health, message } = rig();
    health.connected();
    for (let second = 0; second < 8; second++) {
      message(second * 2, clock.now() - 40);
      message(second * 2 + 1, clock.now() - 40);
      clock.advanceSync(1000);
    }
    health.refused();
    health.dropped(3);
    expect(health.view()).toMatchObject({ received: 160, rejected: 17, dropped: 3, lagMs: 40, perSecond: 20, gaps: 0 });
    expect(health.view()).toMatchObject({ late: 32, clockOffsetMs: -40 });
    clock.advanceSync(60_000);
    expect(health.view().perSecond).toBe(0);
  });

  test('a jump in the sequence is so many gaps; a restart after a reconnection is none, within a connection one', () => {
    const { health, message } = rig();
    health.connected();
    message(10);
    message(14);
    expect(health.view().gaps).toBe(3);
    health.connected();
    message(0);
    expect(health.view().gaps).toBe(3);
    health.connected();
    message(3);
    expect(health.view().gaps).toBe(5);
    message(2);
    expect(health.view().gaps).toBe(6);
  });
});

test('a feed of which nothing is taken is silent though it floods and is braked, and live with its next good message', () => {
  const { clock, health, message } = rig();
  health.connected();
  message(1);
  for (let second = 0; second < 12; second++) {
    health.refused();
    health.braked(TOO_MANY);
    clock.advanceSync(900);
    health.tick();
    expect(health.view().state).toBe(clock.now() < 1_005_000 ? 'live' : 'silent');
    expect(health.view()).toMatchObject({ fault: 'rests', error: TOO_MANY });
    expect(health.view().brakedSince).toBe(clock.now() < 1_010_000 ? undefined : 1_000_000);
    health.braked(null);
    clock.advanceSync(100);
  }
  expect(health.quietFor()).toBe(1000);
  message(2);
  expect(health.view()).toMatchObject({ state: 'live', fault: null, error: null, brakedSince: 1_000_000 });
  expect(FeedHealth.parse(health.view())).toEqual(health.view());
  clock.advanceSync(5000);
  expect(health.view().brakedSince).toBeUndefined();
  health.braked(TOO_MANY);
  clock.advanceSync(9999);
  expect(health.view().brakedSince).toBeUndefined();
});

test('O4 a message of a clock that is off is spoken of for half a minute, though those after it are right', () => {
  const { clock, health, message } = rig();
  expect(health.view().clockOffsetMs).toBeNull();
  message(1, clock.now() + 86_400_000);
  message(2, clock.now() - 20);
  expect(health.view()).toMatchObject({ clockOffsetMs: 86_400_000, lagMs: 20 });
  clock.advanceSync(30_000);
  expect(health.view().clockOffsetMs).toBe(-20);
  message(3, Number.MAX_SAFE_INTEGER);
  expect(FeedHealth.parse(health.view())).toEqual(health.view());
});

test('a leap of the sequence to the end of numbers is one gap, not a count beyond all counting', () => {
  const { health, message } = rig();
  health.connected();
  for (const seq of [1, Number.MAX_SAFE_INTEGER, 0, Number.MAX_SAFE_INTEGER]) message(seq);
  expect(health.view().gaps).toBe(3);
  expect(FeedHealth.parse(health.view())).toEqual(health.view());
});
