import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUnitReports, encodeUnitReports } from './unitReports.ts';

const newest = {
  t: 1_751_356_799_500,
  lon: 121.9226,
  lat: 29.1674,
  heading: 90,
  speed: 12.34,
  status: 'enroute' as const,
};

describe('what one unit reported', () => {
  it('comes back as it went', () => {
    const trail = [
      { t: 1_751_356_700_000, lon: 121.92, lat: 29.16 },
      { t: 1_751_356_710_000, lon: -0.5, lat: -1 },
    ];
    const back = decodeUnitReports(encodeUnitReports({ newest, trail }));
    expect(back.trail).toEqual(trail);
    expect(back.newest).toEqual(newest);
  });

  it('refuses what is none, or is cut short, and nothing else breaks', () => {
    const whole = encodeUnitReports({ newest, trail: [newest] });
    expect(() => decodeUnitReports(whole.subarray(0, whole.length - 1))).toThrow(RangeError);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        try {
          decodeUnitReports(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
