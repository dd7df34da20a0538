import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeUnits, encodeUnits, type UnitRecord } from './units.ts';

const unit: UnitRecord = { index: 7, lon: 121.92, lat: -29.17, heading: 90, status: 'enroute', age: 3 };

test('a units payload comes back as it went, and says whether it is of all', () => {
  for (const whole of [true, false]) {
    const frame = decodeUnits(encodeUnits([unit], 1, 1000, whole));
    expect(frame).toMatchObject({ count: 1, newestAt: 1000, whole });
    expect(frame.at(0)).toEqual(unit);
  }
  expect(decodeUnits(encodeUnits([], 0, 0, false)).count).toBe(0);
});

test('whatever bytes come are read as a payload or refused by a RangeError', () => {
  const made = encodeUnits([unit, unit], 2, 1000);
  const cut = fc.integer({ min: 0, max: made.length }).map((n) => made.subarray(0, n));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), cut), (bytes) => {
      try {
        const frame = decodeUnits(bytes);
        for (let i = 0; i < frame.count; i++) frame.at(i);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
  );
});
