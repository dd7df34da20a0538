import { describe, expect, it } from 'vitest';
import { encodeUnits, type UnitRecord } from '../../../../contract/units.ts';
import { LEG_INTS, OVERSHOOT, UnitTrack } from './track.ts';

const unit = (index: number, lon: number, lat: number, more: Partial<UnitRecord> = {}): UnitRecord => ({
  index,
  lon,
  lat,
  heading: 90,
  status: 'enroute',
  age: 0,
  ...more,
});
const frame = (...units: UnitRecord[]) => encodeUnits(units, units.length, 1000);
/** Of some units; the others are as they were. */
const some = (...units: UnitRecord[]) => encodeUnits(units, units.length, 1000, false);
const shownLon = (track: UnitTrack, index: number, now: number) => track.lonAt(track.slotOf(index), now) / 1e7;

describe('UnitTrack', () => {
  it('reads a frame wherever it begins in what came', () => {
    const track = new UnitTrack();
    const payload = frame(unit(0, 121, 29));
    const odd = new Uint8Array(payload.length + 1);
    odd.set(payload, 1);
    track.accept(odd.subarray(1), 10);
    expect(track.shown(0, 10)).toMatchObject({ index: 0, lon: 121, lat: 29, status: 'enroute' });
  });

  it('shows a unit at its first report at once, then moves it evenly to each next one', () => {
    const track = new UnitTrack();
    track.accept(frame(unit(0, 121, 29)), 0);
    expect(shownLon(track, 0, 0)).toBe(121);
    track.accept(some(unit(0, 121.001, 29)), 2000);
    expect(shownLon(track, 0, 2000)).toBe(121);
    expect(shownLon(track, 0, 3000)).toBeCloseTo(121.0005, 6);
    expect(shownLon(track, 0, 4000)).toBeCloseTo(121.001, 6);
  });

  it('goes on a little when a report is late, then stands still', () => {
    const track = new UnitTrack();
    track.accept(frame(unit(0, 121, 29)), 0);
    track.accept(frame(unit(0, 121.001, 29)), 1000);
    expect(shownLon(track, 0, 60_000)).toBeCloseTo(121 + 0.001 * OVERSHOOT, 6);
  });

  it('never jumps back: a new leg starts where the unit is drawn', () => {
    const track = new UnitTrack();
    track.accept(frame(unit(0, 121, 29)), 0);
    track.accept(frame(unit(0, 121.001, 29)), 1000);
    const before = shownLon(track, 0, 1300);
    track.accept(frame(unit(0, 121.0012, 29)), 1300);
    expect(shownLon(track, 0, 1300)).toBeCloseTo(before, 6);
  });

  it('lets a leg go on while frames repeat the same report, or tell of others', () => {
    const track = new UnitTrack();
    track.accept(frame(unit(0, 121, 29), unit(1, 120, 29)), 0);
    track.accept(some(unit(0, 121.001, 29)), 2000);
    for (let t = 2200; t < 4000; t += 400) {
      track.accept(some(unit(0, 121.001, 29)), t);
      track.accept(some(unit(1, 120 + t * 1e-7, 29)), t + 200);
    }
    expect(shownLon(track, 0, 3600)).toBeCloseTo(121.0008, 6);
  });

  it('keeps a moving map smooth: a unit told of soon after the window came is not drawn the faster for it', () => {
    const track = new UnitTrack();
    track.accept(frame(unit(0, 121, 29)), 0);
    track.accept(some(unit(0, 121.0002, 29)), 400);
    expect(shownLon(track, 0, 1400)).toBeCloseTo(121.0001, 6);
  });

  it('counts on the age of those that a frame does not tell of, and draws them anew when they are old', () => {
    const track = new UnitTrack();
    track.accept(frame(unit(0, 121, 29, { age: 4 }), unit(1, 122, 29)), 0);
    track.accept(some(unit(1, 122, 29)), 20_000);
    expect([track.shown(0, 20_000).age, track.changed]).toEqual([24, false]);
    track.accept(some(), 40_000);
    expect([track.shown(0, 41_000).age, track.changed]).toEqual([45, true]);
    track.accept(some(unit(0, 121, 29, { age: 0 })), 41_000);
    expect([track.shown(0, 41_000).age, track.changed]).toEqual([0, true]);
  });

  it('puts a unit that jumped where it is, without a drive across the city', () => {
    const track = new UnitTrack();
    track.accept(frame(unit(0, 121, 29)), 0);
    track.accept(frame(unit(0, 121.5, 29)), 1000);
    expect(shownLon(track, 0, 1000)).toBe(121.5);
  });

  it('knows units by their index when the order of a frame changes and units come and go', () => {
    const track = new UnitTrack();
    track.accept(frame(unit(0, 121, 29), unit(7, 122, 29)), 0);
    track.accept(some(unit(7, 122.001, 29), unit(3, 120, 29)), 2000);
    expect(shownLon(track, 7, 2000)).toBe(122);
    expect(shownLon(track, 7, 3000)).toBeCloseTo(122.0005, 6);
    expect([shownLon(track, 3, 2000), shownLon(track, 0, 2000)]).toEqual([120, 121]);
    track.accept(frame(unit(3, 120, 29), unit(7, 122.001, 29)), 3000);
    expect([track.count, track.slotOf(0)]).toEqual([2, -1]);
    expect(shownLon(track, 7, 3000)).toBeCloseTo(122.0005, 6);
    expect(track.indexAt(track.slotOf(3))).toBe(3);
    expect(track.slotOf(999)).toBe(-1);
  });

  it('turns the shorter way', () => {
    const track = new UnitTrack();
    track.accept(frame(unit(0, 121, 29, { heading: 350 })), 0);
    track.accept(frame(unit(0, 121.001, 29, { heading: 10 })), 1000);
    track.accept(frame(unit(0, 121.002, 29, { heading: 10 })), 2000);
    const from = (track.legs[2] ?? 0) / 65536;
    expect(Math.min(from, 1 - from)).toBeLessThan(0.001);
  });

  it('counts the age on while no frame comes', () => {
    const track = new UnitTrack();
    track.accept(frame(unit(0, 121, 29, { age: 4 })), 1000);
    expect(track.shown(0, 6000).age).toBeCloseTo(9, 6);
  });

  it('refuses what is not a frame and keeps what it had', () => {
    const track = new UnitTrack();
    track.accept(frame(unit(0, 121, 29)), 0);
    expect(() => track.accept(new Uint8Array(20), 10)).toThrow(RangeError);
    expect(track.count).toBe(1);
    expect(track.revision).toBe(1);
  });

  it('takes 50,000 units and allocates no more once it has grown', () => {
    const track = new UnitTrack();
    const many = (shift: number) =>
      encodeUnits(
        Array.from({ length: 50_000 }, (_, i) => unit(i, 121 + i * 1e-6 + shift, 29)),
        50_000,
        1,
        false,
      );
    track.accept(many(0), 0);
    const first = track.legs;
    track.accept(many(1e-5), 1000);
    track.accept(many(2e-5), 2000);
    expect(track.legs.buffer).toBe(first.buffer);
    expect(track.legs.length).toBeGreaterThanOrEqual(50_000 * LEG_INTS);
  });

  it('is drawn at once only for what looks another way; what drives on is drawn when it is seen to move', () => {
    const track = new UnitTrack();
    const changed = (...units: UnitRecord[]) => {
      track.accept(frame(...units), 1000);
      return track.changed;
    };
    const still = unit(0, 121, 29, { age: 1 });
    expect(changed(still)).toBe(true);
    expect(changed({ ...still, age: 20 })).toBe(false);
    expect(changed({ ...still, age: 40 })).toBe(true);
    expect(changed({ ...still, age: 41 })).toBe(false);
    expect(changed({ ...still, status: 'busy', age: 41 })).toBe(true);
    expect(changed({ ...still, status: 'busy', age: 41, lon: 121.0001 })).toBe(false);
    expect(changed({ ...still, status: 'busy', age: 41, lon: 121.5 })).toBe(true);
    expect(changed()).toBe(true);
  });
});
