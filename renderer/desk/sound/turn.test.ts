import { expect, test } from 'vitest';
import { createTurn } from './turn.ts';

/** The locks of one browser: first come, first served, as the standard has it. */
function fakeLocks(): Pick<LockManager, 'request'> {
  const queues = new Map<string, Promise<unknown>>();
  const request = async (name: string, options: LockOptions, held: LockGrantedCallback<unknown>) => {
    const before = queues.get(name) ?? Promise.resolve();
    const mine = before.then(() => (options.signal?.aborted ? undefined : held(null)));
    queues.set(
      name,
      mine.catch(() => undefined),
    );
    return mine;
  };
  return { request: request as LockManager['request'] };
}

const settle = async () => {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
};

test('of two windows one sounds, and the other takes over when it closes', async () => {
  const locks = fakeLocks();
  const became: string[] = [];
  const a = createTurn(locks, 'duty', () => became.push('a'));
  const b = createTurn(locks, 'duty', () => became.push('b'));
  a.want(true);
  b.want(true);
  await settle();
  expect([a.mine(), b.mine()]).toEqual([true, false]);
  a.want(false);
  await settle();
  expect([a.mine(), b.mine()]).toEqual([false, true]);
  expect(became).toEqual(['a', 'b']);
});

test('a window that cannot sound does not keep the others silent', async () => {
  const locks = fakeLocks();
  const blocked = createTurn(locks, 'duty', () => {});
  const able = createTurn(locks, 'duty', () => {});
  blocked.want(false);
  able.want(true);
  await settle();
  expect([blocked.mine(), able.mine()]).toEqual([false, true]);
});

test('one that is hidden lets a visible one go first, and goes on where there is none', async () => {
  const locks = fakeLocks();
  const a = createTurn(locks, 'duty', () => {});
  const b = createTurn(locks, 'duty', () => {});
  a.want(true);
  await settle();
  a.yield();
  await settle();
  expect(a.mine()).toBe(true);
  b.want(true);
  a.yield();
  await settle();
  expect([a.mine(), b.mine()]).toEqual([false, true]);
});

test('one that gave up before its turn came leaves it to the next', async () => {
  const locks = fakeLocks();
  const [a, b, c] = [1, 2, 3].map(() => createTurn(locks, 'duty', () => {}));
  a?.want(true);
  b?.want(true);
  c?.want(true);
  await settle();
  b?.want(false);
  a?.want(false);
  await settle();
  expect([a?.mine(), b?.mine(), c?.mine()]).toEqual([false, false, true]);
});

test('where a page has no locks, it sounds', () => {
  const turn = createTurn(undefined, 'duty', () => {});
  turn.want(true);
  expect(turn.mine()).toBe(true);
  turn.yield();
  expect(turn.mine()).toBe(true);
});
