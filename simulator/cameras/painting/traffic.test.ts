import { describe, expect, it } from 'vitest';
import { SCENE_FORMAT } from '../scenes.ts';
import { type LaneSpec, simulateLane, VEHICLE_LENGTH } from './traffic.ts';

const lane: LaneSpec = {
  path: [
    [0, 0],
    [0, 180],
  ],
  arrivals: [0.4, 4.2, 9.3, 14.1, 20.2],
  speed: 12.5,
  stop: { at: 60, red: [9, 18.5] },
  seed: 1,
  kinds: ['car', 'bus', 'taxi'],
};

describe('traffic on a lane', () => {
  const pictures = simulateLane(lane);

  it('has one set of vehicles a picture, and the last leads into the first', () => {
    expect(pictures).toHaveLength(SCENE_FORMAT.frames);
    const last = pictures.at(-1) ?? [];
    for (const vehicle of pictures[0] ?? []) {
      if (vehicle.y < 5) continue; // just come in
      const before = last.filter((each) => each.number === vehicle.number && Math.abs(vehicle.y - each.y) < 2);
      expect(before, `vehicle ${vehicle.number} at ${vehicle.y}`).toHaveLength(1);
    }
  });

  it('never drives through the one ahead, nor over the line at red', () => {
    const dt = 1 / SCENE_FORMAT.fps;
    for (const [frame, vehicles] of pictures.entries()) {
      for (const [i, vehicle] of vehicles.entries()) {
        const ahead = vehicles[i - 1];
        if (ahead)
          expect(ahead.y - vehicle.y).toBeGreaterThan((VEHICLE_LENGTH[ahead.kind] + VEHICLE_LENGTH[vehicle.kind]) / 2);
      }
      const waiting = frame * dt > 13 && frame * dt < 18.5;
      if (waiting) expect(vehicles.filter((each) => each.speed < 0.5).every((each) => each.y < 60)).toBe(true);
    }
    expect(pictures.some((vehicles) => vehicles.some((each) => each.speed < 0.5))).toBe(true);
  });
});
