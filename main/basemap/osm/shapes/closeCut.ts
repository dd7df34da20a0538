import type { Points } from '../../tiling/featureStore.ts';
import type { Box } from '../../tiling/mercator.ts';
import { along, aroundOutside, diagonal, distance, type Frame, nearestSide, worldPoint } from './boxSides.ts';
import { type PointList, ringArea, type WorldPoint } from './geometry.ts';

/** Ends nearer to the sides than this share of the box's diagonal were cut there; others lack something within. */
const AT_SIDE = 0.02;
const MOST_CHAINS = 200;

interface End {
  /** Number of its chain times two, one more for the chain's last point. */
  readonly number: number;
  readonly place: WorldPoint;
  readonly at: number;
}

/**
 * Closes the outline of an area that an extract cut off, along the sides of the box. Which way round is not told by the lines: of the two
 * ways the one of less area, as a river's is, whose banks come in on one side and leave on another.
 *
 * @returns rings; null where some end lies within the box, so that something else is missing
 */
export function closeCut(points: Points, chains: readonly PointList[], frame: Frame): PointList[] | null {
  if (chains.length === 0 || chains.length > MOST_CHAINS) return null;
  const ends: End[] = [];
  for (const [i, chain] of chains.entries()) {
    for (const [number, point] of [
      [i * 2, chain[0] as number],
      [i * 2 + 1, chain[chain.length - 1] as number],
    ] as const) {
      const place = onSide(worldPoint(points, point), frame.inner);
      if (!place) return null;
      ends.push({ number, place, at: along(place, frame.inner) });
    }
  }
  ends.sort((a, b) => a.at - b.at);
  const [one, other] = [0, 1].map((first) => ringsOf(points, chains, ends, first, frame));
  const areaOf = (rings: readonly PointList[] = []) =>
    rings.reduce((sum, ring) => sum + Math.abs(ringArea(points, ring)), 0);
  return (areaOf(one) <= areaOf(other) ? one : other) ?? null;
}

/** The place on the box's sides where a line was cut that ends near them or beyond. */
function onSide(at: WorldPoint, box: Box): WorldPoint | null {
  const clamped = { x: Math.max(box[0], Math.min(box[2], at.x)), y: Math.max(box[1], Math.min(box[3], at.y)) };
  const side = nearestSide(clamped, box);
  return distance(side, clamped) <= diagonal(box) * AT_SIDE ? side : null;
}

/** Rings when every end goes on anticlockwise to the next one, beginning with this one, or was come to so. */
function ringsOf(
  points: Points,
  chains: readonly PointList[],
  ends: readonly End[],
  first: number,
  frame: Frame,
): PointList[] {
  const next = new Map<number, { number: number; way: number[] }>();
  for (let i = first; i < ends.length + first; i += 2) {
    const [a, b] = [ends[i % ends.length] as End, ends[(i + 1) % ends.length] as End];
    const way = aroundOutside(points, a.place, b.place, frame);
    next.set(a.number, { number: b.number, way });
    next.set(b.number, { number: a.number, way: [...way].reverse() });
  }
  const rest = new Set(chains.keys());
  const rings: PointList[] = [];
  for (const start of rest) {
    const ring: number[] = [];
    // In at one end of a chain, out at its other, along the sides to the next.
    for (let end = start * 2; rest.delete(end >> 1); ) {
      const chain = Array.from(chains[end >> 1] ?? []);
      for (const point of end % 2 === 0 ? chain : chain.reverse()) ring.push(point);
      const on = next.get(end ^ 1);
      if (!on) break;
      ring.push(...on.way);
      end = on.number;
    }
    ring.push(ring[0] as number);
    rings.push(ring);
  }
  return rings;
}
