import type { SKRSContext2D } from '@napi-rs/canvas';
import { writeOn } from '../painting/buildings.ts';
import { css, lit, type Rgb } from '../painting/colour.ts';
import type { Kit } from '../painting/compose.ts';
import { between, seeded } from '../painting/random.ts';
import { box } from '../painting/road.ts';
import type { Vec3 } from '../painting/view.ts';

const ROAD: Rgb = [50, 52, 56];
/** Walls and bridge. */
export const CONCRETE: Rgb = [116, 114, 108];
/** Lamps under the bridge. */
export const TUBE: Rgb = [226, 238, 255];
/** The road goes down from y 0 to the dip, lies level, and comes up again behind the railway bridge. Metres. */
export const DIP = { from: 11, to: 40, depth: 2.4 } as const;
/** Half the width of the road, metres. */
export const HALF = 8;
/** The railway bridge over the dip, metres. */
export const BRIDGE = { from: 25, to: 36, under: 4.7, top: 6.6 } as const;

/** Height of the road above the bottom of the dip, metres. */
export function groundAt(y: number): number {
  if (y < DIP.from) return DIP.depth * Math.min(1, (DIP.from - y) / DIP.from);
  if (y > DIP.to) return DIP.depth * Math.min(1, (y - DIP.to) / 16);
  return 0;
}

/** The lit town behind. */
export function skyline(ctx: SKRSContext2D, kit: Kit): void {
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

/** The road down, through and up again, with its markings. */
export function road(ctx: SKRSContext2D, kit: Kit): void {
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

/** Retaining walls with old tide marks. */
export function walls(ctx: SKRSContext2D, kit: Kit): void {
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

/** The bridge over the dip, its warning board and its clearance. */
export function railwayBridge(ctx: SKRSContext2D, kit: Kit): void {
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
export function gauge(ctx: SKRSContext2D, kit: Kit): void {
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

/** Red and white across the ramp. */
export function barrier(ctx: SKRSContext2D, kit: Kit): void {
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
