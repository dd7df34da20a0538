/** The plane the city is drawn on: metres east (x) and north (y) of the south-west corner of its bounds. */
export interface Pt {
  readonly x: number;
  readonly y: number;
}

export type Line = readonly Pt[];

/** Size of the city, metres. */
export const WIDTH = 14_000;
export const HEIGHT = 10_000;
export const CENTER = { lon: 121.95, lat: 29.18 } as const;

const RAD = Math.PI / 180;
const M_PER_LAT = 6_371_008.8 * RAD;
const M_PER_LON = M_PER_LAT * Math.cos(CENTER.lat * RAD);

const round6 = (v: number): number => Math.round(v * 1e6) / 1e6;

/** Plane to `[lon, lat]`, rounded to 6 decimals (0.1 m). */
export function lonLat(p: Pt): [number, number] {
  return [round6(CENTER.lon + (p.x - WIDTH / 2) / M_PER_LON), round6(CENTER.lat + (p.y - HEIGHT / 2) / M_PER_LAT)];
}

export const pt = (x: number, y: number): Pt => ({ x, y });
export const add = (a: Pt, b: Pt, k = 1): Pt => ({ x: a.x + b.x * k, y: a.y + b.y * k });
export const dist = (a: Pt, b: Pt): number => Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2);
export const mix = (a: Pt, b: Pt, t: number): Pt => ({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t });
export const clamp = (v: number, lo: number, hi: number): number => Math.max(lo, Math.min(hi, v));

/** 0 below `lo`, 1 above `hi`, smooth between. */
export function smoothstep(lo: number, hi: number, v: number): number {
  const t = clamp((v - lo) / (hi - lo), 0, 1);
  return t * t * (3 - 2 * t);
}

/** Unit vector from a to b; east when they are the same. */
export function direction(a: Pt, b: Pt): Pt {
  const d = dist(a, b);
  return d < 1e-9 ? { x: 1, y: 0 } : { x: (b.x - a.x) / d, y: (b.y - a.y) / d };
}

/** The vector turned a quarter to the left. */
export const left = (v: Pt): Pt => ({ x: -v.y, y: v.x });

/** Compass bearing of a vector, degrees clockwise from north. */
export function compass(v: Pt): number {
  const deg = Math.atan2(v.x, v.y) / RAD;
  return deg < 0 ? deg + 360 : deg;
}

export function inBounds(p: Pt, margin = 0): boolean {
  return p.x >= -margin && p.y >= -margin && p.x <= WIDTH + margin && p.y <= HEIGHT + margin;
}

export function inRing(p: Pt, ring: Line): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i] as Pt;
    const b = ring[j] as Pt;
    if (a.y > p.y !== b.y > p.y && p.x < a.x + ((p.y - a.y) / (b.y - a.y)) * (b.x - a.x)) inside = !inside;
  }
  return inside;
}

/** Signed area, positive when counter-clockwise. */
export function areaOf(ring: Line): number {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[j] as Pt;
    const b = ring[i] as Pt;
    sum += a.x * b.y - b.x * a.y;
  }
  return sum / 2;
}

export function centroidOf(ring: Line): Pt {
  let x = 0;
  let y = 0;
  let sum = 0;
  const o = ring[0] as Pt;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[j] as Pt;
    const b = ring[i] as Pt;
    const c = (a.x - o.x) * (b.y - o.y) - (b.x - o.x) * (a.y - o.y);
    sum += c;
    x += (a.x + b.x - 2 * o.x) * c;
    y += (a.y + b.y - 2 * o.y) * c;
  }
  return Math.abs(sum) < 1e-6 ? o : { x: o.x + x / (3 * sum), y: o.y + y / (3 * sum) };
}
