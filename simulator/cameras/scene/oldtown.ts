import type { SKRSContext2D } from '@napi-rs/canvas';
import { type Facade, writeOn } from '../painting/buildings.ts';
import { css, lit, type Rgb } from '../painting/colour.ts';
import { composeStreet, type Kit, type Painting } from '../painting/compose.ts';
import { crowd } from '../painting/people.ts';
import { between, seeded } from '../painting/random.ts';
import { slab } from '../painting/road.ts';

const STONE: Rgb = [58, 60, 64];
const WARM: Rgb = [255, 178, 96];
const LANTERN: Rgb = [255, 58, 30];
const HOUSES = 9;
const HALF = 4.2;

/** A lane of the old town at night: stone paving, tiled roofs, red lanterns, people under umbrellas. */
export function oldtown(): Painting {
  const facades: Facade[] = [];
  for (let i = 0; i < HOUSES; i += 1) {
    for (const side of [-1, 1] as const) {
      const from = -4 + i * 9.5;
      facades.push({
        from: [side * HALF, from],
        to: [side * HALF, from + 9.3],
        height: 5.4 + ((i * 7 + side) % 3) * 0.5,
        wall: i % 2 === 0 ? [92, 64, 50] : [120, 112, 104],
        light: [0.85, 0.36],
        windows: { across: 1.9, up: 2.4, lit: 0.42, glass: [40, 32, 30] },
        shops: i % 4 !== 3,
        seed: 700 + i * 3 + side,
      });
    }
  }
  return composeStreet({
    view: { at: [0.6, -7, 6.3], yaw: -1, pitch: 17, fov: 68 },
    sky: [
      [12, 15, 26],
      [34, 34, 48],
    ],
    ambient: 0.34,
    tint: [255, 226, 196],
    wet: 0.95,
    headlights: true,
    lampStrength: 0.5,
    lamps: [6, 22, 40, 60].map((y, i) => ({
      at: [i % 2 === 0 ? -3.7 : 3.7, y] as const,
      height: 4.2,
      arm: i % 2 === 0 ? 0.5 : -0.5,
      colour: WARM,
    })),
    facades,
    trees: [],
    lanes: [
      {
        path: [
          [0.9, -10],
          [1, 90],
        ],
        arrivals: [3, 15.5],
        speed: 5.2,
        seed: 71,
        kinds: ['scooter'],
      },
      {
        path: [
          [-1, 90],
          [-0.9, -10],
        ],
        arrivals: [8.5, 20],
        speed: 4.8,
        seed: 72,
        kinds: ['scooter'],
      },
    ],
    walkers: [
      ...crowd([-2.2, -8], [-2.2, 22], 9, 2.2, 7, 0.72),
      ...crowd([2.3, -8], [2.3, 22], 9, 2, 8, 0.72),
      ...crowd([-1.8, 18], [-1.8, 46], 10, 3, 9, 0.7),
      ...crowd([1.8, 20], [1.8, 48], 10, 3, 10, 0.7),
    ],
    weather: { rain: 0.5, rainColour: [255, 220, 190], noise: 0.95, vignette: 1, drops: 7, seed: 9 },
    ground(ctx, kit) {
      slab(ctx, kit, -40, 40, -20, 200, [26, 26, 28]);
      paving(ctx, kit);
    },
    furniture(ctx, kit) {
      for (const facade of facades.toReversed()) roof(ctx, kit, facade);
      hangingSigns(ctx, kit);
    },
    over(ctx, frame, kit) {
      lanterns(ctx, frame, kit);
    },
  });
}

function paving(ctx: SKRSContext2D, kit: Kit): void {
  const random = seeded(12);
  for (let y = -8; y < 90; y += 0.9) {
    for (let x = -HALF; x < HALF; x += 1.2) {
      const shift = Math.round(y / 0.9) % 2 === 0 ? 0 : 0.6;
      slab(ctx, kit, x + shift, Math.min(HALF, x + shift + 1.15), y, y + 0.85, lit(STONE, between(random, 0.78, 1.15)));
    }
  }
  slab(ctx, kit, -0.16, 0.16, -8, 90, [24, 25, 28], 0.8);
}

/** Eaves that hang over the street, tiles in rows. */
function roof(ctx: SKRSContext2D, kit: Kit, facade: Facade): void {
  const side = Math.sign(facade.from[0]);
  const [from, to] = [facade.from[1], facade.to[1]];
  const [eaves, ridge] = [side * (HALF - 0.9), side * (HALF + 2.6)];
  const z = facade.height;
  for (let i = 0; i < 6; i += 1) {
    const a = eaves + ((ridge - eaves) * i) / 6;
    const b = eaves + ((ridge - eaves) * (i + 1)) / 6;
    const za = z - 0.25 + (i / 6) * 2.2;
    const zb = z - 0.25 + ((i + 1) / 6) * 2.2;
    kit.view.fill(
      ctx,
      [
        [a, from - 0.2, za],
        [a, to + 0.2, za],
        [b, to + 0.2, zb],
        [b, from - 0.2, zb],
      ],
      css(lit([40, 44, 50], 1.1 - i * 0.09)),
    );
  }
  kit.view.fill(
    ctx,
    [
      [eaves, from - 0.2, z - 0.42],
      [eaves, to + 0.2, z - 0.42],
      [eaves, to + 0.2, z - 0.22],
      [eaves, from - 0.2, z - 0.22],
    ],
    css([86, 50, 36]),
  );
}

function hangingSigns(ctx: SKRSContext2D, kit: Kit): void {
  const words = ['茶馆', '酒', '药铺', '面', '布庄', '当铺'];
  for (const [i, word] of words.entries()) {
    const side = i % 2 === 0 ? -1 : 1;
    const y = 7 + i * 6.5;
    const [x0, x1] = side < 0 ? [-HALF, -HALF + 1] : [HALF - 1, HALF];
    kit.view.fill(
      ctx,
      [
        [x0, y, 2.7],
        [x1, y, 2.7],
        [x1, y, 4.1],
        [x0, y, 4.1],
      ],
      css(i % 3 === 0 ? [150, 30, 26] : [214, 180, 110]),
    );
    for (const [j, letter] of [...word].entries()) {
      const z = 3.45 - j * 0.66;
      writeOn(
        ctx,
        kit.view,
        [
          [x0 + 0.1, y - 0.02, z],
          [x1 - 0.1, y - 0.02, z],
          [x1 - 0.1, y - 0.02, z + 0.6],
          [x0 + 0.1, y - 0.02, z + 0.6],
        ],
        letter,
        i % 3 === 0 ? '#ffe9b0' : '#2a1408',
      );
    }
    kit.lights.glow(ctx, [(x0 + x1) / 2, y, 3.4], 1.6, WARM, 0.22);
  }
}

/** Lanterns under the eaves and on lines across the lane, swaying. */
function lanterns(ctx: SKRSContext2D, frame: number, kit: Kit): void {
  const swing = Math.sin((frame / 300) * Math.PI * 2 * 7) * 0.07;
  for (let row = 0; row < 8; row += 1) {
    const y = 3 + row * 7;
    for (const x of row % 2 === 0 ? [-3, 3] : [-2.6, -0.9, 0.9, 2.6]) {
      const z = row % 2 === 0 ? 3.9 : 5.3 - Math.cos(x) * 0.35;
      const at = [x + swing * (1 + (row % 3) * 0.4), y, z] as const;
      const point = kit.view.project(at);
      const metre = kit.view.scale(at);
      if (!point) continue;
      ctx.fillStyle = css([206, 36, 22]);
      ctx.beginPath();
      ctx.ellipse(point[0], point[1], metre * 0.27, metre * 0.23, 0, 0, Math.PI * 2);
      ctx.fill();
      kit.lights.glow(ctx, at, 0.95, LANTERN, 0.75);
      if (row % 2 === 0) kit.lights.smear(ctx, at, 0.6, LANTERN, 0.22);
    }
  }
}
