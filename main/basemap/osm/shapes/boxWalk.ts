import type { Points } from '../../tiling/featureStore.ts';
import type { Box } from '../../tiling/mercator.ts';
import {
  along,
  aroundOutside,
  diagonal,
  distance,
  type Frame,
  lineLength,
  nearestSide,
  worldPoint,
} from './boxSides.ts';
import type { PointList, WorldPoint } from './geometry.ts';

/** A stretch of coastline within the inner box. */
export interface Run {
  readonly points: number[];
  /** Whether it begins, or ends, within the box instead of at its side. */
  readonly isLooseStart: boolean;
  readonly isLooseEnd: boolean;
}

/** How a coast that ends within the box is thought to go on. */
export type Course = 'to the nearest side' | 'straight on';

export function isLoose({ isLooseStart, isLooseEnd }: Run): boolean {
  return isLooseStart || isLooseEnd;
}

interface Placed {
  readonly line: number[];
  /** How far along the box's sides it comes in and leaves. */
  readonly from: number;
  readonly to: number;
}

/** Loose ends farther from the sides than this share of the box's lesser side say nothing of where the coast goes on. */
const FARTHEST = 0.45;
/** A coast's course is that of its last stretch of this share of the box's diagonal. */
const COURSE = 0.15;
/** So many times farther than the nearest side the coast may go on straight. */
const FARTHER = 2.5;

/**
 * Closes stretches of coastline along the sides of the box, with land on their left: where one leaves, the land's edge goes anticlockwise
 * to where the next comes in. Where comings and goings do not take turns some stretch must be missing or turned round: then those with
 * loose ends are left out.
 *
 * @returns rings of land and how many stretches were left out; null when the rest makes none either
 */
export function closeAlongBox(
  points: Points,
  runs: readonly Run[],
  frame: Frame,
  course: Course,
): { rings: PointList[]; left: number } | null {
  const placed = runs.flatMap((run) => place(points, run, frame.inner, course) ?? []);
  const whole = runs.filter((run) => !isLoose(run));
  for (const some of [placed, whole.flatMap((run) => place(points, run, frame.inner, course) ?? [])]) {
    const rings = some.length === 0 ? null : walk(points, some, frame);
    if (rings) return { rings, left: runs.length - some.length };
  }
  return null;
}

function place(points: Points, run: Run, box: Box, course: Course): Placed | null {
  const line = [...run.points];
  if (run.isLooseStart) {
    const side = onwards(points, [...line].reverse(), box, course);
    if (!side) return null;
    line.unshift(points.add(side.x, side.y));
  }
  if (run.isLooseEnd) {
    const side = onwards(points, line, box, course);
    if (!side) return null;
    line.push(points.add(side.x, side.y));
  }
  const at = (point: number | undefined) => along(worldPoint(points, point ?? 0), box);
  return { line, from: at(line[0]), to: at(line.at(-1)) };
}

/**
 * Where a coast that ends within the box would meet its sides: at the nearest one, or the way that it went unless that is much farther.
 * Null where more would be made up than is there.
 */
function onwards(points: Points, line: readonly number[], box: Box, course: Course): WorldPoint | null {
  const tip = worldPoint(points, line.at(-1) ?? 0);
  const nearest = nearestSide(tip, box);
  if (distance(nearest, tip) > Math.min(box[2] - box[0], box[3] - box[1]) * FARTHEST) return null;
  const back = diagonal(box) * COURSE;
  const before = line.findLast((point) => distance(worldPoint(points, point), tip) > back) ?? line[0] ?? 0;
  const ahead = straightOn(worldPoint(points, before), tip, box);
  const end =
    course === 'straight on' && ahead && distance(ahead, tip) < distance(nearest, tip) * FARTHER ? ahead : nearest;
  return distance(end, tip) <= lineLength(points, line) ? end : null;
}

/** Where the ray from one place within the box over another leaves it. */
function straightOn(from: WorldPoint, over: WorldPoint, [x0, y0, x1, y1]: Box): WorldPoint | null {
  const [dx, dy] = [over.x - from.x, over.y - from.y];
  const toX = dx === 0 ? Infinity : ((dx > 0 ? x1 : x0) - over.x) / dx;
  const toY = dy === 0 ? Infinity : ((dy > 0 ? y1 : y0) - over.y) / dy;
  const times = Math.min(toX, toY);
  if (!Number.isFinite(times)) return null;
  return { x: Math.round(over.x + dx * times), y: Math.round(over.y + dy * times) };
}

function walk(points: Points, placed: readonly Placed[], frame: Frame): PointList[] | null {
  const events = placed
    .flatMap((run) => [
      { at: run.from, comesIn: run as Placed | null },
      { at: run.to, comesIn: null },
    ])
    .sort((a, b) => a.at - b.at || Number(a.comesIn !== null) - Number(b.comesIn !== null));
  const takeTurns = events.every((event, i) => {
    const next = events[(i + 1) % events.length];
    return (event.comesIn === null) !== (next?.comesIn === null);
  });
  if (!takeTurns) return null;
  const comings = events.flatMap(({ comesIn }) => comesIn ?? []);
  const rest = new Set(placed);
  const rings: PointList[] = [];
  for (const first of placed) {
    if (!rest.has(first)) continue;
    const ring: number[] = [];
    for (let run = first; rest.has(run); ) {
      rest.delete(run);
      // Not spread into arguments: a coast has more points than a call may have.
      for (const point of run.line) ring.push(point);
      const next = comings.find(({ from }) => from >= run.to) ?? (comings[0] as Placed);
      const [end, start] = [worldPoint(points, run.line.at(-1) ?? 0), worldPoint(points, next.line[0] ?? 0)];
      ring.push(...aroundOutside(points, end, start, frame));
      run = next;
    }
    ring.push(ring[0] as number);
    if (ring.length >= 4) rings.push(ring);
  }
  return rings;
}
