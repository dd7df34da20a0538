import { describe, expect, it } from 'vitest';
import type { Mute } from '../../../contract/features/seats.ts';
import { createFakeClock } from '../../../tests/fakes/clock.ts';
import { createAnnunciator, type Hearing, heardNow, type Sound } from './hearing.ts';

const alarm = (id: string, level: Sound['level'], occurrence = 1): Sound => ({ id, level, occurrence });
const MINUTE = 60_000;

/** What is heard at once, by one who has heard of nothing. */
const hearing = (sounds: Sound[], mute: Mute | null = null, now = 0) => createAnnunciator().hear(sounds, mute, now);

describe('what is heard', () => {
  it('repeats for the worst of levels I and II until somebody acknowledges', () => {
    expect(hearing([alarm('a', 2), alarm('b', 1), alarm('c', 3)])).toMatchObject({ repeat: 1 });
    const annunciator = createAnnunciator();
    expect(annunciator.hear([alarm('a', 2)], null, 0).repeat).toBe(2);
    expect(annunciator.hear([alarm('a', 2)], null, 60 * MINUTE).repeat).toBe(2);
    expect(annunciator.hear([], null, 61 * MINUTE)).toEqual({ repeat: null, once: null, held: 0 });
  });

  it('sounds once for a new III or IV, and again when it comes back or gets worse', () => {
    const annunciator = createAnnunciator();
    const once = (...sounds: Sound[]) => annunciator.hear(sounds, null, 0).once;
    expect(once(alarm('a', 3), alarm('b', 4))).toBe(3);
    expect(once(alarm('a', 3), alarm('b', 4))).toBeNull();
    expect(once(alarm('a', 3, 2), alarm('b', 4))).toBe(3);
    expect(once(alarm('a', 3, 2), alarm('b', 3))).toBe(3);
    expect(once(alarm('a', 4, 2), alarm('b', 3))).toBeNull();
  });

  const mute = (...alarms: Sound[]): Mute => ({ heard: heardNow(alarms), until: 120_000, reason: '通话中' });

  it('is silent for what was muted until the time is over by the hall’s clock', () => {
    const muted = mute(alarm('a', 1), alarm('b', 2));
    expect(hearing([alarm('a', 1), alarm('b', 2)], muted, 119_999).repeat).toBeNull();
    expect(hearing([alarm('a', 1), alarm('b', 2)], muted, 120_000).repeat).toBe(1);
  });

  it('sounds for a new alarm although others are muted', () => {
    expect(hearing([alarm('a', 2), alarm('b', 1)], mute(alarm('a', 2)), 1).repeat).toBe(1);
    expect(hearing([alarm('a', 2), alarm('c', 3)], mute(alarm('a', 2)), 1)).toMatchObject({ repeat: null, once: 3 });
  });

  it('sounds for a muted alarm that gets worse or comes back, not for one that gets milder', () => {
    const muted = mute(alarm('a', 2));
    expect(hearing([alarm('a', 1)], muted, 1).repeat).toBe(1);
    expect(hearing([alarm('a', 2, 2)], muted, 1).repeat).toBe(2);
    expect(hearing([alarm('a', 2)], mute(alarm('a', 1)), 1).repeat).toBeNull();
  });

  it('mutes no more than the hall takes, the first of them', () => {
    const many = Array.from({ length: 700 }, (_, i) => alarm(`m${i}`, i > 0 ? 2 : 1));
    const heard = heardNow(many);
    expect(heard).toHaveLength(500);
    expect(heard[0]).toEqual({ alarm: 'm0', occurrence: 1, level: 1 });
    expect(hearing(many, { heard, until: 10, reason: '' }, 1).repeat).toBe(2);
  });
});

describe('a flood', () => {
  /** A desk at which somebody acknowledges everything at once, so that each tone is a call of its own. */
  function answering() {
    const clock = createFakeClock();
    const annunciator = createAnnunciator();
    const hear = (...sounds: Sound[]): Hearing => annunciator.hear(sounds, null, clock.now());
    const calls = (sounds: Sound[]) => {
      const { repeat, once } = hear(...sounds);
      hear();
      return repeat ?? once;
    };
    return { clock, hear, calls };
  }

  it('calls ten times in ten minutes, whatever the levels below I', () => {
    const { clock, calls } = answering();
    const heard: unknown[] = [];
    for (let i = 0; i < 100; i++) {
      heard.push(calls([alarm(`a${i}`, i % 3 === 0 ? 2 : i % 3 === 1 ? 3 : 4)]));
      clock.advanceSync(5 * 1000);
    }
    expect(heard.filter((level) => level !== null)).toHaveLength(10);
    expect(heard.slice(0, 4)).toEqual([2, 3, 4, 2]);
  });

  it('never holds back level I, which takes the room of the others', () => {
    const { clock, calls } = answering();
    for (let i = 0; i < 40; i++) {
      expect(calls([alarm(`worst${i}`, 1)])).toBe(1);
      clock.advanceSync(1000);
    }
    expect(calls([alarm('b', 2)])).toBeNull();
    expect(calls([alarm('c', 1)])).toBe(1);
  });

  it('lets a II wait for room, and sound from then on until it is acknowledged; III and IV are left out for good', () => {
    const { clock, hear, calls } = answering();
    for (let i = 0; i < 10; i++) calls([alarm(`a${i}`, 3)]);
    const waiting = [alarm('two', 2), alarm('three', 3)];
    expect(hear(...waiting)).toEqual({ repeat: null, once: null, held: 2 });
    clock.advanceSync(10 * MINUTE - 1);
    expect(hear(...waiting)).toEqual({ repeat: null, once: null, held: 2 });
    clock.advanceSync(1);
    expect(hear(...waiting)).toEqual({ repeat: 2, once: null, held: 1 });
    clock.advanceSync(30 * MINUTE);
    expect(hear(...waiting)).toEqual({ repeat: 2, once: null, held: 1 });
    expect(hear(alarm('three', 3))).toEqual({ repeat: null, once: null, held: 1 });
  });

  it('hears one that was held back and gets worse, I at once', () => {
    const { hear, calls } = answering();
    for (let i = 0; i < 10; i++) calls([alarm(`a${i}`, 4)]);
    expect(hear(alarm('x', 3))).toMatchObject({ held: 1 });
    expect(hear(alarm('x', 2))).toMatchObject({ repeat: null, held: 1 });
    expect(hear(alarm('x', 1))).toEqual({ repeat: 1, once: null, held: 0 });
  });

  it('keeps a tone that repeats already, however many come', () => {
    const { clock, hear } = answering();
    const sounds = [alarm('first', 2)];
    hear(...sounds);
    for (let i = 0; i < 1000; i++) {
      sounds.push(alarm(`a${i}`, 2));
      clock.advanceSync(60);
      expect(hear(...sounds).repeat).toBe(2);
    }
    expect(hear(...sounds).held).toBe(991);
  });
});
