import type { Points } from '../../tiling/featureStore.ts';
import { type Extent, extentOf, type PointList, ringArea } from './geometry.ts';
import { RingTester } from './ringTester.ts';

/** One polygon: its outer ring, then its holes. */
export type Polygon = readonly PointList[];

/**
 * Joins lines at their ends into rings.
 *
 * @returns the closed rings, and the runs of lines that do not close
 */
export function closedRings(lines: readonly PointList[]): { rings: PointList[]; open: PointList[] } {
  const rings: PointList[] = [];
  const byEnd = new Map<number, Set<number>>();
  const ends = lines.map((line) => [line[0] as number, line[line.length - 1] as number] as const);
  const rest = new Set<number>();
  const at = (point: number): Set<number> => byEnd.get(point) ?? byEnd.set(point, new Set()).get(point) ?? new Set();
  ends.forEach(([from, to], i) => {
    if (from === to) {
      if ((lines[i]?.length ?? 0) >= 4) rings.push(lines[i] as PointList);
      return;
    }
    rest.add(i);
    at(from).add(i);
    at(to).add(i);
  });
  const open: PointList[] = [];
  for (const first of rest) {
    const ring: number[] = [];
    const start = ends[first]?.[0] as number;
    let tip = start;
    for (let next: number | undefined = first; next !== undefined; ) {
      const line = lines[next] as PointList;
      const [from, to] = ends[next] as readonly [number, number];
      rest.delete(next);
      byEnd.get(from)?.delete(next);
      byEnd.get(to)?.delete(next);
      append(ring, line, from === tip);
      tip = from === tip ? to : from;
      next = tip === start ? undefined : byEnd.get(tip)?.values().next().value;
    }
    if (tip === start && ring.length >= 4) rings.push(ring);
    else open.push(ring);
  }
  return { rings, open };
}

/** Appends a line, or its reverse, without the point that the run already ends with. */
function append(run: number[], line: PointList, isForward: boolean): void {
  for (let i = run.length === 0 ? 0 : 1; i < line.length; i++)
    run.push(line[isForward ? i : line.length - 1 - i] as number);
}

interface Nested {
  readonly ring: PointList;
  readonly area: number;
  readonly extent: Extent;
  depth: number;
  holes: PointList[];
  holder: Nested | null;
  /** Made when something has to be looked for within. */
  tester: RingTester | null;
}

/**
 * Polygons of rings that do not cross: a ring within an odd number of others is a hole of the smallest one around it. Roles are not
 * asked, because they are often wrong and never needed.
 */
export function polygonsOf(points: Points, rings: readonly PointList[]): Polygon[] {
  const nested = rings
    .map((ring): Nested => {
      const area = Math.abs(ringArea(points, ring));
      return { ring, area, extent: extentOf(points, ring), depth: 0, holes: [], holder: null, tester: null };
    })
    .filter(({ area }) => area > 0)
    .sort((a, b) => b.area - a.area);
  nested.forEach((inner, i) => {
    // The smallest one around it comes last of the larger ones.
    for (let k = i - 1; k >= 0; k--) {
      const outer = nested[k] as Nested;
      if (!lies(points, inner, outer)) continue;
      inner.depth = outer.depth + 1;
      inner.holder = outer;
      break;
    }
    if (inner.depth % 2 === 1) inner.holder?.holes.push(inner.ring);
  });
  return nested.filter(({ depth }) => depth % 2 === 0).map(({ ring, holes }) => [ring, ...holes]);
}

function lies(points: Points, inner: Nested, outer: Nested): boolean {
  const [a, b] = [inner.extent, outer.extent];
  if (a.x0 < b.x0 || a.y0 < b.y0 || a.x1 > b.x1 || a.y1 > b.y1) return false;
  // A ring may touch the one around it: the middle of its first side is a better witness than a point of it.
  const [p, q] = [inner.ring[0] as number, inner.ring[1] as number];
  const x = (points.x.at(p) + points.x.at(q)) / 2;
  const y = (points.y.at(p) + points.y.at(q)) / 2;
  outer.tester ??= new RingTester(points, outer.ring);
  return outer.tester.has(x, y);
}
