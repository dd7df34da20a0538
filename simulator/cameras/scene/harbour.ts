import type { SKRSContext2D } from '@napi-rs/canvas';
import { css, lit, type Rgb } from '../painting/colour.ts';
import { composeStreet, type Kit, type Painting } from '../painting/compose.ts';
import { between, pick, seeded } from '../painting/random.ts';
import { asphalt, box, lineAlong, slab } from '../painting/road.ts';
import type { Vec3 } from '../painting/view.ts';

const QUAY_EDGE = 9;
const FLOOD: Rgb = [255, 236, 196];
const BOXES: readonly [Rgb, ...Rgb[]] = [
  [150, 52, 40],
  [36, 82, 122],
  [44, 104, 78],
  [186, 148, 60],
  [112, 116, 122],
  [166, 92, 44],
  [70, 58, 96],
];
const CRANES = [34, 78, 128] as const;

/** A container quay at nightfall: cranes at work over a moored ship, trucks along the stacks. */
export function harbour(): Painting {
  return composeStreet({
    view: { at: [2, -8, 8], yaw: 6, pitch: 9, fov: 66 },
    sky: [
      [52, 62, 86],
      [178, 158, 148],
    ],
    ambient: 0.56,
    tint: [240, 236, 240],
    wet: 0.45,
    headlights: true,
    lampStrength: 0.4,
    lamps: [10, 50, 100].map((y) => ({ at: [-11, y] as const, height: 15, arm: 1.5, colour: FLOOD })),
    facades: [],
    trees: [],
    lanes: [
      {
        path: [
          [-1.4, 170],
          [-1.4, -14],
        ],
        arrivals: [1, 8.5, 16],
        speed: 8.5,
        seed: 81,
        kinds: ['truck'],
      },
      {
        path: [
          [2.4, -14],
          [2.4, 170],
        ],
        arrivals: [4.5, 12, 19.5],
        speed: 8,
        seed: 82,
        kinds: ['truck', 'van'],
      },
    ],
    walkers: [{ from: [5.6, 6], to: [5.6, 22], phase: 0.2, umbrella: false, seed: 5 }],
    weather: { rain: 0.12, rainColour: [226, 226, 236], noise: 0.75, vignette: 0.8, drops: 4, seed: 30 },
    backdrop(ctx, kit) {
      sea(ctx, kit);
    },
    ground(ctx, kit) {
      asphalt(ctx, kit, -90, QUAY_EDGE, -20, 500, [74, 74, 76], 90);
      kit.view.fill(
        ctx,
        [
          [QUAY_EDGE, -20, 0],
          [QUAY_EDGE, 500, 0],
          [QUAY_EDGE, 500, -3],
          [QUAY_EDGE, -20, -3],
        ],
        css([44, 44, 46]),
      );
      for (const x of [-3.2, 0.5, 4.2]) lineAlong(ctx, kit, x, -20, 300, [206, 176, 70], x === 0.5 ? 3 : 0);
      for (const x of [6.6, 7.1]) lineAlong(ctx, kit, x, -20, 400, [40, 40, 42], 0, 0.1);
      slab(ctx, kit, QUAY_EDGE - 0.6, QUAY_EDGE, -20, 500, [196, 168, 50], 0.7);
    },
    furniture(ctx, kit) {
      stacks(ctx, kit);
      ship(ctx, kit);
      for (const y of CRANES.toReversed()) crane(ctx, kit, y);
      for (let y = -2; y < 90; y += 9) box(ctx, kit, 8, 8.5, y, y + 0.5, 0, 0.7, [56, 58, 62]);
    },
    under(ctx, frame, kit) {
      waves(ctx, frame, kit);
      tug(ctx, frame, kit);
    },
    over(ctx, frame, kit) {
      for (const [i, y] of CRANES.entries()) trolley(ctx, frame, kit, y, i);
    },
  });
}

function sea(ctx: SKRSContext2D, kit: Kit): void {
  const { width, height } = kit.view;
  const line = kit.view.project([0, 60_000, 0])?.[1] ?? 90;
  const water = ctx.createLinearGradient(0, line, 0, height);
  water.addColorStop(0, css([156, 146, 144]));
  water.addColorStop(0.25, css([84, 92, 104]));
  water.addColorStop(1, css([36, 46, 58]));
  ctx.fillStyle = water;
  ctx.fillRect(0, line, width, height);
  ctx.fillStyle = css([92, 94, 108], 0.9);
  ctx.beginPath();
  ctx.moveTo(0, line + 1);
  for (let x = 0; x <= width; x += 20) ctx.lineTo(x, line - 5 - Math.abs(Math.sin(x / 70) * 9 + Math.sin(x / 31) * 4));
  ctx.lineTo(width, line + 1);
  ctx.fill();
  const random = seeded(4);
  for (let i = 0; i < 40; i += 1) {
    ctx.fillStyle = css([255, 214, 140], between(random, 0.3, 0.9));
    ctx.fillRect(random() * width, line - between(random, 0, 5), 1.4, 1.4);
  }
}

function waves(ctx: SKRSContext2D, frame: number, kit: Kit): void {
  const random = seeded(77);
  for (let i = 0; i < 150; i += 1) {
    const y = 6 + 200 * random() ** 2;
    const x = 24.5 + random() * (20 + y * 0.6);
    const turns = 2 + Math.floor(random() * 7);
    const glint = Math.sin((frame / 300) * Math.PI * 2 * turns + random() * 6.3);
    const long = between(random, 1, 4);
    if (glint < 0.1) continue;
    kit.view.fill(
      ctx,
      [
        [x, y, -3],
        [x + long, y, -3],
        [x + long * 0.6, y + 0.5, -3],
      ],
      css([208, 204, 204], glint * 0.3),
    );
  }
}

function stacks(ctx: SKRSContext2D, kit: Kit): void {
  for (let row = 7; row >= 0; row -= 1) {
    const y = 8 + row * 14;
    for (const x of [-19.5, -16.8, -14.1, -11.4, -8.7]) {
      const random = seeded(row * 31 + Math.round(x * 10));
      const high = 2 + Math.floor(random() * 3) - (x > -9 ? 1 : 0);
      for (let level = 0; level < high; level += 1) {
        const colour = lit(pick(random, BOXES), between(random, 0.6, 0.85));
        box(ctx, kit, x, x + 2.44, y, y + 12.2, level * 2.6, level * 2.6 + 2.55, colour);
        const face: Vec3[] = [];
        for (let rib = 0.3; rib < 2.3; rib += 0.42) face.push([x + rib, y - 0.02, level * 2.6 + 0.2]);
        for (const [rx, ry, rz] of face)
          kit.view.fill(
            ctx,
            [
              [rx, ry, rz],
              [rx + 0.1, ry, rz],
              [rx + 0.1, ry, rz + 2.2],
              [rx, ry, rz + 2.2],
            ],
            'rgba(0,0,0,0.25)',
          );
      }
    }
  }
}

function ship(ctx: SKRSContext2D, kit: Kit): void {
  const hull: Rgb = [44, 52, 70];
  const [x0, x1, y0, y1] = [12, 24, 24, 150];
  kit.view.fill(
    ctx,
    [
      [x0, y0, -3],
      [x0, y1, -3],
      [x0, y1, 5],
      [x0, y0, 5],
    ],
    css(lit(hull, 0.95)),
  );
  kit.view.fill(
    ctx,
    [
      [x0, y0, -3],
      [x0, y1, -3],
      [x0, y1, -1.6],
      [x0, y0, -1.6],
    ],
    css([122, 40, 34]),
  );
  kit.view.fill(
    ctx,
    [
      [x0, y0, -3],
      [x1, y0, -3],
      [x1, y0, 5],
      [x0, y0, 5],
    ],
    css(lit(hull, 0.7)),
  );
  kit.view.fill(
    ctx,
    [
      [x0, y0, 5],
      [x1, y0, 5],
      [x1, y1, 5],
      [x0, y1, 5],
    ],
    css([92, 70, 60]),
  );
  for (let row = 7; row >= 1; row -= 1) {
    const y = y0 + 6 + row * 13.5;
    for (const x of [20.5, 17.9, 15.3, 12.7]) {
      const random = seeded(row * 17 + Math.round(x * 7));
      const high = 1 + Math.floor(random() * 3);
      for (let level = 0; level < high; level += 1)
        box(
          ctx,
          kit,
          x,
          x + 2.4,
          y,
          y + 12,
          5 + level * 2.6,
          7.5 + level * 2.6,
          lit(pick(random, BOXES), between(random, 0.6, 0.9)),
        );
    }
  }
  box(ctx, kit, x0 + 0.8, x1 - 0.8, y0 + 2, y0 + 11, 5, 17, [196, 196, 192]);
  for (let deck = 0; deck < 4; deck += 1)
    for (let x = x0 + 1.6; x < x1 - 1.6; x += 1.3)
      kit.view.fill(
        ctx,
        [
          [x, y0 + 1.96, 6.2 + deck * 2.7],
          [x + 0.7, y0 + 1.96, 6.2 + deck * 2.7],
          [x + 0.7, y0 + 1.96, 7.1 + deck * 2.7],
          [x, y0 + 1.96, 7.1 + deck * 2.7],
        ],
        css((x * 10 + deck) % 3 < 1.4 ? [255, 226, 160] : [50, 58, 68]),
      );
}

function beam(ctx: SKRSContext2D, kit: Kit, a: Vec3, b: Vec3, metres: number, colour: Rgb): void {
  const [from, to] = [kit.view.project(a), kit.view.project(b)];
  if (!from || !to) return;
  ctx.strokeStyle = css(colour);
  ctx.lineWidth = Math.max(0.8, ((kit.view.scale(a) + kit.view.scale(b)) / 2) * metres);
  ctx.beginPath();
  ctx.moveTo(from[0], from[1]);
  ctx.lineTo(to[0], to[1]);
  ctx.stroke();
}

function crane(ctx: SKRSContext2D, kit: Kit, y: number): void {
  const paint: Rgb = [176, 84, 40];
  const far = lit(paint, 0.72);
  for (const dy of [8, 0]) {
    const colour = dy > 0 ? far : paint;
    for (const x of [-4, 7]) beam(ctx, kit, [x, y + dy, 0], [x, y + dy, 24], 0.8, colour);
    beam(ctx, kit, [-4, y + dy, 10], [7, y + dy, 10], 0.7, colour);
    beam(ctx, kit, [-4, y + dy, 10], [7, y + dy, 22], 0.4, colour);
    beam(ctx, kit, [1.5, y + dy, 24], [3.5, y + dy, 34], 0.5, colour);
    beam(ctx, kit, [3.5, y + dy, 34], [34, y + dy, 25], 0.22, colour);
    beam(ctx, kit, [3.5, y + dy, 34], [-12, y + dy, 25], 0.22, colour);
    beam(ctx, kit, [-12, y + dy, 24.4], [36, y + dy, 24.4], 1, colour);
  }
  kit.lights.glow(ctx, [10, y, 23.5], 2.4, FLOOD, 0.85);
  kit.lights.glow(ctx, [-2, y, 23.5], 2, FLOOD, 0.7);
  kit.lights.pool(ctx, [2, y - 2, 0], 9, 7, FLOOD, 0.26);
}

/** The trolley goes out over the ship and back, its box down and up: once round in a loop. */
function trolley(ctx: SKRSContext2D, frame: number, kit: Kit, y: number, seed: number): void {
  const t = (frame / 300 + seed * 0.37) % 1;
  const x = 8 + Math.cos(t * Math.PI * 2) * -11;
  const drop = 8 + Math.cos(t * Math.PI * 4) * 6;
  box(ctx, kit, x - 1.4, x + 1.4, y + 2, y + 6, 22.6, 23.8, [208, 208, 204]);
  for (const dx of [-1, 1]) beam(ctx, kit, [x + dx, y + 4, 22.6], [x + dx, y + 4, 23 - drop], 0.1, [30, 30, 32]);
  const colour = BOXES[seed % BOXES.length] ?? BOXES[0];
  if (t < 0.5) box(ctx, kit, x - 1.2, x + 1.2, y - 2, y + 10, 20.4 - drop, 23 - drop, lit(colour, 0.85));
  else box(ctx, kit, x - 1.2, x + 1.2, y - 2, y + 10, 22.7 - drop, 23 - drop, [216, 184, 50]);
  if (frame % 20 < 10) kit.lights.glow(ctx, [x, y + 2, 22.4], 1, [255, 170, 40], 0.8);
}

/** A tug that crosses the basin once a loop, out of the picture at both ends. */
function tug(ctx: SKRSContext2D, frame: number, kit: Kit): void {
  const t = frame / 300;
  const x = 210 - t * 190;
  const y = 210;
  const rock = Math.sin(t * Math.PI * 2 * 8) * 0.2;
  // It passes behind the moored ship, which is already painted.
  const edge = kit.view.project([24, 24, 0])?.[0] ?? 0;
  ctx.save();
  ctx.beginPath();
  ctx.rect(edge, 0, kit.view.width - edge, kit.view.height);
  ctx.clip();
  box(ctx, kit, x, x + 15, y, y + 6, -3, 0.4 + rock, [40, 44, 50]);
  box(ctx, kit, x + 3, x + 9, y + 1, y + 5, 0.4 + rock, 5 + rock, [206, 204, 196]);
  box(ctx, kit, x + 9.5, x + 11, y + 2, y + 4, 0.4, 6, [170, 60, 40]);
  kit.lights.glow(ctx, [x + 6, y, 8], 2.6, [255, 240, 210], 0.9);
  kit.view.fill(
    ctx,
    [
      [x + 15, y, -2.9],
      [x + 60, y - 5, -2.9],
      [x + 60, y + 12, -2.9],
      [x + 15, y + 6, -2.9],
    ],
    css([220, 216, 214], 0.22),
  );
  ctx.restore();
}
