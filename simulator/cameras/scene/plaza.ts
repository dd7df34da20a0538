import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Facade } from '../painting/buildings.ts';
import { css, lit, mix, type Rgb } from '../painting/colour.ts';
import { composeStreet, type Kit, type Painting } from '../painting/compose.ts';
import { crowd } from '../painting/people.ts';
import { between, seeded } from '../painting/random.ts';
import { box, slab } from '../painting/road.ts';
import type { Vec3 } from '../painting/view.ts';

const WARM: Rgb = [255, 222, 170];
const FOUNTAIN = { x: 1, y: 17, radius: 4.6 } as const;

/** The civic square on a rainy evening: people under umbrellas around the fountain, the big screen over the mall. */
export function plaza(): Painting {
  const windows = { across: 3.2, up: 3.6, lit: 0.46, glass: [50, 60, 80] as Rgb };
  const facades: Facade[] = [
    {
      from: [-60, 62],
      to: [-22, 62],
      height: 26,
      wall: [110, 104, 106],
      light: [0.72, 0.5],
      windows,
      shops: true,
      seed: 501,
    },
    {
      from: [-22, 66],
      to: [26, 66],
      height: 21,
      wall: [122, 118, 122],
      light: [0.8, 0.56],
      windows,
      shops: true,
      seed: 502,
    },
    {
      from: [26, 62],
      to: [64, 62],
      height: 34,
      wall: [98, 98, 112],
      light: [0.7, 0.46],
      windows,
      shops: true,
      seed: 503,
    },
    {
      from: [-34, 10],
      to: [-34, 60],
      height: 20,
      wall: [104, 98, 100],
      light: [0.66, 0.44],
      windows,
      shops: true,
      seed: 504,
    },
    {
      from: [36, 10],
      to: [36, 60],
      height: 24,
      wall: [104, 102, 108],
      light: [0.66, 0.44],
      windows,
      shops: true,
      seed: 505,
    },
  ];
  return composeStreet({
    view: { at: [0, -9, 8], yaw: 1, pitch: 15, fov: 68 },
    sky: [
      [40, 46, 74],
      [128, 112, 126],
    ],
    ambient: 0.55,
    tint: [255, 244, 230],
    wet: 0.8,
    headlights: true,
    lampStrength: 0.4,
    lamps: (
      [
        [-13, 6],
        [14, 6],
        [-13, 26],
        [15, 26],
        [-14, 46],
        [16, 46],
      ] as const
    ).map((at) => ({ at, height: 4.6, arm: 0, colour: WARM })),
    facades,
    trees: [-22, -19, 20, 23].flatMap((x, i) =>
      [14, 26, 38, 50].map((y) => ({ at: [x, y + (i % 2) * 4] as const, height: 6.4 })),
    ),
    lanes: [],
    walkers: [
      ...crowd([-20, 3], [18, 9], 10, 7, 41, 0.8),
      ...crowd([20, 30], [-22, 27], 14, 8, 42, 0.8),
      ...crowd([-10, -4], [-8, 50], 10, 5, 43, 0.8),
      ...crowd([11, 52], [11, -3], 10, 6, 44, 0.8),
      ...crowd([-26, 44], [28, 40], 14, 8, 45, 0.75),
      ...[
        [-4.6, 12.6],
        [-3.9, 13],
        [6.6, 20.6],
        [7.2, 20.2],
        [1.2, 10.6],
      ].map(([x = 0, y = 0], i) => ({
        from: [x, y] as const,
        to: [x, y] as const,
        phase: 0,
        umbrella: i % 2 === 0,
        seed: 4600 + i,
      })),
    ],
    weather: { rain: 0.45, rainColour: [226, 226, 240], noise: 0.75, vignette: 0.8, drops: 7, seed: 51 },
    ground(ctx, kit) {
      slab(ctx, kit, -200, 200, -20, 300, [70, 70, 76]);
      const random = seeded(60);
      for (let y = -8; y < 66; y += 1.6) {
        for (let x = -34; x < 36; x += 1.6) {
          const ring = Math.hypot(x - FOUNTAIN.x, y - FOUNTAIN.y);
          const pattern = ring < 12 && Math.floor(ring / 1.8) % 2 === 0;
          slab(
            ctx,
            kit,
            x,
            x + 1.55,
            y,
            y + 1.55,
            lit(pattern ? [112, 98, 88] : [92, 92, 98], between(random, 0.88, 1.1)),
          );
        }
      }
    },
    furniture(ctx, kit) {
      for (const [x, y] of [
        [-9, 40],
        [8, 42],
        [-18, 8],
        [18, 12],
      ] as const) {
        box(ctx, kit, x - 2.4, x + 2.4, y, y + 1.4, 0, 0.6, [126, 122, 118]);
        box(ctx, kit, x - 2.1, x + 2.1, y + 0.2, y + 1.2, 0.6, 1.3, [54, 84, 50]);
      }
      basin(ctx, kit);
      kit.view.fill(
        ctx,
        [
          [-13, 65.8, 8],
          [11, 65.8, 8],
          [11, 65.8, 19.4],
          [-13, 65.8, 19.4],
        ],
        '#08090c',
      );
    },
    under(ctx, frame, kit) {
      screen(ctx, frame, kit);
      jets(ctx, frame, kit);
    },
  });
}

function basin(ctx: SKRSContext2D, kit: Kit): void {
  const ring = (radius: number, z: number): Vec3[] =>
    Array.from(
      { length: 40 },
      (_, i) =>
        [
          FOUNTAIN.x + Math.cos((i / 40) * Math.PI * 2) * radius,
          FOUNTAIN.y + Math.sin((i / 40) * Math.PI * 2) * radius,
          z,
        ] as const,
    );
  kit.view.fill(ctx, ring(FOUNTAIN.radius + 0.6, 0), css([60, 58, 60]));
  kit.view.fill(ctx, ring(FOUNTAIN.radius + 0.5, 0.5), css([150, 144, 138]));
  kit.view.fill(ctx, ring(FOUNTAIN.radius, 0.5), css([46, 84, 104]));
  kit.lights.pool(ctx, [FOUNTAIN.x, FOUNTAIN.y, 0.5], 6, 5, [120, 210, 255], 0.4);
}

/** Drops that fly and fall, each on its own short round, so that the loop has no seam. */
function jets(ctx: SKRSContext2D, frame: number, kit: Kit): void {
  const { x, y } = FOUNTAIN;
  for (let jet = 0; jet < 9; jet += 1) {
    const angle = (jet / 8) * Math.PI * 2;
    const centre = jet === 8;
    const [jx, jy] = centre ? [x, y] : [x + Math.cos(angle) * 2.9, y + Math.sin(angle) * 2.9];
    const strength = (centre ? 1.25 : 0.8) * (1 + 0.16 * Math.sin((frame / 300) * Math.PI * 2 * 4 + jet));
    for (let drop = 0; drop < (centre ? 46 : 22); drop += 1) {
      const random = seeded(jet * 100 + drop);
      const t = (frame / 15 + random()) % 1;
      const high = 0.5 + strength * 4 * t * (1 - t) * 2.4;
      const aside = (random() - 0.5) * t * 1.4;
      const point = kit.view.project([jx + aside, jy + (random() - 0.5) * t, high]);
      if (!point) continue;
      ctx.fillStyle = css(mix([210, 236, 255], [150, 210, 255], random()), 0.5 * (1 - t * 0.6));
      ctx.fillRect(point[0], point[1], 1.7, centre ? 4.2 : 3);
    }
    kit.lights.glow(ctx, [jx, jy, 0.9], 1.2, [120, 206, 255], 0.5);
  }
}

/** The big screen: slow bands of colour, as advertising seen from afar. */
function screen(ctx: SKRSContext2D, frame: number, kit: Kit): void {
  const turn = (frame / 300) * Math.PI * 2;
  for (let i = 0; i < 12; i += 1) {
    for (let j = 0; j < 6; j += 1) {
      const wave = Math.sin(turn * 2 + i * 0.55 + j * 0.8) * 0.5 + 0.5;
      const other = Math.sin(turn * 3 - i * 0.4 + j) * 0.5 + 0.5;
      const colour: Rgb = [40 + 190 * wave, 50 + 90 * other, 120 + 120 * (1 - wave)];
      const [x, z] = [-12.7 + i * 1.95, 8.3 + j * 1.82];
      kit.view.fill(
        ctx,
        [
          [x, 65.6, z],
          [x + 1.98, 65.6, z],
          [x + 1.98, 65.6, z + 1.85],
          [x, 65.6, z + 1.85],
        ],
        css(colour),
      );
    }
  }
  const mood: Rgb = [90 + 90 * (Math.sin(turn * 2) * 0.5 + 0.5), 90, 190];
  kit.lights.glow(ctx, [-1, 65, 13.5], 17, [170, 140, 220], 0.22);
  kit.lights.pool(ctx, [-1, 48, 0], 15, 12, mood[0] > 135 ? [200, 120, 200] : [120, 130, 220], 0.16);
}
