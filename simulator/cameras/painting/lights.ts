import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { css, type Rgb } from './colour.ts';
import type { Vec3, View } from './view.ts';

/** Glows and their smears on wet ground, drawn from sprites made once a colour. */
export interface Lights {
  /** A round glow around a lamp. `metres` is its radius. */
  glow(ctx: SKRSContext2D, at: Vec3, metres: number, colour: Rgb, alpha: number): void;
  /** The long vertical streak of a lamp in a wet road. */
  smear(ctx: SKRSContext2D, at: Vec3, metres: number, colour: Rgb, alpha: number): void;
  /** A pool of light on the ground, lying flat. */
  pool(ctx: SKRSContext2D, at: Vec3, radiusX: number, radiusY: number, colour: Rgb, alpha: number): void;
}

const SIDE = 64;

/** Lights of a view. */
export function createLights(view: View): Lights {
  const sprites = new Map<string, Canvas>();
  function sprite(colour: Rgb): Canvas {
    const key = colour.join();
    let made = sprites.get(key);
    if (!made) {
      made = createCanvas(SIDE, SIDE);
      const ctx = made.getContext('2d');
      const half = SIDE / 2;
      const gradient = ctx.createRadialGradient(half, half, 0, half, half, half);
      gradient.addColorStop(0, css(colour, 1));
      gradient.addColorStop(0.12, css(colour, 0.7));
      gradient.addColorStop(0.35, css(colour, 0.22));
      gradient.addColorStop(0.7, css(colour, 0.05));
      gradient.addColorStop(1, css(colour, 0));
      ctx.fillStyle = gradient;
      ctx.fillRect(0, 0, SIDE, SIDE);
      sprites.set(key, made);
    }
    return made;
  }
  function blend(ctx: SKRSContext2D, colour: Rgb, alpha: number, x: number, y: number, w: number, h: number): void {
    if (w < 0.5 || h < 0.5) return;
    ctx.globalCompositeOperation = 'lighter';
    ctx.globalAlpha = Math.min(1, alpha);
    ctx.drawImage(sprite(colour), x - w / 2, y - h / 2, w, h);
    ctx.globalAlpha = 1;
    ctx.globalCompositeOperation = 'source-over';
  }
  return {
    glow(ctx, at, metres, colour, alpha) {
      const point = view.project(at);
      if (!point) return;
      const size = metres * view.scale(at) * 2;
      blend(ctx, colour, alpha, point[0], point[1], size, size);
    },
    smear(ctx, at, metres, colour, alpha) {
      // Wet asphalt mirrors the lamp under the ground, drawn out towards the camera by its roughness.
      const mirrored = view.project([at[0], at[1], -at[2]]);
      const ground = view.project([at[0], at[1], 0]);
      if (!mirrored || !ground) return;
      const wide = metres * view.scale(at) * 1.3;
      const long = Math.max((mirrored[1] - ground[1]) * 2.4, wide * 2);
      blend(ctx, colour, alpha, mirrored[0], (mirrored[1] + ground[1]) / 2 + long * 0.18, wide, long);
    },
    pool(ctx, at, radiusX, radiusY, colour, alpha) {
      const point = view.project(at);
      const ahead = view.project([at[0], at[1] + radiusY, at[2]]);
      const behind = view.project([at[0], at[1] - radiusY, at[2]]);
      if (!point || !ahead) return;
      const wide = radiusX * view.scale(at) * 2;
      const high = Math.abs((behind?.[1] ?? point[1] * 2 - ahead[1]) - ahead[1]);
      blend(ctx, colour, alpha, point[0], point[1], wide, high);
    },
  };
}
