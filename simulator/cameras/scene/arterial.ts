import { block, type Facade } from '../painting/buildings.ts';
import type { Rgb } from '../painting/colour.ts';
import { composeStreet, type Kit, type Painting } from '../painting/compose.ts';
import { crowd } from '../painting/people.ts';
import { asphalt, lineAlong, pavement, slab, zebra } from '../painting/road.ts';

const ROAD: Rgb = [46, 50, 58];
const PAINT: Rgb = [206, 210, 212];
const SODIUM: Rgb = [255, 206, 140];
const LANES = [3.4, 6.8, 10.2] as const;

/** A six-lane arterial at a crossing with lights, dusk and rain. */
export function arterial(): Painting {
  const facades: Facade[] = [];
  const look = { wall: [104, 108, 120] as Rgb, light: [0.62, 0.44] as const, shops: true };
  for (const [i, height] of [24, 40, 18, 58, 34, 46].entries()) {
    const from = 14 + i * 26;
    const windows = { across: 2.6 + (i % 3) * 0.5, up: 3.3, lit: 0.3 + (i % 2) * 0.14, glass: [44, 54, 72] as Rgb };
    facades.push(...block(-1, -21, from, from + 23, height, { ...look, windows, seed: 100 + i * 7 }));
    facades.push(
      ...block(1, 21, from - 6, from + 17, 62 - height * 0.7, {
        ...look,
        wall: [118, 110, 104],
        windows,
        seed: 300 + i * 7,
      }),
    );
  }
  return composeStreet({
    view: { at: [-3.5, -9, 7.4], yaw: 4, pitch: 15, fov: 66 },
    sky: [
      [44, 54, 78],
      [150, 136, 138],
    ],
    ambient: 0.5,
    tint: [226, 230, 255],
    wet: 0.85,
    headlights: true,
    lamps: [10, 36, 62, 92, 130].flatMap((y) => [
      { at: [-14, y] as const, height: 9, arm: 2.6, colour: SODIUM },
      { at: [14, y + 8] as const, height: 9, arm: -2.6, colour: SODIUM },
    ]),
    facades,
    trees: [16, 25, 34, 44, 55, 68, 84].flatMap((y) => [
      { at: [-16.4, y] as const, height: 7.5 },
      { at: [16.4, y + 3] as const, height: 7 },
    ]),
    lanes: [
      ...LANES.map((x, i) => ({
        path: [
          [x - 1.7, -16],
          [x - 1.7, 190],
        ] as const,
        arrivals:
          [
            [0.4, 4.2, 9.3, 14.1, 20.2],
            [2.1, 7.5, 12.6, 19.3],
            [1.2, 6.4, 15.2],
          ][i] ?? [],
        speed: 12.5 - i,
        stop: { at: 33, red: [9, 18.5] as const },
        seed: 11 + i,
        kinds: ['car', 'taxi', 'suv', 'car', 'van', 'bus'] as const,
      })),
      ...LANES.map((x, i) => ({
        path: [
          [-x + 1.7, 190],
          [-x + 1.7, -16],
        ] as const,
        arrivals:
          [
            [1.4, 5.8, 10.2, 17.1, 21.6],
            [0.2, 6.3, 13.4, 18.8],
            [3.5, 11.1, 19.9],
          ][i] ?? [],
        speed: 12 - i,
        stop: { at: 160, red: [9, 18.5] as const },
        seed: 31 + i,
        kinds: ['car', 'suv', 'taxi', 'car', 'bus', 'truck'] as const,
      })),
    ],
    walkers: [...crowd([-18.5, 2], [-18.5, 34], 7, 4, 5, 0.85), ...crowd([18.5, 4], [18.5, 36], 6, 4, 6, 0.85)],
    weather: { rain: 0.75, rainColour: [206, 214, 230], noise: 0.75, vignette: 0.8, drops: 9, seed: 3 },
    ground(ctx, kit) {
      asphalt(ctx, kit, -60, 60, -20, 400, [40, 43, 50], 4);
      asphalt(ctx, kit, -12.4, 12.4, -20, 400, ROAD, 5);
      asphalt(ctx, kit, -80, 80, 24, 33, ROAD, 6);
      for (const x of [-8.5 - 0.1, -5.1, 5.1, 8.6]) {
        lineAlong(ctx, kit, x, -20, 12, PAINT, 4);
        lineAlong(ctx, kit, x, 36, 240, PAINT, 4);
      }
      lineAlong(ctx, kit, -0.15, -20, 14, [214, 180, 80]);
      lineAlong(ctx, kit, 0.15, -20, 14, [214, 180, 80]);
      lineAlong(ctx, kit, -0.15, 36, 300, [214, 180, 80]);
      lineAlong(ctx, kit, 0.15, 36, 300, [214, 180, 80]);
      zebra(ctx, kit, -12, 12, 19.5, 23, PAINT);
      slab(ctx, kit, 0.4, 12, 16.7, 17.1, PAINT, 0.8);
      zebra(ctx, kit, -12, 12, 34.5, 38, PAINT);
      for (const [side, edge] of [
        [-1, 'right'],
        [1, 'left'],
      ] as const) {
        const [a, b] = side < 0 ? [-21, -12.4] : [12.4, 21];
        pavement(ctx, kit, a, b, -20, 22, [84, 84, 88], edge);
        pavement(ctx, kit, a, b, 35, 300, [84, 84, 88], edge);
      }
    },
    over(ctx, frame, kit) {
      signals(ctx, frame, kit);
    },
  });
}

/** The lights over the crossing follow the same times as the traffic. */
function signals(ctx: Parameters<Kit['lights']['glow']>[0], frame: number, kit: Kit): void {
  const t = frame / 12.5;
  const red = t >= 9 && t < 18.5;
  const amber = t >= 8 && t < 9;
  const colour: Rgb = red ? [255, 40, 30] : amber ? [255, 180, 40] : [60, 255, 150];
  for (const x of [2, 5.2, 8.6]) {
    const at = kit.view.project([x, 39, 6]);
    const scale = kit.view.scale([x, 39, 6]);
    if (!at) continue;
    ctx.fillStyle = '#0b0c0e';
    ctx.fillRect(at[0] - scale * 0.7, at[1] - scale * 0.28, scale * 1.4, scale * 0.56);
    const lamp = red ? -0.42 : amber ? 0 : 0.42;
    kit.lights.glow(ctx, [x + lamp, 39, 6], 0.9, colour, 0.95);
    kit.lights.smear(ctx, [x + lamp, 39, 6], 0.9, colour, 0.3);
  }
  const beam = [kit.view.project([13, 39.1, 6.3]), kit.view.project([1, 39.1, 6.3]), kit.view.project([13, 39.1, 0])];
  const [a, b, c] = beam;
  if (!a || !b || !c) return;
  ctx.strokeStyle = 'rgba(58,62,66,1)';
  ctx.lineWidth = 1.6;
  ctx.beginPath();
  ctx.moveTo(c[0], c[1]);
  ctx.lineTo(a[0], a[1]);
  ctx.lineTo(b[0], b[1]);
  ctx.stroke();
}
