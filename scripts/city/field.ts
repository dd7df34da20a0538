import { tangentAt } from './curve.ts';
import { dist, left, type Pt, pt } from './plane.ts';
import { fractal, noiseFor } from './random.ts';
import { makeRaster, sample } from './raster.ts';
import type { Road } from './trunk.ts';
import { OLD_TOWN } from './zones.ts';

/**
 * The direction field that streets follow: a tensor field (Chen et al., "Interactive Procedural Street Modeling", 2008)
 * of district grids and of the trunk roads nearby. Streets run along its major or its minor direction.
 */
export type StreetField = (p: Pt, family: 'major' | 'minor') => Pt;

const GRIDS: readonly [number, number, number, number][] = [
  [8700, 7600, 12, 1900],
  [3900, 7300, -5, 1600],
  [6900, 3200, 2, 1500],
  [3900, 1500, -12, 2000],
  [9900, 3000, -21, 1300],
  [8000, 1600, 14, 1500],
  [5900, 5500, 8, 900],
  [2600, 5500, 9, 1200],
];

export function makeField(seed: number, roads: readonly Road[]): StreetField {
  const cos2 = makeRaster(-700, -700, 14700, 10700, 50);
  const sin2 = makeRaster(-700, -700, 14700, 10700, 50);
  const noise = noiseFor(seed, 'street-turn');
  const samples = new Map<number, { p: Pt; t: Pt; w: number }[]>();
  const bucket = (x: number, y: number): number => Math.floor(y / 600) * 1000 + Math.floor(x / 600);
  for (const road of roads) {
    if (road.ramp) continue;
    for (let i = 0; i < road.line.length; i += 3) {
      const p = road.line[i] as Pt;
      const key = bucket(p.x, p.y);
      const list = samples.get(key) ?? [];
      list.push({ p, t: tangentAt(road.line, i), w: road.class === 'arterial' ? 1.1 : 0.8 });
      samples.set(key, list);
    }
  }
  for (let row = 0; row < cos2.rows; row++) {
    for (let col = 0; col < cos2.cols; col++) {
      const p = pt(cos2.x0 + (col + 0.5) * 50, cos2.y0 + (row + 0.5) * 50);
      let c = 0.02;
      let s = 0;
      const pull = (angle: number, weight: number): void => {
        // Fourfold symmetry: a street and its cross street pull the same way.
        c += weight * Math.cos(4 * angle);
        s += weight * Math.sin(4 * angle);
      };
      for (const [x, y, degrees, r] of GRIDS) {
        pull((degrees * Math.PI) / 180, Math.exp(-((dist(p, pt(x, y)) / r) ** 2)));
      }
      for (let dy = -600; dy <= 600; dy += 600) {
        for (let dx = -600; dx <= 600; dx += 600) {
          for (const near of samples.get(bucket(p.x + dx, p.y + dy)) ?? []) {
            pull(Math.atan2(near.t.y, near.t.x), 0.9 * near.w * Math.exp(-((dist(p, near.p) / 230) ** 2)));
          }
        }
      }
      const old = Math.exp(-((dist(p, OLD_TOWN) / 800) ** 2));
      const village = 0.15;
      const turn = (0.1 + village * 0.2 + 0.75 * old) * fractal(noise, p.x / 420, p.y / 420, 3);
      const angle = Math.atan2(s, c) + 4 * turn;
      cos2.data[row * cos2.cols + col] = Math.cos(angle);
      sin2.data[row * cos2.cols + col] = Math.sin(angle);
    }
  }
  return (p, family) => {
    const angle = Math.atan2(sample(sin2, p), sample(cos2, p)) / 4;
    const t = pt(Math.cos(angle), Math.sin(angle));
    return family === 'major' ? t : left(t);
  };
}
