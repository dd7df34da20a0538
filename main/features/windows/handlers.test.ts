import { describe, expect, test } from 'vitest';
import type { WindowView } from '../../../contract/features/windows.ts';
import { createCollection } from '../../../contract/wire/collection.ts';
import { principalOf } from '../../../core/people/principal.ts';
import { callerAt } from '../../../tests/fakes/callers.ts';
import { windowHandlers } from './handlers.ts';

const caller = callerAt('duty');

describe('windows of the desktop', () => {
  const shell = { ...caller, ...principalOf({ seat: 'shell', station: 'S1', via: 'shell' }) };

  test('a window asked for is wanted, however often, until the shell reports what stands open', () => {
    const windows = createCollection<WindowView>();
    const handlers = windowHandlers({ windows, world: 'live' });
    for (let i = 0; i < 3; i++) handlers['windows.open']({ region: 'video', seat: 'duty' }, caller);
    expect([...windows.items.values()]).toMatchObject([{ region: 'video', seat: 'duty', state: 'wanted' }]);
    handlers['windows.report']({ open: [{ id: 'w9', region: 'plan', seat: 'fire', world: 'live' }] }, shell);
    expect([...windows.items.values()]).toEqual([
      { id: 'w9', region: 'plan', seat: 'fire', world: 'live', state: 'open' },
    ]);
  });

  test('L10 a desk has 16 windows; one that stands open is brought to the front all the same', () => {
    const windows = createCollection<WindowView>();
    const handlers = windowHandlers({ windows, world: 'live' });
    const open = Array.from({ length: 16 }, (_, i) => ({
      ...{ id: `w${i}`, region: 'plan' as const, seat: `s${i}`, world: 'live' },
    }));
    handlers['windows.report']({ open }, shell);
    for (let i = 0; i < 300; i++)
      expect(() => handlers['windows.open']({ region: 'plan', seat: `new-${i}` }, caller)).toThrow(/16 windows/);
    handlers['windows.open']({ region: 'plan', seat: 's3' }, caller);
    expect(windows.items.size).toBe(17);
  });

  test('a drill’s window is another than the live one of the same region', () => {
    const windows = createCollection<WindowView>();
    for (const world of ['live', 'drill:d-1'])
      windowHandlers({ windows, world })['windows.open']({ region: 'video', seat: 'duty' }, caller);
    expect([...windows.items.values()].map(({ world }) => world)).toEqual(['live', 'drill:d-1']);
  });
});
