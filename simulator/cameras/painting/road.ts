import type { SKRSContext2D } from '@napi-rs/canvas';
import { css, lit, type Rgb } from './colour.ts';
import type { Kit } from './compose.ts';
import { between, seeded } from './random.ts';
import type { Vec3 } from './view.ts';

/** A flat rectangle on the ground, or `z` above it. */
export function slab(
  ctx: SKRSContext2D,
  kit: Kit,
  x0: number,
  x1: number,
  y0: number,
  y1: number,
  colour: Rgb,
  alpha = 1,
  z = 0,
): void {
  const corners: Vec3[] = [
    [x0, y0, z],
    [x1, y0, z],
    [x1, y1, z],
    [x0, y1, z],
  ];
  kit.view.fill(ctx, corners, css(colour, alpha));
}

/** Asphalt: patches, wheel tracks along y, wet and dry. */
export function asphalt(
  ctx: SKRSContext2D,
  kit: Kit,
  x0: number,
  x1: number,
  y0: number,
  y1: number,
  colour: Rgb,
  seed: number,
): void {
  slab(ctx, kit, x0, x1, y0, y1, colour);
  const random = seeded(seed);
  for (let i = 0; i < 260; i += 1) {
    // More patches near the camera, where they are seen.
    const y = y0 + (y1 - y0) * random() ** 2.2;
    const x = between(random, x0, x1);
    const long = between(random, 1.5, 9);
    const wide = between(random, 0.15, 1.3);
    const light = random() < 0.5;
    slab(
      ctx,
      kit,
      Math.max(x0, x - wide),
      Math.min(x1, x + wide),
      y,
      Math.min(y1, y + long),
      light ? lit(colour, 1.5) : lit(colour, 0.5),
      between(random, 0.03, 0.14),
    );
  }
}

/** A line along y; `dash` metres painted and as many again left out, none: unbroken. */
export function lineAlong(
  ctx: SKRSContext2D,
  kit: Kit,
  x: number,
  y0: number,
  y1: number,
  colour: Rgb,
  dash = 0,
  wide = 0.16,
): void {
  if (dash === 0) {
    slab(ctx, kit, x - wide / 2, x + wide / 2, y0, y1, colour, 0.8);
    return;
  }
  for (let y = y0; y < y1; y += dash * 2)
    slab(ctx, kit, x - wide / 2, x + wide / 2, y, Math.min(y1, y + dash), colour, 0.8);
}

/** A zebra crossing over the road from x0 to x1. */
export function zebra(ctx: SKRSContext2D, kit: Kit, x0: number, x1: number, y0: number, y1: number, colour: Rgb): void {
  for (let x = x0 + 0.4; x < x1 - 0.4; x += 1) slab(ctx, kit, x, x + 0.5, y0, y1, colour, 0.72);
}

/** A pavement with its kerb, and the joints between its slabs. */
export function pavement(
  ctx: SKRSContext2D,
  kit: Kit,
  x0: number,
  x1: number,
  y0: number,
  y1: number,
  colour: Rgb,
  kerb: 'left' | 'right',
): void {
  slab(ctx, kit, x0, x1, y0, y1, colour, 1, 0.12);
  for (let y = y0; y < Math.min(y1, y0 + 60); y += 2) slab(ctx, kit, x0, x1, y, y + 0.06, lit(colour, 0.7), 0.6, 0.12);
  for (let x = x0; x < x1; x += 1.5)
    slab(ctx, kit, x, x + 0.05, y0, Math.min(y1, y0 + 60), lit(colour, 0.7), 0.5, 0.12);
  const edge = kerb === 'left' ? x0 : x1;
  kit.view.fill(
    ctx,
    [
      [edge, y0, 0],
      [edge, y1, 0],
      [edge, y1, 0.12],
      [edge, y0, 0.12],
    ],
    css(lit(colour, 0.6)),
  );
  slab(ctx, kit, edge - 0.15, edge + 0.15, y0, y1, lit(colour, 1.3), 0.8, 0.12);
}

/** A box on the ground, its three seen sides under one light from above. */
export function box(
  ctx: SKRSContext2D,
  kit: Kit,
  x0: number,
  x1: number,
  y0: number,
  y1: number,
  z0: number,
  z1: number,
  colour: Rgb,
): void {
  const camera = kit.view;
  const [xm, ym, zm] = [(x0 + x1) / 2, (y0 + y1) / 2, (z0 + z1) / 2];
  const walls: { readonly quad: readonly Vec3[]; readonly middle: Vec3; readonly level: number }[] = [
    {
      quad: [
        [x0, y1, z0],
        [x1, y1, z0],
        [x1, y1, z1],
        [x0, y1, z1],
      ],
      middle: [xm, y1, zm],
      level: 0.5,
    },
    {
      quad: [
        [x0, y0, z0],
        [x0, y1, z0],
        [x0, y1, z1],
        [x0, y0, z1],
      ],
      middle: [x0, ym, zm],
      level: 0.55,
    },
    {
      quad: [
        [x1, y0, z0],
        [x1, y1, z0],
        [x1, y1, z1],
        [x1, y0, z1],
      ],
      middle: [x1, ym, zm],
      level: 0.62,
    },
    {
      quad: [
        [x0, y0, z1],
        [x1, y0, z1],
        [x1, y1, z1],
        [x0, y1, z1],
      ],
      middle: [xm, ym, z1],
      level: 1,
    },
    {
      quad: [
        [x0, y0, z0],
        [x1, y0, z0],
        [x1, y0, z1],
        [x0, y0, z1],
      ],
      middle: [xm, y0, zm],
      level: 0.78,
    },
  ];
  for (const { quad, level } of walls.sort((a, b) => camera.depth(b.middle) - camera.depth(a.middle))) {
    camera.fill(ctx, quad, css(lit(colour, level)));
  }
}
