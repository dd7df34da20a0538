import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Rgb } from '../painting/colour.ts';
import { composeStreet, type Kit, type Painting } from '../painting/compose.ts';
import { drawWalker } from '../painting/people.ts';
import { slab } from '../painting/road.ts';
import type { VehiclePose } from '../painting/traffic.ts';
import type { Vec3 } from '../painting/view.ts';
import { stalledCar, water } from './floodWater.ts';
import { barrier, DIP, gauge, groundAt, HALF, railwayBridge, road, skyline, walls } from './underpassSite.ts';

const SODIUM: Rgb = [255, 190, 110];

const STALLED: readonly VehiclePose[] = [
  { kind: 'taxi', number: 41_002, x: -3.4, y: 21.5, heading: Math.PI - 0.12, braking: false, speed: 0 },
  { kind: 'car', number: 41_001, x: 2.1, y: 15.2, heading: 0.2, braking: false, speed: 0 },
];

/** A road underpass in heavy rain: two cars stand in water that rises past the marks on the gauge. */
export function underpassFlood(): Painting {
  return composeStreet({
    view: { at: [-2.6, -7.5, 7.6], yaw: 5, pitch: 17, fov: 62 },
    sky: [
      [22, 27, 38],
      [62, 64, 74],
    ],
    ambient: 0.55,
    tint: [255, 238, 214],
    wet: 0.7,
    headlights: true,
    lamps: [
      { at: [-HALF - 1.2, 2], height: 9, arm: 2, colour: SODIUM },
      { at: [HALF + 1.2, 14], height: 9, arm: -2, colour: SODIUM },
    ],
    facades: [],
    trees: [
      { at: [-12, 16], height: 6 },
      { at: [13, 20], height: 6.5 },
      { at: [-14, 24], height: 7 },
    ],
    lanes: [],
    walkers: [],
    weather: { rain: 1, rainColour: [214, 216, 224], noise: 0.9, vignette: 0.85, drops: 16, seed: 23 },
    backdrop(ctx, kit) {
      skyline(ctx, kit);
    },
    ground(ctx, kit) {
      slab(ctx, kit, -80, -HALF, -20, 120, [40, 44, 40], 1, DIP.depth);
      slab(ctx, kit, HALF, 80, -20, 120, [40, 44, 40], 1, DIP.depth);
      road(ctx, kit);
    },
    furniture(ctx, kit) {
      walls(ctx, kit);
      railwayBridge(ctx, kit);
      gauge(ctx, kit);
    },
    under(ctx, frame, kit) {
      water(ctx, frame, kit);
      for (const pose of STALLED) stalledCar(ctx, frame, kit, pose);
      standing(ctx, frame, kit);
    },
    foreground(ctx, kit) {
      barrier(ctx, kit);
    },
    over(ctx, frame, kit) {
      if (frame % 14 < 7)
        for (const x of [-5.6, 5.4]) kit.lights.glow(ctx, [x, 1.2, groundAt(1.2) + 1.35], 1.1, [255, 60, 30], 0.95);
      else for (const x of [-2, 1.8]) kit.lights.glow(ctx, [x, 1.2, groundAt(1.2) + 1.35], 0.9, [255, 190, 40], 0.8);
    },
  });
}

/** People who watch from the dry part of the ramp. */
function standing(ctx: SKRSContext2D, frame: number, kit: Kit): void {
  for (const [i, [x, y]] of (
    [
      [-5.4, 2.6],
      [-4.6, 2.9],
      [6.2, 2.4],
    ] as const
  ).entries()) {
    const lifted = { ...kit.view, project: ([px, py, pz]: Vec3) => kit.view.project([px, py, pz + groundAt(y)]) };
    drawWalker(ctx, lifted, { from: [x, y], to: [x, y], phase: 0, umbrella: true, seed: 60 + i }, frame, 0.8, 0);
  }
}
