import { distanceM } from '../../../../core/places/geo.ts';
import { ROAD_CLASSES, type RoadEdge, type RoadGraph } from '../../../../core/places/roads.ts';
import type { Points } from '../../tiling/featureStore.ts';
import { latOf, lonOf } from '../../tiling/mercator.ts';
import { simplify } from '../../tiling/simplify.ts';
import type { LineList } from './lineList.ts';

/** Bends that leave the straight line by less than half a metre are none; world units at the equator. */
const LEAST_BEND = 14;

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly metres: number;
  readonly line: number;
  /** First and last reference. */
  readonly first: number;
  readonly last: number;
}

/**
 * The roads that are driven as a graph: edges from junction to junction, the largest connected part of it. Names of roads without one
 * are -1. The type has no direction: a one-way street is driven both ways here, as a vehicle with its lights on may.
 *
 * @param lines joined ones, so that no edge ends where nothing branches off
 * @returns the graph, and how many edges are not joined to it
 */
export function roadGraphOf(points: Points, lines: LineList): { graph: RoadGraph; apart: number } {
  const pieces = cutAtJunctions(points, lines);
  const kept = largestPart(pieces);
  const names = new Map<string, number>();
  const listed: { zh: string; en: string }[] = [];
  const nodes: [number, number][] = [];
  const numberOf = new Map<number, number>();
  const edges: RoadEdge[] = [];
  const bends: number[][] = [];
  const node = (point: number): number => {
    const known = numberOf.get(point);
    if (known !== undefined) return known;
    numberOf.set(point, nodes.length);
    return nodes.push([rounded(lonOf(points.x.at(point))), rounded(latOf(points.y.at(point)))]) - 1;
  };
  for (const piece of kept) {
    const road = lines.styles[lines.styleOf.at(piece.line)]?.road;
    if (!road) continue;
    let name = -1;
    if (road.name) {
      const key = `${road.name.zh}\n${road.name.en}`;
      name = names.get(key) ?? listed.push(road.name) - 1;
      names.set(key, name);
    }
    const metres = Math.round(piece.metres * 10) / 10;
    edges.push([node(piece.from), node(piece.to), metres, ROAD_CLASSES.indexOf(road.class), name]);
    bends.push(bendsOf(points, lines, piece));
  }
  return { graph: { classes: ROAD_CLASSES, names: listed, nodes, edges, bends }, apart: pieces.length - kept.length };
}

function cutAtJunctions(points: Points, lines: LineList): Piece[] {
  const uses = new Uint8Array(points.x.length);
  const driven: number[] = [];
  for (let line = 0; line < lines.count; line++) {
    if (!lines.styles[lines.styleOf.at(line)]?.road) continue;
    driven.push(line);
    for (const point of lines.line(line)) if ((uses[point] as number) < 2) uses[point] = (uses[point] as number) + 1;
  }
  const pieces: Piece[] = [];
  for (const line of driven) {
    const [start, end] = [lines.first.at(line), lines.first.at(line + 1) - 1];
    let first = start;
    let metres = 0;
    for (let i = start + 1; i <= end; i++) {
      metres += metresOf(points, lines.refs.at(i - 1), lines.refs.at(i));
      if (i < end && uses[lines.refs.at(i)] === 1) continue;
      if (metres > 0) pieces.push({ from: lines.refs.at(first), to: lines.refs.at(i), metres, line, first, last: i });
      first = i;
      metres = 0;
    }
  }
  return pieces;
}

function metresOf({ x, y }: Points, a: number, b: number): number {
  return distanceM({ lon: lonOf(x.at(a)), lat: latOf(y.at(a)) }, { lon: lonOf(x.at(b)), lat: latOf(y.at(b)) });
}

/** The pieces of the connected part that has the most metres of road. */
function largestPart(pieces: readonly Piece[]): Piece[] {
  const parent = new Map<number, number>();
  const rootOf = (point: number): number => {
    let root = point;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    for (let at = point; at !== root; ) {
      const up = parent.get(at) ?? root;
      parent.set(at, root);
      at = up;
    }
    return root;
  };
  for (const { from, to } of pieces) {
    const [a, b] = [rootOf(from), rootOf(to)];
    parent.set(a, b);
  }
  const metres = new Map<number, number>();
  for (const piece of pieces) {
    const root = rootOf(piece.from);
    metres.set(root, (metres.get(root) ?? 0) + piece.metres);
  }
  let [best, most] = [-1, -1];
  for (const [root, length] of metres) if (length > most) [best, most] = [root, length];
  return pieces.filter(({ from }) => rootOf(from) === best);
}

function bendsOf({ x, y }: Points, lines: LineList, { first, last }: Piece): number[] {
  if (last - first < 2) return [];
  const xy = new Int32Array((last - first + 1) * 2);
  for (let i = first, n = 0; i <= last; i++) {
    xy[n++] = x.at(lines.refs.at(i));
    xy[n++] = y.at(lines.refs.at(i));
  }
  const length = simplify(xy, xy.length, LEAST_BEND, false);
  const bends: number[] = [];
  for (let i = 2; i + 3 < length; i += 2)
    bends.push(rounded(lonOf(xy[i] as number)), rounded(latOf(xy[i + 1] as number)));
  return bends;
}

/** A tenth of a metre. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
