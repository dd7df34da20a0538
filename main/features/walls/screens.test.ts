import { expect, test } from 'vitest';
import type { ScreenView } from '../../../contract/features/walls.ts';
import { createCollection } from '../../../contract/wire/collection.ts';
import type { BulkSink, Caller } from '../../../contract/wire/served.ts';
import { wallSource } from './screens.ts';

const sink: BulkSink = { push: () => true, room: () => true, skip() {}, dropped: () => 0, end() {} };

function rig() {
  const screens = createCollection<ScreenView>();
  const source = wallSource(screens);
  const open = (params: unknown) => source(params, {} as Caller, sink) as () => void;
  return { open, there: () => [...screens.items.values()].map(({ screen, windows }) => `${screen} ${windows}`) };
}

test('a screen is there as long as a window is it, however often it is told that it went', () => {
  const { open, there } = rig();
  const first = open({ screen: 'wall-1' });
  const second = open({ screen: 'wall-1' });
  const other = open({ screen: 'wall-2' });
  expect(there()).toEqual(['wall-1 2', 'wall-2 1']);
  first();
  first();
  expect(there()).toEqual(['wall-1 1', 'wall-2 1']);
  second();
  other();
  expect(there()).toEqual([]);
});

test('a name that is none is refused, and so is the 65th screen, but no window of one that is open', () => {
  const { open, there } = rig();
  for (const wrong of [null, {}, { screen: '' }, { screen: 'a b' }, { screen: 'x'.repeat(101) }])
    expect(() => open(wrong)).toThrow(/^wall: /);
  for (let i = 0; i < 64; i++) open({ screen: `w${i}` });
  expect(() => open({ screen: 'one-more' })).toThrow(/64 screens of the wall are open/);
  open({ screen: 'w0' });
  expect(there()).toHaveLength(64);
});
