import type { Points } from '../../tiling/featureStore.ts';
import { latOf, unitsOfMetre } from '../../tiling/mercator.ts';

/** Indexes of points: a line, or a ring whose last is its first. */
export type PointList = ArrayLike<number>;

export interface WorldPoint {
  readonly x: number;
  readonly y: number;
}

/** Signed area of a ring in square world units: positive where it turns anticlockwise on the ground (y goes south). */
export function ringArea({ x, y }: Points, ring: PointList): number {
  let sum = 0;
  const first = ring[0] as number;
  // From the first point on, lest the products outgrow a double's exact whole numbers.
  const [x0, y0] = [x.at(first), y.at(first)];
  for (let i = 0; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i] as number, ring[i + 1] as number];
    sum += (x.at(b) - x0) * (y.at(a) - y0) - (x.at(a) - x0) * (y.at(b) - y0);
  }
  return sum / 2;
}

/** Square metres of a ring's area at its place. */
export function squareMetres(points: Points, ring: PointList, area = ringArea(points, ring)): number {
  return Math.abs(area) / unitsOfMetre(latOf(points.y.at(ring[0] as number))) ** 2;
}

/** Whether a place lies within a ring (even-odd). */
export function isInRing({ x, y }: Points, ring: PointList, px: number, py: number): boolean {
  let isIn = false;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i] as number, ring[i + 1] as number];
    const [ay, by] = [y.at(a), y.at(b)];
    if (ay > py === by > py) continue;
    if (px < x.at(a) + ((py - ay) / (by - ay)) * (x.at(b) - x.at(a))) isIn = !isIn;
  }
  return isIn;
}

export interface Extent {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export function extentOf({ x, y }: Points, list: PointList): Extent {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < list.length; i++) {
    const [px, py] = [x.at(list[i] as number), y.at(list[i] as number)];
    if (px < x0) x0 = px;
    if (px > x1) x1 = px;
    if (py < y0) y0 = py;
    if (py > y1) y1 = py;
  }
  return { x0, y0, x1, y1 };
}

/** A place within a ring, far from its sides: the middle of its widest stretch at half of its height. */
export function innerPoint(points: Points, ring: PointList): WorldPoint {
  const { x0, y0, x1, y1 } = extentOf(points, ring);
  // Half a unit beside the middle, where no point lies.
  const py = Math.floor((y0 + y1) / 2) + 0.5;
  const crossings: number[] = [];
  for (let i = 0; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i] as number, ring[i + 1] as number];
    const [ay, by] = [points.y.at(a), points.y.at(b)];
    if (ay > py === by > py) continue;
    const [ax, bx] = [points.x.at(a), points.x.at(b)];
    crossings.push(ax + ((py - ay) / (by - ay)) * (bx - ax));
  }
  crossings.sort((a, b) => a - b);
  let best = { x: Math.round((x0 + x1) / 2), y: Math.floor(py) };
  let widest = -1;
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const [from, to] = [crossings[i] as number, crossings[i + 1] as number];
    if (to - from > widest) {
      widest = to - from;
      best = { x: Math.round((from + to) / 2), y: Math.floor(py) };
    }
  }
  return best;
}

/** The place half way along a line. */
export function middleOf({ x, y }: Points, line: PointList): WorldPoint {
  const step = (i: number): number => {
    const [a, b] = [line[i] as number, line[i + 1] as number];
    return Math.hypot(x.at(b) - x.at(a), y.at(b) - y.at(a));
  };
  let left = 0;
  for (let i = 0; i + 1 < line.length; i++) left += step(i);
  left /= 2;
  for (let i = 0; i + 1 < line.length; i++) {
    const length = step(i);
    if (length >= left && length > 0) {
      const [a, b, f] = [line[i] as number, line[i + 1] as number, left / length];
      return { x: Math.round(x.at(a) + (x.at(b) - x.at(a)) * f), y: Math.round(y.at(a) + (y.at(b) - y.at(a)) * f) };
    }
    left -= length;
  }
  const first = line[0] as number;
  return { x: x.at(first), y: y.at(first) };
}
