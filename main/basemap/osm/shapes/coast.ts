import type { Points } from '../../tiling/featureStore.ts';
import type { Box } from '../../tiling/mercator.ts';
import { type Frame, isInside } from './boxSides.ts';
import { type Course, closeAlongBox, isLoose, type Run } from './boxWalk.ts';
import { bridgeGaps } from './bridgeGaps.ts';
import { isInRing, type PointList, ringArea } from './geometry.ts';
import { type Polygon, polygonsOf } from './rings.ts';
import { RingTester } from './ringTester.ts';

/** Less of what is built than this share on land, and the coastline must be wrong. */
const BUILT_ON_LAND = 0.75;
/** Fewer places than this say nothing. */
const ENOUGH_BUILT = 20;

export interface Land {
  readonly polygons: readonly Polygon[];
  /** Stretches of coastline that were left out, because they end in the middle of nowhere. */
  readonly left: number;
  /** Whether there are coastlines of which no land could be made. */
  readonly isGuess: boolean;
}

/**
 * Land within a frame, from the pieces of its coastline: land lies on the left of each (OpenStreetMap's `natural=coastline`). What leaves
 * the inner box is closed along its sides; what ends within it, as in an extract along a winding border, goes on to its sides first.
 * Without a coastline, or with one of which nothing plausible can be made, all is land.
 *
 * @param built places where something stands, which had better be on land
 */
export function landOf(points: Points, pieces: readonly PointList[], frame: Frame, built: readonly number[]): Land {
  const box = frame.inner;
  const all: Polygon = [boxRing(points, frame.outer)];
  if (pieces.length === 0) return { polygons: [all], left: 0, isGuess: false };
  const made = joined(pieces);
  const bridged = bridgeGaps(points, made.chains, box);
  const rings = [...made.rings, ...bridged.rings];
  const runs: Run[] = bridged.chains.flatMap((chain) => runsWithin(points, chain, box, false));
  const whole: PointList[] = [];
  for (const ring of rings) {
    if (isWithin(points, ring, box)) whole.push(ring);
    else runs.push(...runsWithin(points, ring, box, true));
  }
  const islands = whole.filter((ring) => ringArea(points, ring) > 0);
  const basins = whole.filter((ring) => ringArea(points, ring) < 0);
  const inSight = built.filter((point) => isInside(points, point, box));
  const guesses: { polygons: Polygon[]; left: number; onLand: number }[] = [];
  const guess = (mainland: readonly PointList[], left: number): void => {
    const polygons = polygonsOf(points, [...mainland, ...islands, ...basins]);
    guesses.push({ polygons, left, onLand: shareOnLand(points, polygons, inSight) });
  };
  if (runs.length === 0) guess(isAllLand(points, { islands, basins, rings, box }) ? all : [], 0);
  else {
    for (const course of runs.some(isLoose) ? COURSES : COURSES.slice(0, 1)) {
      const closed = closeAlongBox(points, runs, frame, course);
      if (closed) guess(closed.rings, closed.left);
    }
  }
  const best = guesses.reduce<(typeof guesses)[number] | null>((a, b) => (a && a.onLand >= b.onLand ? a : b), null);
  return best && best.onLand >= BUILT_ON_LAND
    ? { ...best, isGuess: false }
    : { polygons: [all], left: 0, isGuess: true };
}

/** How a coast goes on that ends within the box; the second only where it leaves more of what is built on land. */
const COURSES: readonly Course[] = ['to the nearest side', 'straight on'];

/** Whether the box is land but for its basins, when no coastline crosses its sides. */
function isAllLand(
  points: Points,
  { islands, basins, rings, box }: { islands: PointList[]; basins: PointList[]; rings: PointList[]; box: Box },
): boolean {
  const outermostIsBasin = islands.every((island) => {
    const [x, y] = [points.x.at(island[0] as number), points.y.at(island[0] as number)];
    return basins.some((basin) => isInRing(points, basin, x, y));
  });
  if (islands.length + basins.length > 0) return outermostIsBasin;
  // Coastlines pass by outside: an island around the whole box, or others that say nothing of it.
  const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  const around = rings.filter((ring) => isInRing(points, ring, x, y));
  return around.length === 0 || around.some((ring) => ringArea(points, ring) > 0);
}

/** Joins pieces end to start; a coastline has a direction. */
function joined(pieces: readonly PointList[]): { rings: PointList[]; chains: PointList[] } {
  const byStart = new Map<number, PointList[]>();
  const starts = new Map<PointList, number>();
  const hasBefore = new Map<number, number>();
  for (const piece of pieces) {
    const [from, to] = [piece[0] as number, piece[piece.length - 1] as number];
    byStart.set(from, [...(byStart.get(from) ?? []), piece]);
    starts.set(piece, from);
    hasBefore.set(to, (hasBefore.get(to) ?? 0) + 1);
  }
  const rings: PointList[] = [];
  const chains: PointList[] = [];
  const rest = new Set(pieces);
  const follow = (first: PointList): void => {
    const run: number[] = [];
    let piece: PointList | undefined = first;
    while (piece) {
      rest.delete(piece);
      for (let i = run.length === 0 ? 0 : 1; i < piece.length; i++) run.push(piece[i] as number);
      const tip: number = run[run.length - 1] as number;
      if (tip === run[0]) break;
      piece = byStart.get(tip)?.find((next) => rest.has(next));
    }
    if (run.length >= 4 && run[0] === run[run.length - 1]) rings.push(run);
    else if (run.length >= 2) chains.push(run);
  };
  for (const piece of pieces) if (rest.has(piece) && !hasBefore.has(starts.get(piece) as number)) follow(piece);
  for (const piece of pieces) if (rest.has(piece)) follow(piece);
  return { rings, chains };
}

function isWithin(points: Points, ring: PointList, box: Box): boolean {
  for (let i = 0; i < ring.length; i++) if (!isInside(points, ring[i] as number, box)) return false;
  return true;
}

/** What of a line lies within the box, from where it comes in to where it leaves; ends that lie within are said to be loose. */
function runsWithin(points: Points, line: PointList, box: Box, isRing: boolean): Run[] {
  const runs: Run[] = [];
  let run: number[] = [];
  let isLooseStart = false;
  // A ring is told from a point outside, so that no run goes over its ends.
  let first = 0;
  if (isRing) while (first < line.length - 1 && isInside(points, line[first] as number, box)) first++;
  const count = isRing ? line.length - 1 : line.length;
  const pointAt = (i: number): number => line[isRing ? (first + i) % count : i] as number;
  const steps = isRing ? count + 1 : count;
  const close = (isLooseEnd: boolean): void => {
    if (run.length >= 2) runs.push({ points: run, isLooseStart, isLooseEnd });
    run = [];
  };
  if (isInside(points, pointAt(0), box)) {
    run.push(pointAt(0));
    isLooseStart = true;
  }
  for (let i = 1; i < steps; i++) {
    const [a, b] = [pointAt(i - 1), pointAt(i)];
    const [aIn, bIn] = [isInside(points, a, box), isInside(points, b, box)];
    if (aIn && bIn) run.push(b);
    else {
      const span = crossing(points, a, b, box);
      if (!span) continue;
      if (!aIn) {
        run = [points.add(span.x0, span.y0)];
        isLooseStart = false;
      }
      run.push(bIn ? b : points.add(span.x1, span.y1));
      if (!bIn) close(false);
    }
  }
  close(true);
  return runs;
}

/** The stretch of a segment that lies within the box; null when there is none. */
function crossing({ x, y }: Points, a: number, b: number, box: Box) {
  const [ax, ay, bx, by] = [x.at(a), y.at(a), x.at(b), y.at(b)];
  let [from, to] = [0, 1];
  for (const [p, q] of [
    [ax - bx, ax - box[0]],
    [bx - ax, box[2] - ax],
    [ay - by, ay - box[1]],
    [by - ay, box[3] - ay],
  ] as const) {
    if (p === 0 && q < 0) return null;
    if (p < 0) from = Math.max(from, q / p);
    if (p > 0) to = Math.min(to, q / p);
  }
  if (from >= to) return null;
  const at = (f: number) => ({ x: Math.round(ax + (bx - ax) * f), y: Math.round(ay + (by - ay) * f) });
  const [p, q] = [at(from), at(to)];
  return { x0: p.x, y0: p.y, x1: q.x, y1: q.y };
}

/** Closed, anticlockwise on the ground. */
function boxRing(points: Points, [x0, y0, x1, y1]: Box): number[] {
  const first = points.add(x0, y1);
  return [first, points.add(x1, y1), points.add(x1, y0), points.add(x0, y0), first];
}

/** The share of what is built that stands on land; 1 where too little is built to say. */
function shareOnLand(points: Points, polygons: readonly Polygon[], built: readonly number[]): number {
  if (built.length < ENOUGH_BUILT) return 1;
  const testers = polygons.map((rings) => rings.map((ring) => new RingTester(points, ring)));
  const onLand = built.filter((point) => {
    const [x, y] = [points.x.at(point), points.y.at(point)];
    return testers.some((rings) => rings.every((ring, i) => ring.has(x, y) === (i === 0)));
  });
  return onLand.length / built.length;
}
