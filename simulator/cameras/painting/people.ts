import type { SKRSContext2D } from '@napi-rs/canvas';
import { SCENE_FORMAT } from '../scenes.ts';
import { css, lit, type Rgb } from './colour.ts';
import { pick, seeded } from './random.ts';
import type { View } from './view.ts';

/** Someone who walks a line to its end in a whole number of rounds, or stands when the line is a point. */
export interface Walker {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  /** 0…1, where on the way at the start of the loop. */
  readonly phase: number;
  readonly umbrella: boolean;
  readonly seed: number;
}

const COATS: readonly [Rgb, ...Rgb[]] = [
  [52, 58, 72],
  [88, 40, 44],
  [40, 66, 60],
  [110, 104, 96],
  [30, 32, 38],
  [60, 50, 84],
  [150, 140, 120],
];
const UMBRELLAS: readonly [Rgb, ...Rgb[]] = [
  [34, 36, 44],
  [150, 34, 44],
  [36, 70, 130],
  [196, 168, 60],
  [70, 120, 100],
  [190, 190, 196],
  [120, 60, 130],
];

/** Walkers spread along a pavement or crossing, half of them the other way, each at its own distance from the kerb. */
export function crowd(
  from: readonly [number, number],
  to: readonly [number, number],
  count: number,
  spread: number,
  seed: number,
  umbrellas: number,
): Walker[] {
  const random = seeded(seed);
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  return Array.from({ length: count }, (_, i) => {
    const aside = (random() - 0.5) * spread;
    const [ox, oy] = [(-dy / length) * aside, (dx / length) * aside];
    const a: [number, number] = [from[0] + ox, from[1] + oy];
    const b: [number, number] = [to[0] + ox, to[1] + oy];
    const there = random() < 0.5;
    return {
      from: there ? a : b,
      to: there ? b : a,
      phase: random(),
      umbrella: random() < umbrellas,
      seed: seed * 100 + i,
    };
  });
}

/** Where a walker is in a picture. */
export function walkerAt(walker: Walker, frame: number): readonly [x: number, y: number] {
  const t = (walker.phase + frame / SCENE_FORMAT.frames) % 1;
  return [walker.from[0] + (walker.to[0] - walker.from[0]) * t, walker.from[1] + (walker.to[1] - walker.from[1]) * t];
}

/** A person of 1.7 m, legs in step with the way made; comes and goes softly at the ends of the way. */
export function drawWalker(
  ctx: SKRSContext2D,
  view: View,
  walker: Walker,
  frame: number,
  light: number,
  wet: number,
): void {
  const t = (walker.phase + frame / SCENE_FORMAT.frames) % 1;
  const walks = walker.from[0] !== walker.to[0] || walker.from[1] !== walker.to[1];
  ctx.globalAlpha = walks ? Math.min(1, t / 0.035, (1 - t) / 0.035) : 1;
  drawFigure(ctx, view, walker, frame, light, wet);
  ctx.globalAlpha = 1;
}

function drawFigure(ctx: SKRSContext2D, view: View, walker: Walker, frame: number, light: number, wet: number): void {
  const [x, y] = walkerAt(walker, frame);
  if (view.depth([x, y, 0]) < 2.5) return;
  const foot = view.project([x, y, 0]);
  const top = view.project([x, y, 1.72]);
  if (!foot || !top) return;
  const metre = (foot[1] - top[1]) / 1.72;
  if (metre < 2) return;
  const random = seeded(walker.seed * 13 + 5);
  const coat = lit(pick(random, COATS), light);
  const trousers = lit([34, 36, 42], light);
  const skin = lit([206, 168, 142], light);
  const cover = lit(pick(random, UMBRELLAS), light * 1.15);
  const way = Math.hypot(walker.to[0] - walker.from[0], walker.to[1] - walker.from[1]);
  const travelled = ((walker.phase + frame / SCENE_FORMAT.frames) % 1) * way;
  const stride = way > 0.5 ? Math.sin(travelled * 4.4) : 0.15;
  const px = foot[0];
  const up = (metres: number) => foot[1] - metres * metre;

  // What the wet ground gives back, then the shadow at the feet.
  if (wet > 0) {
    ctx.fillStyle = css(coat, 0.16 * wet);
    ctx.beginPath();
    ctx.ellipse(px, foot[1] + metre * 0.8, metre * 0.24, metre * 0.8, 0, 0, Math.PI * 2);
    ctx.fill();
  }
  ctx.fillStyle = 'rgba(0,0,0,0.4)';
  ctx.beginPath();
  ctx.ellipse(px, foot[1], metre * 0.34, metre * 0.12, 0, 0, Math.PI * 2);
  ctx.fill();
  ctx.lineCap = 'round';
  ctx.strokeStyle = css(trousers);
  ctx.lineWidth = Math.max(1, metre * 0.17);
  for (const side of [-1, 1]) {
    ctx.beginPath();
    ctx.moveTo(px + side * metre * 0.06, up(0.85));
    ctx.lineTo(px + side * metre * (0.07 + stride * 0.14), up(Math.max(0, side * stride * 0.08)));
    ctx.stroke();
  }
  ctx.fillStyle = css(coat);
  ctx.beginPath();
  ctx.moveTo(px - metre * 0.23, up(1.42));
  ctx.quadraticCurveTo(px, up(1.56), px + metre * 0.23, up(1.42));
  ctx.lineTo(px + metre * 0.25, up(0.72));
  ctx.lineTo(px - metre * 0.25, up(0.72));
  ctx.fill();
  ctx.fillStyle = css(skin);
  ctx.beginPath();
  ctx.arc(px, up(1.6), metre * 0.13, 0, Math.PI * 2);
  ctx.fill();
  ctx.fillStyle = css(lit([22, 18, 16], light));
  ctx.beginPath();
  ctx.arc(px, up(1.64), metre * 0.13, Math.PI, 0);
  ctx.fill();
  if (!walker.umbrella) return;
  // From above an umbrella is a dome that hides the head.
  const centre = up(1.82);
  ctx.fillStyle = css(cover);
  ctx.beginPath();
  ctx.ellipse(px, centre, metre * 0.58, metre * 0.34, 0, Math.PI, 0);
  ctx.ellipse(px, centre, metre * 0.58, metre * 0.15, 0, 0, Math.PI);
  ctx.fill();
  ctx.strokeStyle = css(lit(cover, 0.6), 0.8);
  ctx.lineWidth = Math.max(0.5, metre * 0.03);
  for (const rib of [-0.36, 0, 0.36]) {
    ctx.beginPath();
    ctx.moveTo(px, centre - metre * 0.33);
    ctx.quadraticCurveTo(px + rib * metre, centre - metre * 0.22, px + rib * metre * 1.25, centre + metre * 0.13);
    ctx.stroke();
  }
}
