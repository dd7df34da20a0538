import type { SKRSContext2D } from '@napi-rs/canvas';
import { css, lit, type Rgb } from '../painting/colour.ts';
import type { Kit } from '../painting/compose.ts';
import { between, seeded } from '../painting/random.ts';
import type { VehiclePose } from '../painting/traffic.ts';
import { drawVehicle, placer } from '../painting/vehicles.ts';
import type { Vec3 } from '../painting/view.ts';
import { SCENE_FORMAT } from '../scenes.ts';
import { BRIDGE, CONCRETE, DIP, gauge, HALF, TUBE } from './underpassSite.ts';

const WATER: Rgb = [92, 86, 70];
const SODIUM: Rgb = [255, 190, 110];
const LOW_WATER = 0.1;
const HIGH_WATER = 0.92;

/** Depth of the water in the dip, metres, in a picture of the loop: one uncut rise to a car's doors, then anew. */
export function waterLevel(frame: number): number {
  const t = frame / (SCENE_FORMAT.frames - 1);
  return LOW_WATER + (HIGH_WATER - LOW_WATER) * (t * t * (3 - 2 * t) * 0.35 + t * 0.65);
}
/** The surface, what it mirrors, and the rain in it. */
export function water(ctx: SKRSContext2D, frame: number, kit: Kit): void {
  const level = waterLevel(frame);
  const near = DIP.from * (1 - level / DIP.depth);
  const far = DIP.to + 16 * (level / DIP.depth);
  const surface: Vec3[] = [
    [-HALF, near, level],
    [HALF, near, level],
    [HALF, far, level],
    [-HALF, far, level],
  ];
  kit.view.fill(ctx, surface, css(WATER, 0.9));
  ctx.save();
  ctx.beginPath();
  kit.view.outline(ctx, surface);
  ctx.clip();
  // The board stands in the water: its lower part must be gone, its upper part back on top.
  mirrorLight(ctx, frame, kit, level);
  ripples(ctx, frame, kit, level, near, far);
  ctx.restore();
  board(ctx, kit, level);
  // The edge of the water on the road, where it laps.
  const lap = Math.sin((frame / 300) * Math.PI * 2 * 9) * 0.08;
  kit.view.fill(
    ctx,
    [
      [-HALF, near + lap, level + 0.01],
      [HALF, near - lap, level + 0.01],
      [HALF, near + 0.14 - lap, level + 0.01],
      [-HALF, near + 0.14 + lap, level + 0.01],
    ],
    css([176, 168, 146], 0.4),
  );
}

/** The gauge above the water line, drawn again over the surface behind it. */
function board(ctx: SKRSContext2D, kit: Kit, level: number): void {
  const corners = [
    [5.7, 17.3, level],
    [7.3, 17.3, level],
    [7.3, 17.3, 2.8],
    [5.7, 17.3, 2.8],
  ].map(([x = 0, y = 0, z = 0]) => kit.view.project([x, y, z]));
  const [a, b, c, d] = corners;
  if (!a || !b || !c || !d) return;
  ctx.save();
  ctx.beginPath();
  ctx.moveTo(a[0], a[1]);
  for (const [x, y] of [b, c, d]) ctx.lineTo(x, y);
  ctx.clip();
  gauge(ctx, kit);
  ctx.restore();
}

function mirrorLight(ctx: SKRSContext2D, frame: number, kit: Kit, level: number): void {
  const { view } = kit;
  const reflect = (x: number, y: number, z: number): Vec3 => [x, y, 2 * level - z];
  view.fill(
    ctx,
    [
      reflect(-26, BRIDGE.from, BRIDGE.under),
      reflect(26, BRIDGE.from, BRIDGE.under),
      reflect(26, BRIDGE.from, BRIDGE.top),
      reflect(-26, BRIDGE.from, BRIDGE.top),
    ],
    css(lit(CONCRETE, 0.6), 0.42),
  );
  const shake = (seed: number) => Math.sin((frame / 300) * Math.PI * 2 * (11 + seed)) * 0.12;
  for (const x of [-4, 4]) {
    for (let i = 0; i < 5; i += 1) kit.lights.smear(ctx, [x + shake(i), 17 + i * 4, 4.2], 0.9, TUBE, 0.3);
  }
  kit.lights.smear(ctx, [-3.8 + shake(7), 21, 4.6], 3.4, [255, 60, 34], 0.34);
  kit.lights.smear(ctx, [6.2 + shake(3), 14, 7], 1.6, SODIUM, 0.4);
  kit.lights.smear(ctx, [-6.2 + shake(5), 9, 7], 1.6, SODIUM, 0.34);
}

/** Rings of rain and long swells; every ring begins and ends within the loop. */
function ripples(ctx: SKRSContext2D, frame: number, kit: Kit, level: number, near: number, far: number): void {
  const { frames } = SCENE_FORMAT;
  for (let i = 0; i < 150; i += 1) {
    const random = seeded(i + 900);
    const life = 9 + Math.floor(random() * 6);
    const age = (frame + Math.floor(random() * frames)) % life;
    const spot = seeded(i * 131 + Math.floor((frame + i * 7) / life));
    const x = between(spot, -HALF, HALF);
    const y = near + (Math.min(far, 44) - near) * spot() ** 1.7;
    const at: Vec3 = [x, y, level];
    const point = kit.view.project(at);
    if (!point) continue;
    const radius = kit.view.scale(at) * (0.06 + age * 0.035);
    ctx.strokeStyle = css([206, 206, 196], 0.34 * (1 - age / life));
    ctx.lineWidth = 0.8;
    ctx.beginPath();
    ctx.ellipse(point[0], point[1], radius, radius * 0.36, 0, 0, Math.PI * 2);
    ctx.stroke();
  }
  for (let i = 0; i < 26; i += 1) {
    const y = near + 1 + ((i * 1.31 + (frame / frames) * 1.31 * 6) % 32);
    const sway = Math.sin(i * 2.4 + (frame / frames) * Math.PI * 2 * 5) * 2;
    kit.view.fill(
      ctx,
      [
        [-6 + sway + (i % 5), y, level],
        [2 + sway + (i % 7), y + 0.05, level],
        [-2 + sway, y + 0.16, level],
      ],
      css([150, 148, 132], 0.16),
    );
  }
}

/** The part of a car above the water, its waterline, and what the water gives back of it. */
export function stalledCar(ctx: SKRSContext2D, frame: number, kit: Kit, pose: VehiclePose): void {
  const level = waterLevel(frame);
  const place = placer(pose);
  const at = (x: number, y: number, z: number) => {
    const [px, py, pz] = place([x, y, z]);
    return kit.view.project([px, py, pz]);
  };
  const corners = [at(-0.98, -2.4, level), at(0.98, -2.4, level), at(0.98, 2.4, level), at(-0.98, 2.4, level)].filter(
    (point) => point !== undefined,
  );
  const hull = lowerHull(corners);
  const [first, last] = [hull[0], hull.at(-1)];
  if (!first || !last) return;
  const bob = level > 0.55 ? Math.sin((frame / 300) * Math.PI * 2 * 8 + pose.x) * 0.6 : 0;
  ctx.fillStyle = 'rgba(12,12,10,0.42)';
  ctx.beginPath();
  ctx.moveTo(first[0], first[1]);
  for (const [x, y] of hull.slice(1)) ctx.lineTo(x, y);
  ctx.lineTo(last[0] - 4, last[1] + 15);
  ctx.lineTo(first[0] + 4, first[1] + 15);
  ctx.fill();
  ctx.save();
  ctx.beginPath();
  ctx.moveTo(first[0] - 4, 0);
  ctx.lineTo(first[0] - 4, first[1]);
  for (const [x, y] of hull) ctx.lineTo(x, y);
  ctx.lineTo(last[0] + 4, last[1]);
  ctx.lineTo(last[0] + 4, 0);
  ctx.clip();
  ctx.translate(0, bob);
  drawVehicle(ctx, kit.view, pose, kit.light);
  ctx.restore();
  ctx.strokeStyle = css([210, 206, 188], 0.6);
  ctx.lineWidth = 1.1;
  ctx.beginPath();
  ctx.moveTo(first[0], first[1]);
  for (const [x, y] of hull.slice(1)) ctx.lineTo(x, y);
  ctx.stroke();
  const hazard = frame % 12 < 6;
  if (!hazard) return;
  for (const [x, y] of [
    [-0.8, -2.3],
    [0.8, -2.3],
    [-0.8, 2.3],
    [0.8, 2.3],
  ] as const) {
    const lamp = place([x, y, 0.72]);
    kit.lights.glow(ctx, lamp, 0.8, [255, 150, 30], level > 0.7 ? 0.45 : 0.85);
    kit.lights.smear(ctx, [lamp[0], lamp[1], 0.5], 0.6, [255, 150, 30], 0.32);
  }
}

/** The lower rim of some points, left to right. */
function lowerHull(points: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const hull: (readonly [number, number])[] = [];
  for (const point of points.toSorted((a, b) => a[0] - b[0])) {
    for (;;) {
      const [a, b] = [hull.at(-2), hull.at(-1)];
      if (!a || !b || (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) < 0) break;
      hull.pop();
    }
    hull.push(point);
  }
  return hull;
}
