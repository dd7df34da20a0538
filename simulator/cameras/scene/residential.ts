import type { SKRSContext2D } from '@napi-rs/canvas';
import { block, type Facade } from '../painting/buildings.ts';
import { css, type Rgb } from '../painting/colour.ts';
import { composeStreet, type Kit, type Painting } from '../painting/compose.ts';
import { crowd } from '../painting/people.ts';
import { asphalt, box, lineAlong, pavement, slab } from '../painting/road.ts';
import type { VehicleKind, VehiclePose } from '../painting/traffic.ts';

const ROAD: Rgb = [96, 98, 102];
const GREEN: Rgb = [74, 104, 56];

/** A housing estate's street on an overcast morning after rain: parked cars, plane trees, e-bikes. */
export function residential(): Painting {
  const facades: Facade[] = [];
  for (let i = 0; i < 5; i += 1) {
    const windows = { across: 2.7, up: 3, lit: 0.1, glass: [74, 86, 98] as Rgb };
    facades.push(
      ...block(
        -1,
        -16,
        4 + i * 30,
        26 + i * 30,
        18,
        { wall: i % 2 ? [190, 172, 150] : [176, 170, 164], light: [0.8, 0.98], windows, shops: i === 1, seed: 900 + i },
        12,
      ),
    );
    facades.push(
      ...block(
        1,
        17,
        -2 + i * 30,
        20 + i * 30,
        19,
        { wall: i % 2 ? [168, 150, 138] : [196, 186, 168], light: [0.74, 0.94], windows, seed: 940 + i },
        12,
      ),
    );
  }
  return composeStreet({
    view: { at: [-2.6, -8, 6.6], yaw: 4, pitch: 14, fov: 68 },
    sky: [
      [150, 160, 172],
      [206, 208, 208],
    ],
    ambient: 0.92,
    tint: [244, 248, 255],
    wet: 0.4,
    headlights: false,
    lamps: [14, 46, 80].map((y) => ({ at: [-6.4, y] as const, height: 7, arm: 1.6, colour: [40, 40, 40] as Rgb })),
    lampStrength: 0,
    facades,
    trees: [3, 11, 19, 28, 38, 50, 64, 82].flatMap((y) => [
      { at: [-9, y] as const, height: 8.5, tint: GREEN },
      { at: [9.4, y + 4] as const, height: 8, tint: [84, 110, 60] as Rgb },
    ]),
    lanes: [
      {
        path: [
          [1.5, -14],
          [1.5, 150],
        ],
        arrivals: [2.5, 14.5],
        speed: 7,
        seed: 91,
        kinds: ['car', 'suv', 'van'],
      },
      {
        path: [
          [-1.5, 150],
          [-1.5, -14],
        ],
        arrivals: [7.5, 20.5],
        speed: 6.5,
        seed: 92,
        kinds: ['taxi', 'car', 'suv'],
      },
      {
        path: [
          [3.3, -14],
          [3.2, 120],
        ],
        arrivals: [0.5, 9.5, 17.5],
        speed: 5.2,
        seed: 93,
        kinds: ['scooter'],
      },
      {
        path: [
          [-3.3, 120],
          [-3.2, -14],
        ],
        arrivals: [5, 12.5],
        speed: 5,
        seed: 94,
        kinds: ['scooter'],
      },
    ],
    walkers: [
      ...crowd([-8, -4], [-8, 26], 5, 2, 17, 0.25),
      ...crowd([8.4, -4], [8.4, 26], 5, 2, 18, 0.25),
      ...crowd([-7.6, 22], [-7.6, 52], 4, 2, 19, 0.2),
    ],
    parked: parkedRows(),
    weather: { rain: 0.1, rainColour: [236, 240, 244], noise: 0.5, vignette: 0.6, drops: 6, seed: 33 },
    backdrop(ctx, kit) {
      const line = kit.view.project([0, 5_000, 0])?.[1] ?? 90;
      ctx.fillStyle = css([164, 172, 176]);
      for (let x = 200; x < 460; x += 34) ctx.fillRect(x, line - 20 - ((x * 7) % 26), 30, 60);
    },
    ground(ctx, kit) {
      slab(ctx, kit, -60, 60, -20, 400, [98, 112, 82]);
      asphalt(ctx, kit, -6, 6, -20, 300, ROAD, 92);
      lineAlong(ctx, kit, 0, -20, 200, [226, 226, 222], 2.5, 0.12);
      pavement(ctx, kit, -10, -6, -20, 300, [166, 158, 148], 'right');
      pavement(ctx, kit, 6, 10.5, -20, 300, [166, 158, 148], 'left');
      for (let y = -6; y < 70; y += 5.6)
        for (const x of [-5.9, 3.8]) slab(ctx, kit, x, x + 2.1, y, y + 0.1, [226, 226, 222], 0.7);
      puddles(ctx, kit);
    },
    furniture(ctx, kit) {
      hedges(ctx, kit);
    },
  });
}

function puddles(ctx: SKRSContext2D, kit: Kit): void {
  for (const [x, y, r] of [
    [-4.2, 5, 1.1],
    [2.6, 9, 1.5],
    [-1.6, 17, 1.2],
    [3.9, 24, 1.6],
  ] as const) {
    const point = kit.view.project([x, y, 0]);
    const metre = kit.view.scale([x, y, 0]);
    if (!point) continue;
    ctx.fillStyle = css([176, 186, 194], 0.26);
    ctx.beginPath();
    ctx.ellipse(point[0], point[1], metre * r, metre * r * 0.3, 0.05, 0, Math.PI * 2);
    ctx.fill();
  }
}

function hedges(ctx: SKRSContext2D, kit: Kit): void {
  for (let y = 60; y >= -6; y -= 11) {
    box(ctx, kit, -12.4, -11, y, y + 8, 0, 1, [70, 98, 54]);
    box(ctx, kit, 11.6, 13, y + 3, y + 11, 0, 1, [76, 100, 58]);
  }
}

/** Two rows at the kerbs, with gaps. */
function parkedRows(): VehiclePose[] {
  const kinds: readonly VehicleKind[] = ['car', 'suv', 'car', 'van', 'suv', 'car'];
  const poses: VehiclePose[] = [];
  for (let i = 0; i <= 10; i += 1) {
    for (const [x, turned] of [
      [-4.85, true],
      [4.85, false],
    ] as const) {
      if ((i * 5 + (turned ? 1 : 3)) % 7 === 0) continue;
      const kind = kinds[(i * 3 + (turned ? 1 : 0)) % kinds.length] ?? 'car';
      const number = 95_000 + i * 2 + (turned ? 1 : 0);
      poses.push({ kind, number, x, y: i * 5.6 - 0.2, heading: turned ? Math.PI : 0, braking: false, speed: 0 });
    }
  }
  return poses;
}
