import { describe, expect, test } from 'vitest';
import type { SeatView } from '../../../contract/features/seats.ts';
import { type Collection, createCollection } from '../../../contract/wire/collection.ts';
import { callerAt } from '../../../tests/fakes/callers.ts';
import { seatHandlers } from './handlers.ts';

const caller = callerAt('duty');

describe('seats', () => {
  const nothingWatched = { found: new Map<string, readonly string[]>(), changed() {} };
  const handlersOf = (
    seats: Collection<SeatView>,
    here: string[] = [],
    now = () => 0,
    watched: Parameters<typeof seatHandlers>[0]['watched'] = nothingWatched,
  ) =>
    seatHandlers({
      seats,
      watched,
      clock: { now },
      isCamera: (id) => id === 'c1',
      connected: () => here.map((seat) => ({ seat })),
    });
  const nothing = { selection: null };

  test('selection and cameras change apart from each other', () => {
    const seats = createCollection<SeatView>();
    const handlers = handlersOf(seats);
    handlers['seat.watch']({ cameras: ['c1', 'c1'] }, caller);
    handlers['seat.select']({ selection: { kind: 'unit', id: 'u', at: null } }, caller);
    handlers['seat.select'](nothing, { ...caller, seat: 'fire' });
    expect([...seats.items.values()]).toEqual([
      { seat: 'duty', selection: { kind: 'unit', id: 'u', at: null }, cameras: ['c1'], mute: null },
      { seat: 'fire', selection: null, cameras: [], mute: null },
    ]);
  });

  test('a mute is the seat’s own, and ends by the hall’s clock', () => {
    const seats = createCollection<SeatView>();
    let now = 1_000_000;
    const handlers = handlersOf(seats, [], () => now);
    const heard = [{ alarm: 'a', occurrence: 2, level: 1 as const }];
    handlers['seat.mute']({ heard, reason: '通话中' }, caller);
    handlers['seat.select'](nothing, { ...caller, seat: 'fire' });
    handlers['seat.watch']({ cameras: [] }, caller);
    expect(seats.items.get('duty')?.mute).toEqual({ heard, reason: '通话中', until: 1_120_000 });
    expect(seats.items.get('fire')?.mute).toBeNull();
    now += 120_000;
    handlers['seat.watch']({ cameras: ['c1'] }, caller);
    expect(seats.items.get('duty')?.mute).toBeNull();
    handlers['seat.mute']({ heard, reason: '通话中' }, caller);
    handlers['seat.unmute']({}, caller);
    expect(seats.items.get('duty')?.mute).toBeNull();
  });

  test('what was watched before is there again, as far as the cameras are', () => {
    const seats = createCollection<SeatView>();
    let kept: (readonly [string, readonly string[]])[] = [];
    const handlers = handlersOf(seats, [], () => 0, {
      found: new Map([['duty', ['c1', 'gone']]]),
      changed: (now) => {
        kept = [...now()];
      },
    });
    expect(seats.items.get('duty')).toMatchObject({ cameras: ['c1'], selection: null, mute: null });
    handlers['seat.watch']({ cameras: ['c1'] }, { ...caller, seat: 'fire' });
    expect(kept).toEqual([
      ['duty', ['c1']],
      ['fire', ['c1']],
    ]);
  });

  test('L10 a camera that is not there is not watched', () => {
    const seats = createCollection<SeatView>();
    expect(() => handlersOf(seats)['seat.watch']({ cameras: ['c1', 'c2'] }, caller)).toThrow(/no camera c2/);
    expect(seats.items.size).toBe(0);
  });

  test('L10 128 seats are kept: the one longest idle goes, none that has a window', () => {
    const seats = createCollection<SeatView>();
    const here = ['s0'];
    const handlers = handlersOf(seats, here);
    for (let i = 0; i < 128; i++) handlers['seat.select'](nothing, { ...caller, seat: `s${i}` });
    handlers['seat.select'](nothing, { ...caller, seat: 'one-more' });
    expect(seats.items.size).toBe(128);
    expect([seats.items.has('s0'), seats.items.has('s1'), seats.items.has('one-more')]).toEqual([true, false, true]);
    here.push(...seats.items.keys());
    expect(() => handlers['seat.select'](nothing, { ...caller, seat: 'too-many' })).toThrow(/128 seats are in use/);
    handlers['seat.select'](nothing, { ...caller, seat: 's7' });
    expect(seats.items.size).toBe(128);
  });
});
