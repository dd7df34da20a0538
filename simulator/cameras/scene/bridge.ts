import type { SKRSContext2D } from '@napi-rs/canvas';
import { css, lit, type Rgb } from '../painting/colour.ts';
import { composeStreet, type Kit, type Painting } from '../painting/compose.ts';
import { crowd } from '../painting/people.ts';
import { between, seeded } from '../painting/random.ts';
import { asphalt, box, lineAlong, slab } from '../painting/road.ts';

const ROAD: Rgb = [58, 62, 72];
const PAINT: Rgb = [214, 218, 222];
const WHITE_LIGHT: Rgb = [222, 232, 255];
const DECK = 10.5;
const TOWERS = [46, 150] as const;

/** A cable-stayed bridge over the river at dusk, the far bank's lights in the water. */
export function bridge(): Painting {
  return composeStreet({
    view: { at: [6.4, -8, 8], yaw: -9, pitch: 9, fov: 64 },
    sky: [
      [36, 50, 92],
      [196, 140, 116],
    ],
    ambient: 0.58,
    tint: [222, 226, 255],
    wet: 0.55,
    headlights: true,
    lamps: [12, 40, 68, 96, 124, 160].flatMap((y) => [
      { at: [-9.6, y] as const, height: 8, arm: 1.4, colour: WHITE_LIGHT },
      { at: [9.6, y + 14] as const, height: 8, arm: -1.4, colour: WHITE_LIGHT },
    ]),
    facades: [],
    trees: [],
    lanes: [
      {
        path: [
          [2.2, -14],
          [2.2, 280],
        ],
        arrivals: [0.5, 3.6, 7.1, 11.4, 14.2, 18.6, 21.5],
        speed: 15,
        seed: 51,
        kinds: ['car', 'suv', 'taxi', 'car'],
      },
      {
        path: [
          [5.6, -14],
          [5.6, 280],
        ],
        arrivals: [2.2, 7.8, 13, 19.4],
        speed: 12,
        seed: 52,
        kinds: ['bus', 'van', 'truck', 'car'],
      },
      {
        path: [
          [-2.2, 280],
          [-2.2, -14],
        ],
        arrivals: [1.4, 4.9, 9.6, 12.4, 16.7, 20.3, 22.8],
        speed: 15,
        seed: 53,
        kinds: ['car', 'taxi', 'suv', 'car'],
      },
      {
        path: [
          [-5.6, 280],
          [-5.6, -14],
        ],
        arrivals: [0.2, 6.6, 12.1, 17.9],
        speed: 12,
        seed: 54,
        kinds: ['bus', 'car', 'van'],
      },
    ],
    walkers: crowd([9.2, 0], [9.2, 26], 3, 0.8, 15, 0.3),
    weather: { rain: 0.15, rainColour: [220, 220, 240], noise: 0.7, vignette: 0.7, drops: 3, seed: 14 },
    backdrop(ctx, kit) {
      farBank(ctx, kit);
    },
    ground(ctx, kit) {
      asphalt(ctx, kit, -DECK, DECK, -20, 420, ROAD, 44);
      for (const x of [-3.9, 3.9]) lineAlong(ctx, kit, x, -20, 260, PAINT, 4);
      for (const x of [-7.5, 7.5]) lineAlong(ctx, kit, x, -20, 400, PAINT);
      for (const x of [-0.18, 0.18]) lineAlong(ctx, kit, x, -20, 400, [224, 186, 84]);
      for (const y of [4, 60, 120]) slab(ctx, kit, -DECK, DECK, y, y + 0.3, [24, 26, 30], 0.8);
      slab(ctx, kit, 8, DECK, -20, 420, [96, 98, 102]);
      slab(ctx, kit, -DECK, -8, -20, 420, [96, 98, 102]);
    },
    furniture(ctx, kit) {
      for (const y of TOWERS.toReversed()) tower(ctx, kit, y);
      railing(ctx, kit, -DECK);
      railing(ctx, kit, DECK);
    },
    under(ctx, frame, kit) {
      glitter(ctx, frame, kit);
    },
    over(ctx, frame, kit) {
      // Aircraft warning lights on the towers, once every two seconds.
      if (frame % 25 < 9)
        for (const y of TOWERS) for (const x of [-8.4, 8.4]) kit.lights.glow(ctx, [x, y, 47], 2.4, [255, 40, 30], 0.9);
    },
  });
}

function horizon(kit: Kit): number {
  return kit.view.project([0, 40_000, 0])?.[1] ?? kit.view.height / 3;
}

function farBank(ctx: SKRSContext2D, kit: Kit): void {
  const { width, height } = kit.view;
  const line = horizon(kit) + 6;
  const water = ctx.createLinearGradient(0, line, 0, height);
  water.addColorStop(0, css([150, 122, 122]));
  water.addColorStop(0.3, css([62, 70, 98]));
  water.addColorStop(1, css([24, 32, 50]));
  ctx.fillStyle = water;
  ctx.fillRect(0, line, width, height);
  const random = seeded(21);
  for (let x = -10; x < width; ) {
    const wide = between(random, 8, 26);
    const high = between(random, 8, 46) * (0.5 + Math.abs(Math.sin(x / 90)));
    ctx.fillStyle = css(lit([54, 56, 78], between(random, 0.8, 1.15)));
    ctx.fillRect(x, line - high, wide, high);
    for (let wy = line - high + 3; wy < line - 2; wy += 4) {
      for (let wx = x + 2; wx < x + wide - 2; wx += 3.5) {
        if (random() > 0.36) continue;
        ctx.fillStyle = css([255, 222, 160], between(random, 0.4, 0.95));
        ctx.fillRect(wx, wy, 1.5, 1.8);
      }
    }
    // What the bank's lights draw into the water.
    ctx.fillStyle = css([255, 214, 150], between(random, 0.04, 0.16));
    ctx.fillRect(x + wide * 0.3, line, wide * 0.35, high * between(random, 1, 3));
    x += wide + between(random, -3, 3);
  }
}

function glitter(ctx: SKRSContext2D, frame: number, kit: Kit): void {
  const line = horizon(kit) + 6;
  const random = seeded(33);
  for (let i = 0; i < 130; i += 1) {
    const x = random() * kit.view.width;
    const deep = random() ** 1.6;
    const y = line + 3 + deep * 210;
    const turns = 3 + Math.floor(random() * 9);
    const glint = Math.sin((frame / 300) * Math.PI * 2 * turns + random() * 6.3);
    if (glint < 0.2 || onDeck(kit, x, y)) continue;
    ctx.fillStyle = css([236, 206, 178], glint * 0.34);
    ctx.fillRect(x, y, 3 + deep * 12, 0.8 + deep);
  }
}

/** Whether a pixel is on the bridge's deck, between its railings. */
function onDeck(kit: Kit, x: number, y: number): boolean {
  for (const side of [-DECK - 0.6, DECK + 0.6]) {
    const near = kit.view.project([side, 0, 1.1]);
    const far = kit.view.project([side, 300, 1.1]);
    if (!near || !far) continue;
    const t = (y - far[1]) / (near[1] - far[1]);
    const edge = far[0] + (near[0] - far[0]) * t;
    if (side < 0 ? x < edge : x > edge) return false;
  }
  return true;
}

function tower(ctx: SKRSContext2D, kit: Kit, y: number): void {
  const concrete: Rgb = [150, 152, 160];
  for (const side of [-1, 1]) {
    for (let i = 1; i <= 11; i += 1) {
      for (const reach of [-i * 4.4, i * 4.4]) {
        const [top, foot] = [
          kit.view.project([side * 8.4, y, 20 + i * 2.1]),
          kit.view.project([side * 8.8, Math.max(-6, y + reach), 1]),
        ];
        if (!top || !foot) continue;
        ctx.strokeStyle = css([226, 226, 236], 0.5);
        ctx.lineWidth = 0.9;
        ctx.beginPath();
        ctx.moveTo(top[0], top[1]);
        ctx.lineTo(foot[0], foot[1]);
        ctx.stroke();
      }
    }
    box(ctx, kit, side * 8.4 - 1, side * 8.4 + 1, y - 1.4, y + 1.4, 0, 46, lit(concrete, 0.86));
    kit.lights.glow(ctx, [side * 8.4, y - 1.6, 12], 9, [150, 180, 255], 0.22);
  }
  box(ctx, kit, -8.4, 8.4, y - 1, y + 1, 32, 34.4, lit(concrete, 0.78));
  box(ctx, kit, -8.4, 8.4, y - 1, y + 1, 13, 14.6, lit(concrete, 0.7));
}

function railing(ctx: SKRSContext2D, kit: Kit, x: number): void {
  for (const z of [0.5, 0.8, 1.1])
    kit.view.fill(
      ctx,
      [
        [x, -10, z],
        [x, 420, z],
        [x, 420, z + 0.07],
        [x, -10, z + 0.07],
      ],
      css([168, 172, 180], 0.9),
    );
  for (let y = -4; y < 120; y += 2)
    kit.view.fill(
      ctx,
      [
        [x, y, 0],
        [x, y + 0.12, 0],
        [x, y + 0.12, 1.15],
        [x, y, 1.15],
      ],
      css([140, 144, 152]),
    );
}
