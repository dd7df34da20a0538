import { describe, expect, it } from 'vitest';
import type { Mute } from '../../../contract/features/seats.ts';
import { heardNow, hearing as hearingAt, type Sound } from './hearing.ts';

const hearing = (alarms: Sound[], known: ReadonlySet<string>, mute: Mute | null = null, now = 0) =>
  hearingAt(alarms, known, mute, now);

const alarm = (id: string, level: Sound['level'], occurrence = 1): Sound => ({ id, level, occurrence });

describe('what is heard', () => {
  it('repeats for the worst of levels I and II until somebody acknowledges', () => {
    expect(hearing([alarm('a', 2), alarm('b', 1), alarm('c', 3)], new Set(['c#1']))).toEqual({ repeat: 1, once: null });
    expect(hearing([alarm('a', 2)], new Set(['a#1']))).toEqual({ repeat: 2, once: null });
    expect(hearing([], new Set())).toEqual({ repeat: null, once: null });
  });

  it('sounds once for a new III or IV, and again when it comes back', () => {
    expect(hearing([alarm('a', 3), alarm('b', 4)], new Set())).toEqual({ repeat: null, once: 3 });
    expect(hearing([alarm('a', 3)], new Set(['a#1']))).toEqual({ repeat: null, once: null });
    expect(hearing([alarm('a', 3, 2)], new Set(['a#1']))).toEqual({ repeat: null, once: 3 });
  });

  const mute = (...alarms: Sound[]): Mute => ({ heard: heardNow(alarms), until: 120_000, reason: '通话中' });

  it('is silent for what was muted until the time is over by the hall’s clock', () => {
    const muted = mute(alarm('a', 1), alarm('b', 2));
    expect(hearing([alarm('a', 1), alarm('b', 2)], new Set(), muted, 119_999).repeat).toBeNull();
    expect(hearing([alarm('a', 1), alarm('b', 2)], new Set(), muted, 120_000).repeat).toBe(1);
  });

  it('sounds for a new alarm although others are muted', () => {
    expect(hearing([alarm('a', 2), alarm('b', 1)], new Set(), mute(alarm('a', 2)), 1).repeat).toBe(1);
    expect(hearing([alarm('a', 2), alarm('c', 3)], new Set(), mute(alarm('a', 2)), 1)).toEqual({
      repeat: null,
      once: 3,
    });
  });

  it('sounds for a muted alarm that gets worse or comes back, not for one that gets milder', () => {
    const muted = mute(alarm('a', 2));
    expect(hearing([alarm('a', 1)], new Set(), muted, 1).repeat).toBe(1);
    expect(hearing([alarm('a', 2, 2)], new Set(), muted, 1).repeat).toBe(2);
    expect(hearing([alarm('a', 2)], new Set(), mute(alarm('a', 1)), 1).repeat).toBeNull();
  });

  it('mutes no more than the hall takes, the first of them', () => {
    const many = Array.from({ length: 700 }, (_, i) => alarm(`m${i}`, i > 0 ? 2 : 1));
    const heard = heardNow(many);
    expect(heard).toHaveLength(500);
    expect(heard[0]).toEqual({ alarm: 'm0', occurrence: 1, level: 1 });
    expect(hearing(many, new Set(), { heard, until: 10, reason: '' }, 1).repeat).toBe(2);
  });
});
