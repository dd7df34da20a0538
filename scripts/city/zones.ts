import { clamp, dist, type Pt, pt, smoothstep } from './plane.ts';
import { fractal, noiseFor } from './random.ts';
import type { Terrain } from './terrain.ts';

/** What a part of the city is like; decides street spacing, buildings and names. */
export type Zone = 'oldtown' | 'core' | 'newtown' | 'residential' | 'industry' | 'harbour' | 'village' | 'rural';

export const OLD_TOWN = pt(5950, 5480);

export const VILLAGES: readonly Pt[] = [
  [1150, 6750],
  [650, 5600],
  [1100, 4200],
  [300, 3450],
  [1500, 3150],
  [900, 2500],
  [12050, 8350],
  [11350, 9500],
  [10300, 9600],
  [3600, 9400],
  [2500, 7700],
  [1750, 7350],
  [11800, 1150],
  [11250, 2150],
  [9300, 600],
  [5800, 300],
  [3900, 250],
  [2000, 400],
  [12450, 10000],
  [400, 7300],
  [2900, 8900],
  [9700, 9500],
].map(([x, y]) => pt(x as number, y as number));

const TOWN: readonly [number, number, number][] = [
  [5900, 5200, 2700],
  [7600, 6500, 2300],
  [8900, 7400, 1700],
  [4300, 7000, 1400],
  [6300, 3100, 2200],
  [9500, 3100, 1300],
  [4300, 1900, 1450],
  [7400, 1700, 1500],
  [2700, 5700, 900],
  [3100, 2700, 1000],
  [10600, 2500, 900],
  [3500, 4500, 1250],
  [2500, 4900, 700],
  [9900, 8100, 1100],
  [8500, 9100, 900],
  [8800, 4700, 1000],
  [11200, 3300, 1050],
];

/** Zones of the city, street spacing and how built-up a place is. */
export interface Zones {
  at(p: Pt): Zone;
  /** Whether town streets may run here. */
  built(p: Pt): boolean;
  /** Metres between parallel local streets. */
  spacing(p: Pt): number;
}

export function makeZones(seed: number, terrain: Terrain): Zones {
  const edge = noiseFor(seed, 'town-edge');
  const patch = noiseFor(seed, 'patches');
  const extent = (p: Pt): number => {
    let inside = 0;
    for (const [x, y, r] of TOWN) inside = Math.max(inside, 1 - dist(p, pt(x, y)) / r);
    return inside + 0.28 * fractal(edge, p.x / 900, p.y / 900, 4);
  };
  const village = (p: Pt): boolean =>
    VILLAGES.some((v) => dist(p, v) < 170 + 110 * fractal(edge, p.x / 150, p.y / 150, 2));
  const at = (p: Pt): Zone => {
    if (extent(p) < 0.05) return village(p) ? 'village' : 'rural';
    const wobble = 140 * fractal(patch, p.x / 400, p.y / 400, 3);
    if (dist(p, OLD_TOWN) + wobble < 860) return 'oldtown';
    if (p.x > 9700 && p.y > 2300 && p.y < 4300) return 'harbour';
    if ((p.x < 5300 && p.y < 2500 + wobble) || (p.x > 6200 && p.y < 1350 + wobble && p.x < 8600)) return 'industry';
    if (
      dist(p, pt(7000, 3450)) + wobble < 900 ||
      dist(p, pt(7400, 6000)) + wobble < 650 ||
      dist(p, pt(9150, 7700)) + wobble < 620
    )
      return 'core';
    if (p.x > 7600 && p.y > 6900) return 'newtown';
    return 'residential';
  };
  return {
    at,
    built: (p) => at(p) !== 'rural' && terrain.elevation(p) < 22 && terrain.toWater(p) > 9 && terrain.toRiver(p) > 44,
    spacing: (p) => {
      const vary = 1 + 0.32 * fractal(patch, p.x / 500 + 30, p.y / 500, 3);
      const base = {
        oldtown: 70,
        core: 112,
        newtown: 168,
        residential: 143,
        industry: 190,
        harbour: 200,
        village: 78,
        rural: 400,
      }[at(p)];
      const outward = 1 + 0.35 * smoothstep(2200, 4200, dist(p, pt(6700, 5000)));
      return clamp(base * vary * (base > 100 ? outward : 1), 48, 420);
    },
  };
}
