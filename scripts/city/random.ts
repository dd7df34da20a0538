/** A seeded source of randomness (sfc32); the same seed gives the same city. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [lo, hi). */
  between(lo: number, hi: number): number;
  /** Integer in [0, n). */
  below(n: number): number;
  pick<T>(items: readonly T[]): T;
  chance(p: number): boolean;
  /** About normal, mean 0, deviation 1 (sum of twelve uniforms). */
  normal(): number;
  shuffle<T>(items: readonly T[]): T[];
}

/** A random stream for one purpose, so that a change in one part of the city leaves the others as they were. */
export function randomFor(seed: number, purpose: string): Random {
  let a = seed | 0;
  let b = 0x9e3779b9 | 0;
  let c = 0x243f6a88 | 0;
  let d = 1;
  for (let i = 0; i < purpose.length; i++) c = Math.imul(c ^ purpose.charCodeAt(i), 0x01000193);
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 15; i++) next();
  const below = (n: number): number => Math.floor(next() * n);
  return {
    next,
    below,
    between: (lo, hi) => lo + (hi - lo) * next(),
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('pick from an empty list');
      return item;
    },
    chance: (p) => next() < p,
    normal: () => {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += next();
      return sum;
    },
    shuffle: (items) => {
      const out = [...items];
      for (let i = out.length - 1; i > 0; i--) {
        const j = below(i + 1);
        const t = out[i] as (typeof out)[number];
        out[i] = out[j] as (typeof out)[number];
        out[j] = t;
      }
      return out;
    },
  };
}

/** Smooth value noise in [-1, 1] of about one feature per unit of length. */
export type Noise = (x: number, y: number) => number;

export function noiseFor(seed: number, purpose: string): Noise {
  const random = randomFor(seed, purpose);
  const table = Float64Array.from({ length: 4096 }, () => random.next() * 2 - 1);
  const at = (x: number, y: number): number => table[((x & 63) << 6) | (y & 63)] as number;
  return (x, y) => {
    const x0 = Math.floor(x);
    const y0 = Math.floor(y);
    const fx = x - x0;
    const fy = y - y0;
    const u = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
    const v = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
    const bottom = at(x0, y0) + (at(x0 + 1, y0) - at(x0, y0)) * u;
    const top = at(x0, y0 + 1) + (at(x0 + 1, y0 + 1) - at(x0, y0 + 1)) * u;
    return bottom + (top - bottom) * v;
  };
}

/** Noise of several octaves, in about [-1, 1]. */
export function fractal(noise: Noise, x: number, y: number, octaves: number): number {
  let sum = 0;
  let amplitude = 0.5;
  let scale = 1;
  for (let i = 0; i < octaves; i++) {
    sum += amplitude * noise(x * scale + i * 17.3, y * scale - i * 9.1);
    amplitude *= 0.5;
    scale *= 2.03;
  }
  return sum;
}
