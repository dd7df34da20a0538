import type { SKRSContext2D } from '@napi-rs/canvas';
import { writeOn } from '../painting/buildings.ts';
import { css, lit, type Rgb } from '../painting/colour.ts';
import { composeStreet, type Kit, type Painting } from '../painting/compose.ts';
import { drawWalker } from '../painting/people.ts';
import { between, seeded } from '../painting/random.ts';
import { box, slab } from '../painting/road.ts';
import type { VehiclePose } from '../painting/traffic.ts';
import { drawVehicle, placer } from '../painting/vehicles.ts';
import type { Vec3 } from '../painting/view.ts';
import { SCENE_FORMAT } from '../scenes.ts';

const ROAD: Rgb = [50, 52, 56];
const CONCRETE: Rgb = [116, 114, 108];
const WATER: Rgb = [92, 86, 70];
const SODIUM: Rgb = [255, 190, 110];
const TUBE: Rgb = [226, 238, 255];
/** The road goes down from y 0 to the dip, lies level, and comes up again behind the railway bridge. */
const DIP = { from: 11, to: 40, depth: 2.4 } as const;
const HALF = 8;
const BRIDGE = { from: 25, to: 36, under: 4.7, top: 6.6 } as const;
const LOW_WATER = 0.1;
const HIGH_WATER = 0.92;

const STALLED: readonly VehiclePose[] = [
  { kind: 'taxi', number: 41_002, x: -3.4, y: 21.5, heading: Math.PI - 0.12, braking: false, speed: 0 },
  { kind: 'car', number: 41_001, x: 2.1, y: 15.2, heading: 0.2, braking: false, speed: 0 },
];

/** Depth of the water in the dip, metres, in a picture of the loop: one uncut rise to a car's doors, then anew. */
export function waterLevel(frame: number): number {
  const t = frame / (SCENE_FORMAT.frames - 1);
  return LOW_WATER + (HIGH_WATER - LOW_WATER) * (t * t * (3 - 2 * t) * 0.35 + t * 0.65);
}

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

function groundAt(y: number): number {
  if (y < DIP.from) return DIP.depth * Math.min(1, (DIP.from - y) / DIP.from);
  if (y > DIP.to) return DIP.depth * Math.min(1, (y - DIP.to) / 16);
  return 0;
}

function skyline(ctx: SKRSContext2D, kit: Kit): void {
  const random = seeded(8);
  const line = (kit.view.project([0, 4_000, 0])?.[1] ?? 100) + 6;
  for (let x = -20; x < kit.view.width; x += between(random, 16, 40)) {
    const [wide, high] = [between(random, 22, 50), between(random, 12, 70)];
    ctx.fillStyle = css(lit([46, 50, 62], between(random, 0.7, 1)));
    ctx.fillRect(x, line - high, wide, high + 40);
    for (let wy = line - high + 4; wy < line; wy += 5) {
      for (let wx = x + 3; wx < x + wide - 3; wx += 5) {
        if (random() > 0.24) continue;
        ctx.fillStyle = css([255, 220, 156], between(random, 0.3, 0.8));
        ctx.fillRect(wx, wy, 2, 2.4);
      }
    }
  }
}

function road(ctx: SKRSContext2D, kit: Kit): void {
  const random = seeded(31);
  for (let y = 70; y > -14; y -= 0.5) {
    const [z0, z1] = [groundAt(y), groundAt(y + 0.5)];
    const level = between(random, 0.92, 1.06) * (y > BRIDGE.from && y < BRIDGE.to ? 0.55 : 1);
    kit.view.fill(
      ctx,
      [
        [-HALF, y, z0],
        [HALF, y, z0],
        [HALF, y + 0.52, z1],
        [-HALF, y + 0.52, z1],
      ],
      css(lit(ROAD, level)),
    );
    const stripe = (x: number, wide: number, colour: Rgb) =>
      kit.view.fill(
        ctx,
        [
          [x, y, z0 + 0.01],
          [x + wide, y, z0 + 0.01],
          [x + wide, y + 0.52, z1 + 0.01],
          [x, y + 0.52, z1 + 0.01],
        ],
        css(lit(colour, level), 0.8),
      );
    for (const x of [-0.25, 0.12]) stripe(x, 0.14, [206, 168, 66]);
    if (Math.floor((y + 30) / 3) % 2 === 0) for (const x of [-4, 4]) stripe(x, 0.15, [200, 204, 206]);
    for (const x of [-7.4, 7.25]) stripe(x, 0.15, [200, 204, 206]);
    if (random() < 0.5) stripe(between(random, -7, 6), between(random, 0.4, 2), lit(ROAD, random() < 0.5 ? 1.35 : 0.6));
  }
}

function walls(ctx: SKRSContext2D, kit: Kit): void {
  for (const x of [-HALF, HALF]) {
    for (let y = 58; y > -12; y -= 1.5) {
      const shade = (y > BRIDGE.from && y < BRIDGE.to ? 0.5 : 0.72) * (0.94 + ((Math.round(y * 2) * 7) % 5) * 0.025);
      kit.view.fill(
        ctx,
        [
          [x, y, groundAt(y)],
          [x, y + 1.47, groundAt(y + 1.5)],
          [x, y + 1.47, DIP.depth + 0.9],
          [x, y, DIP.depth + 0.9],
        ],
        css(lit(CONCRETE, shade)),
      );
    }
    // Old tide marks, damp from below.
    kit.view.fill(
      ctx,
      [
        [x, DIP.from, 0],
        [x, DIP.to, 0],
        [x, DIP.to, 1.25],
        [x, DIP.from - 4, 1.25],
      ],
      'rgba(34,32,24,0.34)',
    );
    kit.view.fill(
      ctx,
      [
        [x, -12, DIP.depth + 0.9],
        [x, 58, DIP.depth + 0.9],
        [x, 58, DIP.depth + 1.08],
        [x, -12, DIP.depth + 1.08],
      ],
      css(lit(CONCRETE, 1.05)),
    );
  }
}

function railwayBridge(ctx: SKRSContext2D, kit: Kit): void {
  const { from, to, under, top } = BRIDGE;
  // The dark below, its far opening, and the lamps on the ceiling.
  kit.view.fill(
    ctx,
    [
      [-HALF, from, under],
      [HALF, from, under],
      [HALF, to, under],
      [-HALF, to, under],
    ],
    css([34, 34, 34]),
  );
  for (const x of [-4, 4])
    for (let y = from + 1; y < to; y += 3.4) kit.lights.glow(ctx, [x, y, under - 0.15], 0.9, TUBE, 0.95);
  box(ctx, kit, -0.5, 0.5, from + 1, from + 1.9, 0, under, lit(CONCRETE, 0.7));
  box(ctx, kit, -26, 26, from, to, under, top, lit(CONCRETE, 0.86));
  for (let x = -25; x < 26; x += 3)
    kit.view.fill(
      ctx,
      [
        [x, from - 0.02, under],
        [x + 0.12, from - 0.02, under],
        [x + 0.12, from - 0.02, top],
        [x, from - 0.02, top],
      ],
      css(lit(CONCRETE, 0.55)),
    );
  for (let x = -7.5; x < 7.6; x += 1) {
    const colour: Rgb = Math.round(x + 8) % 2 === 0 ? [206, 168, 40] : [28, 28, 28];
    kit.view.fill(
      ctx,
      [
        [x, from - 0.04, under],
        [x + 1, from - 0.04, under],
        [x + 1, from - 0.04, under + 0.4],
        [x, from - 0.04, under + 0.4],
      ],
      css(lit(colour, 0.85)),
    );
  }
  for (let x = -25; x < 26; x += 1.6)
    kit.view.fill(
      ctx,
      [
        [x, from, top],
        [x + 0.1, from, top],
        [x + 0.1, from, top + 1.1],
        [x, from, top + 1.1],
      ],
      css([94, 98, 102]),
    );
  kit.view.fill(
    ctx,
    [
      [-26, from, top + 1],
      [26, from, top + 1],
      [26, from, top + 1.12],
      [-26, from, top + 1.12],
    ],
    css([104, 108, 112]),
  );
  kit.view.fill(
    ctx,
    [
      [-6.4, from - 0.06, 5.3],
      [-1.2, from - 0.06, 5.3],
      [-1.2, from - 0.06, 6.4],
      [-6.4, from - 0.06, 6.4],
    ],
    css([16, 14, 14]),
  );
  writeOn(
    ctx,
    kit.view,
    [
      [-6.3, from - 0.08, 5.4],
      [-1.3, from - 0.08, 5.4],
      [-1.3, from - 0.08, 6.35],
      [-6.3, from - 0.08, 6.35],
    ],
    '积水危险 禁止通行',
    '#ff4a2a',
  );
  kit.lights.glow(ctx, [-3.8, from - 0.1, 5.85], 4, [255, 60, 30], 0.24);
  kit.view.fill(
    ctx,
    [
      [2, from - 0.06, 5.3],
      [6, from - 0.06, 5.3],
      [6, from - 0.06, 6.3],
      [2, from - 0.06, 6.3],
    ],
    css([224, 226, 228]),
  );
  writeOn(
    ctx,
    kit.view,
    [
      [2.1, from - 0.08, 5.35],
      [5.9, from - 0.08, 5.35],
      [5.9, from - 0.08, 6.25],
      [2.1, from - 0.08, 6.25],
    ],
    '限高 4.5m',
    '#b01818',
  );
}

/** Painted on a board that faces the camera: a mark every ten centimetres, a figure every half metre. */
function gauge(ctx: SKRSContext2D, kit: Kit): void {
  const [x0, x1, y] = [5.9, 7.1, 17.4];
  box(ctx, kit, x0 - 0.1, x1 + 0.1, y, y + 0.5, 0, 2.7, lit(CONCRETE, 0.8));
  const face = (a: number, b: number, z0: number, z1: number): Vec3[] => [
    [a, y - 0.02, z0],
    [b, y - 0.02, z0],
    [b, y - 0.02, z1],
    [a, y - 0.02, z1],
  ];
  kit.view.fill(ctx, face(x0, x1, 0, 2.6), css([226, 228, 226]));
  for (let step = 0; step < 26; step += 1) {
    const z = step * 0.1;
    const long = step % 5 === 0 ? 0.55 : 0.3;
    kit.view.fill(ctx, face(x0, x0 + long, z, z + 0.05), css(step >= 5 ? [196, 26, 24] : [28, 60, 150]));
    if (step % 5 === 0 && step > 0)
      writeOn(
        ctx,
        kit.view,
        face(x0 + 0.5, x1 - 0.02, z - 0.17, z + 0.22),
        (step / 10).toFixed(1),
        step >= 5 ? '#c01a18' : '#1c3c96',
      );
  }
}

function water(ctx: SKRSContext2D, frame: number, kit: Kit): void {
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
function stalledCar(ctx: SKRSContext2D, frame: number, kit: Kit, pose: VehiclePose): void {
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

function barrier(ctx: SKRSContext2D, kit: Kit): void {
  const y = 1.2;
  const z = groundAt(y);
  for (let x = -6; x < 6; x += 0.8) {
    const colour: Rgb = Math.round(x / 0.8) % 2 === 0 ? [214, 44, 34] : [232, 232, 228];
    for (const up of [0.55, 0.95])
      kit.view.fill(
        ctx,
        [
          [x, y, z + up],
          [x + 0.8, y, z + up],
          [x + 0.8, y, z + up + 0.22],
          [x, y, z + up + 0.22],
        ],
        css(lit(colour, 0.86)),
      );
  }
  for (let x = -6; x <= 6; x += 3)
    kit.view.fill(
      ctx,
      [
        [x, y, z],
        [x + 0.12, y, z],
        [x + 0.12, y, z + 1.2],
        [x, y, z + 1.2],
      ],
      css([120, 122, 124]),
    );
}
