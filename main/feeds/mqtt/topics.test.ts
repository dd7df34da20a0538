import { expect, test } from 'vitest';
import { asksFor, Subscription } from './topics.ts';

test('a shared subscription asks for what its filter says, whatever its group is called', () => {
  const asks = asksFor(['$share/hall/city/+/up', 'park/#']);
  expect(['city/d1/up', 'park', 'park/a/b', 'city/d1', '$share/hall/city/d1/up', 'hall/city/d1/up'].map(asks)).toEqual([
    ...[true, true, true, false, false, false],
  ]);
});

test.each(['a', 'a/b', '/', '+', '#', '$SYS/#', '$share/g/#', '城市/+'])('%j can be subscribed to', (text) => {
  expect(Subscription.safeParse(text).success).toBe(true);
});

test.each(['', 'a/#/b', 'a#', 'a+/b', '$share/g', '$share//a', '$share/+/a', '$share/g/a#', 'a\0b', 'x'.repeat(513)])(
  '%j cannot',
  (text) => {
    expect(Subscription.safeParse(text).success).toBe(false);
  },
);
