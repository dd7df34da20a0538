import { describe, expect, test } from 'vitest';
import type { SeatView } from '../../../contract/features/seats.ts';
import { type Collection, createCollection } from '../../../contract/wire/collection.ts';
import { callerAt } from '../../../tests/fakes/callers.ts';
import { seatHandlers } from './handlers.ts';

const caller = callerAt('duty');

describe('seats', () => {
  const handlersOf = (seats: Collection<SeatView>, here: string[] = [], now = () => 0) =>
    seatHandlers({
      seats,
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
