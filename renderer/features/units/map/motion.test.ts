import { describe, expect, it } from 'vitest';
import { encodeUnits, type UnitRecord } from '../../../../contract/units.ts';
import { metresPerPixel } from '../../../map/mercator.ts';
import { untilSeenToMove } from './motion.ts';
import { UnitTrack } from './track.ts';

const CENTRE = { lon: 121.92, lat: 29.17 };
const screen = (zoom: number) => ({ ...CENTRE, zoom, width: 1200, height: 800 });
const EVERY_MS = 2000;
const all = () => true;

function unit(lon: number, lat: number, more: Partial<UnitRecord> = {}): UnitRecord {
  return { index: 0, lon, lat, heading: 0, status: 'enroute', age: 0, ...more };
}

/** A track with units that have driven `metres` east in two seconds, from `from`. */
function driving(metres: number, from = CENTRE, turned = 0): UnitTrack {
  const track = new UnitTrack();
  const degrees = metres / (111_320 * Math.cos((from.lat * Math.PI) / 180));
  track.accept(encodeUnits([unit(from.lon, from.lat)], 1, 1, false), 0);
  track.accept(encodeUnits([unit(from.lon + degrees, from.lat, { heading: turned })], 1, 1, false), EVERY_MS);
  return track;
}

describe('a map of units', () => {
  it('is drawn again when the fastest has gone half a pixel', () => {
    const perSecond = 15 / metresPerPixel(CENTRE.lat, 16);
    expect(untilSeenToMove(driving(30), screen(16), EVERY_MS, all)).toBeCloseTo(500 / perSecond, 0);
    const far = untilSeenToMove(driving(30), screen(11), EVERY_MS, all);
    expect(far).toBeGreaterThan(1000);
  });

  it('is drawn for a sign that turns where it stands', () => {
    expect(untilSeenToMove(driving(0, CENTRE, 90), screen(16), EVERY_MS, all)).toBeLessThan(100);
  });

  it('rests when every unit stands, or none that moves is on the screen or shown', () => {
    expect(untilSeenToMove(driving(0), screen(16), EVERY_MS, all)).toBeNull();
    expect(untilSeenToMove(driving(30), screen(16), 2 * EVERY_MS + 500, all)).toBeNull();
    expect(untilSeenToMove(driving(30, { lon: 121.99, lat: 29.17 }), screen(16), EVERY_MS, all)).toBeNull();
    expect(untilSeenToMove(driving(30, { lon: 121.92, lat: 29.2 }), screen(16), EVERY_MS, all)).toBeNull();
    expect(untilSeenToMove(driving(30), screen(16), EVERY_MS, () => false)).toBeNull();
  });

  it('draws no more frames than there is movement to see: ten minutes of a clock', () => {
    /** Frames that are drawn while reports come every two seconds, of a unit that drives `metres` between two. */
    const frames = (zoom: number, metres: number) => {
      const track = driving(0);
      let [drawn, due, lon] = [0, Number.POSITIVE_INFINITY, CENTRE.lon];
      const step = metres / (111_320 * Math.cos((CENTRE.lat * Math.PI) / 180));
      const look = (now: number) => {
        const wait = untilSeenToMove(track, { ...screen(zoom), lon }, now, all);
        if (wait !== null) due = Math.min(due, now + wait);
      };
      for (let now = 2 * EVERY_MS; now < 600_000; now += 5) {
        if (now % EVERY_MS === 0) {
          lon += step;
          track.accept(encodeUnits([unit(lon, CENTRE.lat)], 1, 1, false), now);
          look(now);
        }
        if (now < due) continue;
        drawn++;
        due = Number.POSITIVE_INFINITY;
        look(now);
      }
      return drawn;
    };
    expect(frames(16, 0)).toBe(0);
    // Half a pixel a frame, however slow: 0.4 px/s over the whole city, 13 px/s in a street.
    const moved = (zoom: number) => (298 * 30) / metresPerPixel(CENTRE.lat, zoom) / 0.5;
    for (const zoom of [9, 11, 16]) {
      const drawn = frames(zoom, 30);
      expect(drawn, `at zoom ${zoom}`).toBeGreaterThan(moved(zoom) * 0.8);
      expect(drawn, `at zoom ${zoom}`).toBeLessThan(moved(zoom) * 1.2 + 10);
    }
  });
});
