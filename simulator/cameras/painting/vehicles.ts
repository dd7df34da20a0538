import type { SKRSContext2D } from '@napi-rs/canvas';
import { css, lit, type Rgb } from './colour.ts';
import type { Lights } from './lights.ts';
import { pick, seeded } from './random.ts';
import { VEHICLE_LENGTH, type VehiclePose } from './traffic.ts';
import { VEHICLE_BODIES, type VehicleBody } from './vehicleBodies.ts';
import type { Vec3, View } from './view.ts';

/** How vehicles are lit in a scene. */
export interface VehicleLight {
  /** What falls on a vehicle at a place, 1 is plain daylight. */
  at(x: number, y: number): number;
  /** Of that light. */
  readonly tint: Rgb;
  readonly headlights: boolean;
  /** 0…1, how much the road mirrors. */
  readonly wet: number;
}

const PAINTS: readonly [Rgb, ...Rgb[]] = [
  [212, 214, 216],
  [222, 224, 226],
  [44, 47, 52],
  [28, 30, 34],
  [128, 132, 138],
  [156, 160, 165],
  [96, 24, 28],
  [30, 48, 88],
  [70, 66, 60],
  [184, 176, 160],
];
const HEADLIGHT: Rgb = [255, 244, 220];
const TAIL: Rgb = [255, 34, 24];
const GLASS: Rgb = [24, 30, 38];
const BUS_GLASS: Rgb = [255, 226, 170];

/** The body of one vehicle, shaded by the light where it stands. */
export function drawVehicle(ctx: SKRSContext2D, view: View, pose: VehiclePose, light: VehicleLight): void {
  const body = VEHICLE_BODIES[pose.kind];
  const place = placer(pose);
  if (view.depth([pose.x, pose.y, 0]) < 3) return;
  const pixels = view.scale([pose.x, pose.y, 1]);
  if (pixels < 0.6) return;
  const level = light.at(pose.x, pose.y);
  const paint = tinted(paintOf(pose), light.tint);
  const half = body.width / 2;
  // Contact shadow.
  const length = VEHICLE_LENGTH[pose.kind] / 2;
  view.fill(
    ctx,
    [
      [-half - 0.15, -length - 0.2, 0.01],
      [half + 0.15, -length - 0.2, 0.01],
      [half + 0.15, length + 0.1, 0.01],
      [-half - 0.15, length + 0.1, 0.01],
    ].map(place),
    'rgba(3,4,6,0.62)',
  );
  const side = sideSeen(view, pose);
  drawWheels(ctx, view, body, place, side * half, pixels);
  for (const [i, a] of body.outline.entries()) {
    const b = body.outline[(i + 1) % body.outline.length];
    if (!b || i === body.outline.length - 1) continue;
    const quad = [
      place([-half, a[0], a[1]]),
      place([half, a[0], a[1]]),
      place([half, b[0], b[1]]),
      place([-half, b[0], b[1]]),
    ];
    if (!faces(view, quad)) continue;
    const up = Math.max(0, b[0] - a[0]) / Math.hypot(b[0] - a[0], b[1] - a[1]);
    const glass = body.glassEdges.includes(i) || (pose.kind === 'bus' && Math.abs(b[1] - a[1]) > 2);
    view.fill(
      ctx,
      quad,
      css(glass && pose.kind !== 'bus' ? lit(GLASS, 0.7 + level * 0.9) : lit(paint, level * (0.5 + 0.55 * up))),
    );
    if (pose.kind === 'bus' && Math.abs(b[1] - a[1]) > 2) drawBusEnd(ctx, view, place, a[0], half, level);
  }
  const wall = body.outline.map(([along, up]) => place([side * half, along, up]));
  view.fill(ctx, wall, css(lit(paint, level * 0.62)));
  if (body.sideGlass.length > 0) {
    const bright = pose.kind === 'bus' && light.headlights;
    view.fill(
      ctx,
      body.sideGlass.map(([along, up]) => place([side * (half + 0.01), along, up])),
      css(bright ? lit(BUS_GLASS, 0.62) : lit(GLASS, 0.6 + level * 0.6)),
    );
    if (pose.kind === 'bus') drawBusSide(ctx, view, place, side * (half + 0.02), level);
  }
  if (pose.kind === 'taxi')
    view.fill(
      ctx,
      [
        [-0.3, -0.3, 1.62],
        [0.3, -0.3, 1.62],
        [0.3, -0.3, 1.46],
        [-0.3, -0.3, 1.46],
      ].map(place),
      css([255, 200, 90]),
    );
  if (pose.kind === 'scooter') drawRider(ctx, view, pose, place, level);
  drawLamps(ctx, view, pose, place, half, pixels);
}

/** What a vehicle's lamps do to the picture around it: beams and streaks below, glows above. */
export function drawVehicleLight(
  ctx: SKRSContext2D,
  view: View,
  lights: Lights,
  pose: VehiclePose,
  light: VehicleLight,
  layer: 'road' | 'air',
): void {
  if (!light.headlights || view.depth([pose.x, pose.y, 0]) < 4) return;
  const place = placer(pose);
  const length = VEHICLE_LENGTH[pose.kind] / 2;
  const apart =
    pose.kind === 'scooter' ? [0] : [-VEHICLE_BODIES[pose.kind].width * 0.36, VEHICLE_BODIES[pose.kind].width * 0.36];
  const up = pose.kind === 'bus' || pose.kind === 'truck' ? 0.85 : 0.65;
  const frontSeen = endSeen(view, place, length) > 0;
  if (layer === 'road') {
    lights.pool(ctx, place([0, length + 5.5, 0]), 2.4, 5.5, [255, 236, 200], 0.2);
    for (const x of apart) {
      if (frontSeen) lights.smear(ctx, place([x, length, up]), 1.1, HEADLIGHT, 0.5 * light.wet);
      else lights.smear(ctx, place([x, -length, up]), 0.7, TAIL, (pose.braking ? 0.6 : 0.3) * light.wet);
    }
    return;
  }
  for (const x of apart) {
    if (frontSeen) {
      lights.glow(ctx, place([x, length, up]), 1.25, HEADLIGHT, 0.75);
      lights.glow(ctx, place([x, length, up]), 0.4, [255, 255, 250], 0.95);
    } else
      lights.glow(ctx, place([x, -length, up + 0.15]), pose.braking ? 0.85 : 0.45, TAIL, pose.braking ? 0.85 : 0.55);
  }
}

/** From a vehicle's own metres to the scene's. */
export function placer(pose: {
  readonly x: number;
  readonly y: number;
  readonly heading: number;
}): (local: readonly number[]) => Vec3 {
  const sin = Math.sin(pose.heading);
  const cos = Math.cos(pose.heading);
  return ([x = 0, y = 0, z = 0]) => [pose.x + x * cos + y * sin, pose.y - x * sin + y * cos, z];
}

function drawLamps(
  ctx: SKRSContext2D,
  view: View,
  pose: VehiclePose,
  place: (local: readonly number[]) => Vec3,
  half: number,
  pixels: number,
): void {
  if (pixels < 3 || pose.kind === 'scooter') return;
  const length = VEHICLE_LENGTH[pose.kind] / 2;
  const front = endSeen(view, place, length) > 0;
  const y = front ? length + 0.02 : -length - 0.06;
  const up = pose.kind === 'bus' || pose.kind === 'truck' ? 0.8 : 0.62;
  const [inner, outer] = [half * 0.55, half * 0.94];
  for (const side of [-1, 1]) {
    view.fill(
      ctx,
      [
        [side * inner, y, up],
        [side * outer, y, up],
        [side * outer, y, up + 0.17],
        [side * inner, y, up + 0.17],
      ].map(place),
      css(front ? [250, 246, 232] : pose.braking ? [255, 60, 44] : [150, 18, 16]),
    );
  }
  if (pixels > 7)
    view.fill(
      ctx,
      [
        [-0.24, y, 0.42],
        [0.24, y, 0.42],
        [0.24, y, 0.56],
        [-0.24, y, 0.56],
      ].map(place),
      css(pose.number % 5 === 0 ? [70, 150, 100] : [40, 70, 150]),
    );
}

function drawWheels(
  ctx: SKRSContext2D,
  view: View,
  body: VehicleBody,
  place: (local: readonly number[]) => Vec3,
  x: number,
  pixels: number,
): void {
  if (pixels < 3) return;
  for (const y of body.wheels) {
    const rim: Vec3[] = [];
    for (let i = 0; i < 10; i += 1) {
      const angle = (i / 10) * Math.PI * 2;
      rim.push(
        place([x, y + Math.cos(angle) * body.wheelRadius, body.wheelRadius + Math.sin(angle) * body.wheelRadius]),
      );
    }
    view.fill(ctx, rim, '#08090b');
  }
}

function drawBusSide(
  ctx: SKRSContext2D,
  view: View,
  place: (local: readonly number[]) => Vec3,
  x: number,
  level: number,
): void {
  for (let y = -5.1; y < 5.2; y += 1.45)
    view.fill(
      ctx,
      [
        [x, y, 1.35],
        [x, y + 0.14, 1.35],
        [x, y + 0.14, 2.55],
        [x, y, 2.55],
      ].map(place),
      css(lit([40, 60, 70], level)),
    );
  view.fill(
    ctx,
    [
      [x, -5.5, 0.95],
      [x, 5.5, 0.95],
      [x, 5.5, 1.18],
      [x, -5.5, 1.18],
    ].map(place),
    css(lit([240, 240, 235], level * 0.8)),
  );
}

function drawBusEnd(
  ctx: SKRSContext2D,
  view: View,
  place: (local: readonly number[]) => Vec3,
  y: number,
  half: number,
  level: number,
): void {
  const at = y + Math.sign(y) * 0.02;
  view.fill(
    ctx,
    [
      [-half * 0.9, at, 1.25],
      [half * 0.9, at, 1.25],
      [half * 0.9, at, 2.5],
      [-half * 0.9, at, 2.5],
    ].map(place),
    css(lit([58, 62, 60], 0.5 + level)),
  );
  view.fill(
    ctx,
    [
      [-half * 0.7, at, 2.62],
      [half * 0.7, at, 2.62],
      [half * 0.7, at, 2.95],
      [-half * 0.7, at, 2.95],
    ].map(place),
    css([255, 150, 40], 0.9),
  );
}

function drawRider(
  ctx: SKRSContext2D,
  view: View,
  pose: VehiclePose,
  place: (local: readonly number[]) => Vec3,
  level: number,
): void {
  const cape = pick<Rgb>(seeded(pose.number), [
    [190, 40, 60],
    [60, 90, 170],
    [200, 170, 50],
    [80, 130, 110],
  ]);
  view.fill(
    ctx,
    [
      [-0.38, -0.35, 0.7],
      [0.38, -0.35, 0.7],
      [0.3, 0, 1.45],
      [0, 0, 1.62],
      [-0.3, 0, 1.45],
    ].map(place),
    css(lit(cape, level)),
  );
  view.fill(
    ctx,
    [
      [0, -0.75, 0.6],
      [0, 0.5, 0.6],
      [0, 0.3, 1.3],
      [0, 0, 1.6],
      [0, -0.4, 1.3],
    ].map(place),
    css(lit(cape, level * 0.8)),
  );
  const head = view.project(place([0, 0.05, 1.72]));
  if (!head) return;
  ctx.beginPath();
  ctx.arc(head[0], head[1], Math.max(0.8, view.scale(place([0, 0, 1.7])) * 0.16), 0, Math.PI * 2);
  ctx.fillStyle = css(lit([230, 230, 225], level));
  ctx.fill();
}

function paintOf(pose: VehiclePose): Rgb {
  if (pose.kind === 'taxi') return pose.number % 2 === 0 ? [232, 178, 44] : [70, 158, 130];
  if (pose.kind === 'bus') return pose.number % 2 === 0 ? [44, 116, 150] : [56, 140, 92];
  if (pose.kind === 'truck') return [168, 170, 166];
  return pick(seeded(pose.number * 7 + 3), PAINTS);
}

function tinted(paint: Rgb, tint: Rgb): Rgb {
  return [(paint[0] * tint[0]) / 255, (paint[1] * tint[1]) / 255, (paint[2] * tint[2]) / 255];
}

/** Which side wall (−1 left, 1 right) the camera sees. */
function sideSeen(view: View, pose: VehiclePose): -1 | 1 {
  const wall = [
    [1, -1, 0],
    [1, 1, 0],
    [1, 1, 1],
    [1, -1, 1],
  ].map(placer(pose));
  return faces(view, wall) ? 1 : -1;
}

/** Positive when the camera sees the front. */
function endSeen(view: View, place: (local: readonly number[]) => Vec3, length: number): number {
  return faces(
    view,
    [
      [1, length, 0],
      [-1, length, 0],
      [-1, length, 1],
      [1, length, 1],
    ].map(place),
  )
    ? 1
    : -1;
}

/** A polygon that runs counter-clockwise as seen from outside shows its outside to the camera. */
function faces(view: View, polygon: readonly Vec3[]): boolean {
  const [a, b, c] = polygon.map((point) => view.project(point));
  if (!a || !b || !c) return false;
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) < 0;
}
