import { expect, test } from 'vitest';
import { createFollowing, IDLE_MS } from './following.ts';
import type { Selection } from './selection.ts';

const alarm = (id: string): Selection => ({ kind: 'alarm', id, at: null });

function setUp() {
  let now = 100_000;
  let due: { at: number; fn: () => void } | null = null;
  let writing = false;
  const seen: string[] = [];
  const following = createFollowing({
    writing: () => writing,
    adopt: (selection) => seen.push(`adopt ${selection?.id ?? 'nothing'}`),
    offer: (selection) => seen.push(`offer ${selection?.id ?? 'nothing'}`),
    now: () => now,
    setTimeout(fn, ms) {
      const mine = { at: now + ms, fn };
      due = mine;
      return () => {
        if (due === mine) due = null;
      };
    },
  });
  const pass = (ms: number) => {
    now += ms;
    const ripe = due;
    if (ripe && ripe.at <= now) {
      due = null;
      ripe.fn();
    }
  };
  return { following, seen, pass, write: (on: boolean) => (writing = on) };
}

test('a window nobody is at goes along at once', () => {
  const { following, seen } = setUp();
  following.told(alarm('a'));
  following.told(null);
  expect(seen).toEqual(['adopt a', 'adopt nothing']);
});

test('a window under the hands waits until they rest, and then takes the newest', () => {
  const { following, seen, pass } = setUp();
  following.touched();
  following.told(alarm('a'));
  pass(IDLE_MS - 1000);
  following.touched();
  following.told(alarm('b'));
  pass(1001);
  expect(seen).toEqual([]);
  pass(IDLE_MS);
  expect(seen).toEqual(['adopt b']);
});

test('while a form is being filled in another choice is only offered', () => {
  const { following, seen, pass, write } = setUp();
  write(true);
  following.told(alarm('a'));
  write(false);
  pass(10 * IDLE_MS);
  expect(seen).toEqual(['offer a']);
});

test('a form opened while the choice waited keeps it off, too', () => {
  const { following, seen, pass, write } = setUp();
  following.touched();
  following.told(alarm('a'));
  write(true);
  pass(IDLE_MS);
  expect(seen).toEqual(['offer a']);
});

test('the person’s own choice ends the waiting', () => {
  const { following, seen, pass } = setUp();
  following.touched();
  following.told(alarm('a'));
  following.chosen();
  pass(10 * IDLE_MS);
  expect(seen).toEqual([]);
});
