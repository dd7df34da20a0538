import type { SKRSContext2D } from '@napi-rs/canvas';
import { css, lit, mix, type Rgb } from './colour.ts';
import { between, pick, seeded } from './random.ts';
import type { Vec3, View } from './view.ts';

/** A wall that faces the street: its foot from one corner to the other, and its height. */
export interface Facade {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly height: number;
  readonly wall: Rgb;
  /** How bright the wall is at its foot and at its top. */
  readonly light: readonly [foot: number, top: number];
  /** Metres between windows, across and up; none when absent. */
  readonly windows?: { readonly across: number; readonly up: number; readonly lit: number; readonly glass: Rgb };
  /** Lit shop fronts along the foot. */
  readonly shops?: boolean;
  readonly seed: number;
  /** −1 draws it upside down, as wet ground mirrors it. */
  readonly mirror?: boolean;
}

const LAMPLIGHT: readonly [Rgb, ...Rgb[]] = [
  [255, 214, 150],
  [255, 232, 190],
  [214, 228, 255],
  [255, 196, 120],
  [244, 240, 226],
];
const SIGNS: readonly [Rgb, ...Rgb[]] = [
  [214, 48, 48],
  [48, 128, 220],
  [236, 168, 44],
  [60, 176, 116],
  [226, 84, 150],
  [240, 240, 236],
];
const WORDS: readonly [string, ...string[]] = [
  '便利店',
  '药房',
  '面馆',
  '银行',
  '茶',
  '水果',
  '五金',
  '书店',
  '火锅',
  '酒店',
  '通信',
  '超市',
];

/** Paints one wall with its windows, some of them lit, and its shops. */
export function drawFacade(ctx: SKRSContext2D, view: View, facade: Facade): void {
  const random = seeded(facade.seed);
  const sign = facade.mirror ? -1 : 1;
  const [ax, ay] = facade.from;
  const [bx, by] = facade.to;
  const length = Math.hypot(bx - ax, by - ay);
  const at = (t: number, z: number): Vec3 => [ax + ((bx - ax) * t) / length, ay + ((by - ay) * t) / length, z * sign];
  const rect = (t: number, z: number, wide: number, high: number): Vec3[] => [
    at(t, z),
    at(t + wide, z),
    at(t + wide, z + high),
    at(t, z + high),
  ];

  const bands = 6;
  for (let i = 0; i < bands; i += 1) {
    const level = facade.light[0] + (facade.light[1] - facade.light[0]) * ((i + 0.5) / bands);
    view.fill(
      ctx,
      rect(0, (facade.height * i) / bands, length, facade.height / bands + 0.1),
      css(lit(facade.wall, level)),
    );
  }
  const shopHeight = facade.shops ? 3.6 : 0;
  if (facade.windows) {
    const { across, up, glass } = facade.windows;
    const columns = Math.max(1, Math.floor(length / across));
    const rows = Math.max(0, Math.floor((facade.height - shopHeight - 0.8) / up));
    const step = length / columns;
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const shine = random();
        const t = column * step + step * 0.2;
        const z = shopHeight + 0.9 + row * up;
        const burning = shine < facade.windows.lit;
        const colour = burning
          ? lit(pick(random, LAMPLIGHT), between(random, 0.45, 1))
          : lit(glass, between(random, 0.6, 1.3));
        view.fill(ctx, rect(t, z, step * 0.6, up * 0.56), css(colour));
        if (burning && random() < 0.5)
          view.fill(ctx, rect(t + step * 0.3, z, step * 0.3, up * 0.56), css(lit(colour, 0.62)));
        if (!burning && random() < 0.25)
          view.fill(
            ctx,
            rect(t + step * 0.05, z - 0.35, step * 0.28, 0.42),
            css(lit([190, 190, 186], facade.light[0] * 0.7)),
          );
      }
    }
  }
  if (facade.shops) drawShops(ctx, view, facade, random, length, rect);
}

function drawShops(
  ctx: SKRSContext2D,
  view: View,
  facade: Facade,
  random: () => number,
  length: number,
  rect: (t: number, z: number, wide: number, high: number) => Vec3[],
): void {
  let t = 0.3;
  while (t < length - 2) {
    const wide = Math.min(length - t - 0.2, between(random, 3.6, 6.5));
    const open = random() < 0.82;
    const inside = lit(pick(random, LAMPLIGHT), open ? between(random, 0.7, 1) : 0.14);
    view.fill(ctx, rect(t, 0.1, wide - 0.3, 2.5), css(inside));
    for (let x = t + 1.2; x < t + wide - 0.6; x += 1.3) view.fill(ctx, rect(x, 0.1, 0.08, 2.5), 'rgba(20,22,26,0.7)');
    for (let x = t + 0.3; x < t + wide - 0.8; x += 0.7)
      view.fill(ctx, rect(x, 0.1, 0.5, between(random, 0.5, 1.5)), css(lit(mix(inside, [90, 70, 60], 0.6), 0.6)));
    const board = lit(pick(random, SIGNS), open ? 1 : 0.35);
    view.fill(ctx, rect(t, 2.65, wide - 0.25, 0.95), css(board));
    const word = pick(random, WORDS);
    if (!facade.mirror)
      writeOn(
        ctx,
        view,
        rect(t + wide * 0.14, 2.74, wide * 0.66, 0.78),
        word,
        css(board[0] + board[1] + board[2] > 560 ? [150, 24, 24] : [255, 250, 236]),
      );
    t += wide;
  }
}

/** Writes a word onto a flat quad: lower left, lower right, upper right, upper left. */
export function writeOn(ctx: SKRSContext2D, view: View, quad: readonly Vec3[], text: string, style: string): void {
  const [a, b, , d] = quad.map((point) => view.project(point));
  if (!a || !b || !d) return;
  const [wide, high] = [Math.hypot(b[0] - a[0], b[1] - a[1]), Math.hypot(d[0] - a[0], d[1] - a[1])];
  if (high < 4 || wide < 5) return;
  // Mirror writing is what one would see through the wall's back.
  const [left, right] = b[0] > a[0] ? [a, b] : [b, a];
  const upLeft = b[0] > a[0] ? d : ([d[0] + b[0] - a[0], d[1] + b[1] - a[1]] as const);
  ctx.save();
  ctx.setTransform(
    (right[0] - left[0]) / 100,
    (right[1] - left[1]) / 100,
    (left[0] - upLeft[0]) / 40,
    (left[1] - upLeft[1]) / 40,
    upLeft[0],
    upLeft[1],
  );
  ctx.fillStyle = style;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'center';
  ctx.font = 'bold 34px "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif';
  ctx.fillText(text, 50, 21, 98);
  ctx.restore();
}

/** A block: the two walls of it that a street camera between the rows can see, and its roof line. */
export function block(
  side: -1 | 1,
  x: number,
  from: number,
  to: number,
  height: number,
  look: Omit<Facade, 'from' | 'to' | 'height'>,
  deep = 14,
): Facade[] {
  const back = x + side * deep;
  return [
    {
      ...look,
      from: [back, from],
      to: [x, from],
      height,
      light: [look.light[0] * 0.75, look.light[1] * 0.75],
      shops: false,
      seed: look.seed + 1,
    },
    { ...look, from: [x, from], to: [x, to], height },
  ];
}

/** A street tree: trunk, and a crown of many leaves, lighter where lamplight or sky falls on it. */
export function drawTree(
  ctx: SKRSContext2D,
  view: View,
  at: readonly [number, number],
  height: number,
  light: number,
  seed: number,
  tint: Rgb = [46, 66, 40],
): void {
  const random = seeded(seed);
  const metre = view.scale([at[0], at[1], height / 2]);
  const foot = view.project([at[0], at[1], 0]);
  const crown = view.project([at[0], at[1], height * 0.7]);
  if (!foot || !crown || metre < 1.2) return;
  ctx.strokeStyle = css(lit([70, 58, 48], light));
  ctx.lineWidth = Math.max(1, metre * 0.26);
  ctx.beginPath();
  ctx.moveTo(foot[0], foot[1]);
  ctx.lineTo(crown[0], crown[1]);
  ctx.stroke();
  const leaves = Math.min(420, Math.max(60, Math.round(metre * 14)));
  for (let i = 0; i < leaves; i += 1) {
    const angle = random() * Math.PI * 2;
    const radius = Math.sqrt(random());
    const lx = crown[0] + Math.cos(angle) * radius * metre * height * 0.3;
    const ly = crown[1] + Math.sin(angle) * radius * metre * height * 0.32;
    const shade = light * (0.55 + 0.75 * (0.5 - Math.sin(angle) * radius * 0.5)) * between(random, 0.7, 1.25);
    ctx.fillStyle = css(lit(tint, shade), 0.85);
    ctx.beginPath();
    ctx.ellipse(
      lx,
      ly,
      metre * between(random, 0.16, 0.4),
      metre * between(random, 0.12, 0.28),
      random() * 3,
      0,
      Math.PI * 2,
    );
    ctx.fill();
  }
}

/** A lamp post with its arm over the road; gives back where the lamp is. */
export function drawLampPost(
  ctx: SKRSContext2D,
  view: View,
  at: readonly [number, number],
  height: number,
  arm: number,
  light: number,
): Vec3 {
  const head: Vec3 = [at[0] + arm, at[1], height];
  const [foot, top, lamp] = [
    view.project([at[0], at[1], 0]),
    view.project([at[0], at[1], height - 0.4]),
    view.project(head),
  ];
  if (foot && top && lamp) {
    ctx.strokeStyle = css(lit([104, 108, 112], light));
    ctx.lineWidth = Math.max(0.7, view.scale([at[0], at[1], height / 2]) * 0.16);
    ctx.beginPath();
    ctx.moveTo(foot[0], foot[1]);
    ctx.lineTo(top[0], top[1]);
    ctx.quadraticCurveTo(top[0], lamp[1], lamp[0], lamp[1]);
    ctx.stroke();
  }
  return head;
}
