import { expect, test } from 'vitest';
import { UNITS_HEADER_BYTES } from '../../contract/units.ts';
import type { UnitReport } from '../../core/units/unit.ts';
import { createPositions } from '../../main/telemetry/positions.ts';
import { createUnitFrames, UNITS_MS } from '../../main/telemetry/unitFrames.ts';
import { createFakeClock } from '../fakes/clock.ts';

const UNITS = 2000;
const MOVING = 600;

/** What an idle map window is sent of so many units in 10 s, after a while; each reports once a second. */
function tenSeconds(moving: number) {
  const clock = createFakeClock();
  const positions = createPositions(UNITS);
  const frames = createUnitFrames(UNITS, positions, Number.POSITIVE_INFINITY, clock);
  let bytes = 0;
  let largest = 0;
  let second = 0;
  const run = (seconds: number) => {
    bytes = 0;
    largest = 0;
    for (let ms = 0; ms < seconds * 1000; ms += UNITS_MS) {
      if (ms % 1000 === 0) {
        second++;
        for (let i = 0; i < UNITS; i++) {
          const lon = 121 + (i < moving ? second * 1e-4 : 0);
          const report: UnitReport = { unit: '', t: second, lon, lat: 29, heading: 0, speed: 0, status: 'available' };
          positions.take(i, report, clock.monotonic());
          frames.reported(i);
        }
      }
      clock.advanceSync(UNITS_MS);
      frames.tick();
    }
  };
  run(1);
  frames.watch({
    room: () => true,
    skipped: () => undefined,
    push(frame) {
      bytes += frame.byteLength;
      largest = Math.max(largest, frame.byteLength);
    },
  });
  run(30);
  run(10);
  return { bytes, largest };
}

test('an idle map window is sent a moving unit every two seconds, a standing one every ten, and no frame has them all', () => {
  const headers = (10_000 / UNITS_MS) * UNITS_HEADER_BYTES;
  const { bytes, largest } = tenSeconds(MOVING);
  expect(bytes).toBeLessThanOrEqual(16 * (5 * MOVING + (UNITS - MOVING)) + headers);
  expect(bytes).toBeLessThan(75_000);
  expect(largest).toBeLessThan(UNITS * 4);
  expect(tenSeconds(UNITS).bytes).toBeLessThanOrEqual(16 * 5 * UNITS + headers);
  expect(tenSeconds(0).bytes).toBeLessThanOrEqual(16 * UNITS + headers);
});
