import type { SKRSContext2D } from '@napi-rs/canvas';
import { block, type Facade, writeOn } from '../painting/buildings.ts';
import { css, type Rgb } from '../painting/colour.ts';
import { composeStreet, type Kit, type Painting } from '../painting/compose.ts';
import { asphalt, box, lineAlong } from '../painting/road.ts';

const ROAD: Rgb = [34, 37, 44];
const PAINT: Rgb = [190, 196, 200];
const FAST = ['car', 'suv', 'car', 'taxi'] as const;
const SLOW = ['truck', 'van', 'car', 'bus', 'suv'] as const;
const LED: Rgb = [236, 240, 255];

/** The elevated ring expressway at night, eight lanes at speed under a sign gantry. */
export function expressway(): Painting {
  const facades: Facade[] = [];
  for (const [i, height] of [44, 70, 36, 84, 52, 64].entries()) {
    const windows = { across: 3, up: 3.4, lit: 0.34, glass: [22, 28, 44] as Rgb };
    const look = { wall: [52, 56, 70] as Rgb, light: [0.6, 0.4] as const, windows };
    facades.push(...block(-1, -44, 30 + i * 40, 58 + i * 40, height, { ...look, seed: 800 + i }, 24));
    facades.push(
      ...block(1, 40, 20 + i * 44, 50 + i * 44, 100 - height, { ...look, wall: [60, 54, 60], seed: 840 + i }, 24),
    );
  }
  return composeStreet({
    view: { at: [1.5, -10, 8], yaw: 3, pitch: 12, fov: 60 },
    sky: [
      [10, 13, 26],
      [56, 46, 60],
    ],
    ambient: 0.36,
    tint: [224, 230, 255],
    wet: 0.6,
    headlights: true,
    lampStrength: 0.42,
    lamps: [14, 48, 82, 116, 150, 190, 240].flatMap((y) => [
      { at: [0, y] as const, height: 11, arm: 3, colour: LED },
      { at: [0, y] as const, height: 11, arm: -3, colour: LED },
    ]),
    facades,
    trees: [],
    lanes: [
      ...[2.6, 6.2, 9.8, 13.4].map((x, i) => ({
        path: [
          [x, -16],
          [x, 150],
          [x - 14, 320],
        ] as const,
        arrivals:
          [
            [0.3, 2.6, 5.9, 8.1, 11.7, 14.4, 17.2, 20.8],
            [1.2, 4.3, 7.6, 10.4, 13.9, 18.3, 22.2],
            [2.4, 6.8, 9.6, 14.8, 19.5, 22.9],
            [0.9, 8.8, 16.1, 20.2],
          ][i] ?? [],
        speed: 23 - i * 2,
        seed: 61 + i,
        kinds: i > 1 ? SLOW : FAST,
      })),
      ...[-2.6, -6.2, -9.8, -13.4].map((x, i) => ({
        path: [
          [x - 14, 320],
          [x, 150],
          [x, -16],
        ] as const,
        arrivals:
          [
            [0.8, 3.3, 6.1, 9.4, 12.2, 15.7, 18.6, 21.4],
            [0.1, 4.8, 7.3, 11.1, 15.2, 19.1, 22.6],
            [3.9, 8.4, 13.1, 17.8, 21.9],
            [2.1, 10.2, 18.1],
          ][i] ?? [],
        speed: 22 - i * 2,
        seed: 65 + i,
        kinds: i > 1 ? SLOW : FAST,
      })),
    ],
    walkers: [],
    weather: { rain: 0.3, rainColour: [214, 224, 255], noise: 1, vignette: 0.9, drops: 5, seed: 16 },
    ground(ctx, kit) {
      kit.view.fill(
        ctx,
        [
          [-400, 0, -9],
          [400, 0, -9],
          [400, 900, -9],
          [-400, 900, -9],
        ],
        css([18, 20, 26]),
      );
      asphalt(ctx, kit, -16.5, 16.5, -20, 150, ROAD, 66);
      kit.view.fill(
        ctx,
        [
          [-16.5, 150, 0],
          [16.5, 150, 0],
          [2, 326, 0],
          [-31, 326, 0],
        ],
        css(ROAD),
      );
      for (const x of [4.4, 8, 11.6]) for (const side of [-1, 1]) lineAlong(ctx, kit, x * side, -20, 150, PAINT, 6);
      for (const x of [-15.4, 15.4, -0.9, 0.9]) lineAlong(ctx, kit, x, -20, 150, x * x < 1 ? [214, 176, 70] : PAINT);
    },
    furniture(ctx, kit) {
      for (const x of [-16.8, 16.5]) box(ctx, kit, x, x + 0.3, -12, 150, 0, 1.1, [110, 114, 120]);
      box(ctx, kit, -0.3, 0.3, -12, 150, 0, 0.95, [116, 118, 124]);
      for (let y = 4; y < 140; y += 6)
        for (const x of [-16.4, 16.4]) kit.lights.glow(ctx, [x, y, 0.9], 0.22, [255, 170, 60], 0.8);
    },
    foreground(ctx, kit) {
      gantry(ctx, kit);
    },
    over(ctx, frame, kit) {
      if (frame % 19 < 10) kit.lights.glow(ctx, [-11, 57.5, 8.3], 1.4, [255, 170, 40], 0.7);
    },
  });
}

function gantry(ctx: SKRSContext2D, kit: Kit): void {
  const y = 58;
  box(ctx, kit, 16.8, 17.4, y, y + 0.6, 0, 9.4, [120, 124, 130]);
  box(ctx, kit, -17.4, -16.8, y, y + 0.6, 0, 9.4, [120, 124, 130]);
  box(ctx, kit, -17.4, 17.4, y, y + 0.5, 6.2, 6.6, [120, 124, 130]);
  const boards: readonly (readonly [number, number, string, string])[] = [
    [1.8, 6.6, '机场高速', '↑'],
    [7.6, 14.6, '滨江路 出口', '↗'],
  ];
  for (const [x0, x1, words, arrow] of boards) {
    kit.view.fill(
      ctx,
      [
        [x0, y - 0.1, 6.3],
        [x1, y - 0.1, 6.3],
        [x1, y - 0.1, 9.6],
        [x0, y - 0.1, 9.6],
      ],
      css([14, 104, 74]),
    );
    kit.view.fill(
      ctx,
      [
        [x0 + 0.15, y - 0.12, 6.45],
        [x1 - 0.15, y - 0.12, 6.45],
        [x1 - 0.15, y - 0.12, 6.55],
        [x0 + 0.15, y - 0.12, 6.55],
      ],
      css([220, 236, 228]),
    );
    writeOn(
      ctx,
      kit.view,
      [
        [x0 + 0.3, y - 0.15, 7.9],
        [x1 - 0.3, y - 0.15, 7.9],
        [x1 - 0.3, y - 0.15, 9.4],
        [x0 + 0.3, y - 0.15, 9.4],
      ],
      words,
      '#f2fff8',
    );
    writeOn(
      ctx,
      kit.view,
      [
        [(x0 + x1) / 2 - 0.8, y - 0.15, 6.6],
        [(x0 + x1) / 2 + 0.8, y - 0.15, 6.6],
        [(x0 + x1) / 2 + 0.8, y - 0.15, 7.8],
        [(x0 + x1) / 2 - 0.8, y - 0.15, 7.8],
      ],
      arrow,
      '#f2fff8',
    );
  }
  kit.view.fill(
    ctx,
    [
      [-15, y - 0.1, 6.9],
      [-4, y - 0.1, 6.9],
      [-4, y - 0.1, 9.2],
      [-15, y - 0.1, 9.2],
    ],
    css([16, 17, 20]),
  );
}
