import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { SCENE_FORMAT } from '../scenes.ts';
import { css, type Rgb } from './colour.ts';
import { between, seeded } from './random.ts';

/** What stands between the scene and the recorder: rain, a wet lens, the sensor's noise, the lens's dark corners. */
export interface Weather {
  draw(ctx: SKRSContext2D, frame: number): void;
}

/** How much of it. */
export interface WeatherSpec {
  /** 0…1. */
  readonly rain: number;
  readonly rainColour: Rgb;
  /** 0…1. */
  readonly noise: number;
  /** 0…1. */
  readonly vignette: number;
  /** Drops on the dome. */
  readonly drops: number;
  readonly seed: number;
}

const NOISE_TILES = 5;
const NOISE_MARGIN = 48;

/** Weather of a scene; made once, drawn over every picture. */
export function createWeather(spec: WeatherSpec): Weather {
  const { width, height, frames } = SCENE_FORMAT;
  const random = seeded(spec.seed);
  const near = spec.rain > 0 ? rainSheet(random, spec, Math.round(70 * spec.rain), [16, 38], 1.3) : undefined;
  const far = spec.rain > 0 ? rainSheet(random, spec, Math.round(260 * spec.rain), [6, 16], 0.7) : undefined;
  const noise = Array.from({ length: NOISE_TILES }, () => noiseTile(random, spec.noise));
  const lens = lensLayer(random, spec);
  return {
    draw(ctx, frame) {
      // Whole sheets fall past in a round, so that the last picture leads into the first.
      const t = frame / frames;
      for (const [sheet, falls, drift] of [
        [far, 34, -2],
        [near, 61, -5],
      ] as const) {
        if (!sheet) continue;
        const y = ((t * falls) % 1) * height;
        const x = ((((t * drift) % 1) + 1) % 1) * width;
        for (const ox of [0, -width]) for (const oy of [0, -height]) ctx.drawImage(sheet, x + ox, y + oy);
      }
      const tile = noise[frame % NOISE_TILES];
      const jitter = seeded(frame + 1);
      if (tile) ctx.drawImage(tile, -Math.floor(jitter() * NOISE_MARGIN), -Math.floor(jitter() * NOISE_MARGIN));
      ctx.drawImage(lens, 0, 0);
    },
  };
}

function rainSheet(
  random: () => number,
  spec: WeatherSpec,
  count: number,
  length: readonly [number, number],
  thick: number,
): Canvas {
  const { width, height } = SCENE_FORMAT;
  const sheet = createCanvas(width, height);
  const ctx = sheet.getContext('2d');
  ctx.lineCap = 'round';
  for (let i = 0; i < count; i += 1) {
    const x = random() * width;
    const y = random() * height;
    const long = between(random, length[0], length[1]);
    ctx.strokeStyle = css(spec.rainColour, between(random, 0.06, 0.26));
    ctx.lineWidth = thick * between(random, 0.5, 1.1);
    // Drawn on both sides of the seam: the sheet tiles.
    for (const oy of [0, -height]) {
      ctx.beginPath();
      ctx.moveTo(x, y + oy);
      ctx.lineTo(x - long * 0.12, y + oy + long);
      ctx.stroke();
    }
  }
  return sheet;
}

function noiseTile(random: () => number, amount: number): Canvas {
  const tile = createCanvas(SCENE_FORMAT.width + NOISE_MARGIN, SCENE_FORMAT.height + NOISE_MARGIN);
  const ctx = tile.getContext('2d');
  const image = ctx.createImageData(tile.width, tile.height);
  for (let i = 0; i < image.data.length; i += 4) {
    const value = random() + random() - 1;
    const bright = value > 0 ? 255 : 0;
    image.data[i] = bright;
    image.data[i + 1] = bright;
    image.data[i + 2] = value > 0 ? 245 : 20;
    image.data[i + 3] = Math.abs(value) * 34 * amount;
  }
  ctx.putImageData(image, 0, 0);
  return tile;
}

function lensLayer(random: () => number, spec: WeatherSpec): Canvas {
  const { width, height } = SCENE_FORMAT;
  const lens = createCanvas(width, height);
  const ctx = lens.getContext('2d');
  for (let i = 0; i < spec.drops; i += 1) {
    const x = random() * width;
    const y = random() * height;
    const radius = between(random, 3, 13);
    const gradient = ctx.createRadialGradient(x, y + radius * 0.3, radius * 0.1, x, y, radius);
    gradient.addColorStop(0, css(spec.rainColour, 0.13));
    gradient.addColorStop(0.75, css(spec.rainColour, 0.06));
    gradient.addColorStop(0.9, 'rgba(0,0,0,0.12)');
    gradient.addColorStop(1, 'rgba(0,0,0,0)');
    ctx.fillStyle = gradient;
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, Math.PI * 2);
    ctx.fill();
  }
  const dark = ctx.createRadialGradient(width / 2, height / 2, height * 0.45, width / 2, height / 2, width * 0.62);
  dark.addColorStop(0, 'rgba(0,0,0,0)');
  dark.addColorStop(1, `rgba(0,0,0,${(0.62 * spec.vignette).toFixed(2)})`);
  ctx.fillStyle = dark;
  ctx.fillRect(0, 0, width, height);
  return lens;
}
