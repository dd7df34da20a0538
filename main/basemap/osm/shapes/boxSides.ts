import type { Points } from '../../tiling/featureStore.ts';
import type { Box } from '../../tiling/mercator.ts';
import type { WorldPoint } from './geometry.ts';

/** The box within which shapes are looked at, and the one around it to which they are drawn. */
export interface Frame {
  readonly inner: Box;
  readonly outer: Box;
}

/**
 * How far along a box's sides a place on them is, anticlockwise from the south-east corner: 0 to 1 up the east side, to 2 along the
 * north, to 3 down the west, to 4 along the south.
 */
export function along({ x, y }: WorldPoint, [x0, y0, x1, y1]: Box): number {
  // Of a point that rounding put a unit off, the side that it's nearest to.
  const off = [x1 - x, y - y0, x - x0, y1 - y].map(Math.abs);
  const side = off.indexOf(Math.min(...off));
  const share = [(y1 - y) / (y1 - y0), (x1 - x) / (x1 - x0), (y - y0) / (y1 - y0), (x - x0) / (x1 - x0)][side] ?? 0;
  return side + Math.max(0, Math.min(1 - 1e-12, share));
}

/**
 * Points from one place on the inner box's sides to another, anticlockwise along the sides of the outer one: straight out first, over
 * its corners, and straight in last.
 */
export function aroundOutside(points: Points, from: WorldPoint, to: WorldPoint, { inner, outer }: Frame): number[] {
  const [start, end] = [along(from, inner), along(to, inner)];
  const [x0, y0, x1, y1] = outer;
  const out = (place: WorldPoint, at: number): number =>
    [
      () => points.add(x1, place.y),
      () => points.add(place.x, y0),
      () => points.add(x0, place.y),
      () => points.add(place.x, y1),
    ][Math.floor(at)]?.() ?? points.add(place.x, place.y);
  const list = [out(from, start)];
  const last = end >= start ? end : end + 4;
  for (let corner = Math.floor(start) + 1; corner <= last; corner++) {
    const [isEast, isNorth] = [corner % 4 < 2, corner % 4 === 1 || corner % 4 === 2];
    list.push(points.add(isEast ? x1 : x0, isNorth ? y0 : y1));
  }
  list.push(out(to, end));
  return list;
}

/** The place on the sides of a box that is nearest to one within it. */
export function nearestSide(at: WorldPoint, [x0, y0, x1, y1]: Box): WorldPoint {
  const sides = [
    { x: x0, y: at.y },
    { x: x1, y: at.y },
    { x: at.x, y: y0 },
    { x: at.x, y: y1 },
  ];
  return sides.reduce((best, side) => (distance(side, at) < distance(best, at) ? side : best));
}

export function distance(a: WorldPoint, b: WorldPoint): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

export function worldPoint({ x, y }: Points, point: number): WorldPoint {
  return { x: x.at(point), y: y.at(point) };
}

export function diagonal([x0, y0, x1, y1]: Box): number {
  return Math.hypot(x1 - x0, y1 - y0);
}

/** Whether a point lies within a box and not on its sides. */
export function isInside({ x, y }: Points, point: number, box: Box): boolean {
  const [px, py] = [x.at(point), y.at(point)];
  return px > box[0] && px < box[2] && py > box[1] && py < box[3];
}

export function lineLength(points: Points, line: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i + 1 < line.length; i++)
    sum += distance(worldPoint(points, line[i] as number), worldPoint(points, line[i + 1] as number));
  return sum;
}
