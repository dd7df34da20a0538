import type { Geometry, Position } from 'geojson';
import type { LonLat } from '../../../core/places/geo.ts';
import type { Text } from '../../../core/words.ts';
import type { GeometryKind } from './table.ts';

/** A feature as the hall takes it: one point, and what it was drawn as. */
export interface StandIn {
  readonly at: LonLat | null;
  readonly geometry: GeometryKind;
}

const NOWHERE: StandIn = { at: null, geometry: 'none' };

/** Collections within collections are made by accident. */
const DEEPEST = 8;

/**
 * The point that stands for a feature: of several points the one nearest to their middle, of lines the middle of the longest, of areas the
 * centroid of the largest, or where that lies outside of it or in a hole the middle of its widest part at that height.
 */
export function standIn(geometry: Geometry | null | undefined, depth = 0): StandIn {
  switch (geometry?.type) {
    case 'Point':
      return of('point', isPosition(geometry.coordinates) ? geometry.coordinates : null);
    case 'MultiPoint':
      return of('point', nearestToMiddle(positions(geometry.coordinates)));
    case 'LineString':
      return of('line', middleOf(positions(geometry.coordinates)));
    case 'MultiLineString':
      return of('line', middleOf(greatest(lists(geometry.coordinates).map(positions), lengthOf)));
    case 'Polygon':
      return of('area', insideOf(lists(geometry.coordinates).map(positions)));
    case 'MultiPolygon':
      return of(
        'area',
        insideOf(
          greatest(
            lists(geometry.coordinates).map((rings) => lists(rings).map(positions)),
            ([outer = []]) => Math.abs(areaOf(outer)),
          ),
        ),
      );
    case 'GeometryCollection': {
      if (depth >= DEEPEST) return NOWHERE;
      const parts = lists(geometry.geometries).map((part) => standIn(part, depth + 1));
      const kinds: GeometryKind[] = ['area', 'line', 'point'];
      return kinds.map((kind) => parts.find((part) => part.geometry === kind)).find(Boolean) ?? NOWHERE;
    }
    default:
      return NOWHERE;
  }
}

/** Says of how many lines and areas a point was taken; nothing where there are none. */
export function standInNotes(all: readonly StandIn[]): Text[] {
  const count = (kind: GeometryKind) => all.filter(({ geometry }) => geometry === kind).length;
  const [lines, areas] = [count('line'), count('area')];
  if (lines + areas === 0) return [];
  return [
    {
      zh: `${lines} 条线、${areas} 个面各取一个代表点（线的中点、面内的形心）`,
      en: `of ${lines} lines and ${areas} areas one point each was taken (the middle of the line, the centroid within the area)`,
    },
  ];
}

const of = (geometry: GeometryKind, position: Position | null): StandIn => {
  const [lon = Number.NaN, lat = Number.NaN] = position ?? [];
  return Number.isFinite(lon) && Number.isFinite(lat) ? { at: { lon, lat }, geometry } : NOWHERE;
};

// What a file calls coordinates need not be any.
const lists = <T>(value: readonly T[] | undefined): readonly T[] => (Array.isArray(value) ? value : []);
const isPosition = (value: Position): boolean =>
  Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number';
const positions = (value: readonly Position[]): Position[] => lists(value).filter(isPosition);

const x = (position: Position | undefined): number => position?.[0] ?? Number.NaN;
const y = (position: Position | undefined): number => position?.[1] ?? Number.NaN;
const apart = (a: Position | undefined, b: Position | undefined): number => Math.hypot(x(a) - x(b), y(a) - y(b));

function greatest<T>(all: readonly T[], size: (one: T) => number): T | [] {
  let best: T | [] = [];
  let most = -1;
  for (const one of all) {
    const each = size(one);
    if (each > most) [best, most] = [one, each];
  }
  return best;
}

function nearestToMiddle(all: readonly Position[]): Position | null {
  const middle = [0, 1].map((axis) => all.reduce((sum, each) => sum + (each[axis] ?? 0), 0) / all.length);
  const nearest = greatest(all, (each) => 1 / (1 + apart(each, middle)));
  return nearest.length > 0 ? nearest : null;
}

const lengthOf = (line: readonly Position[]): number =>
  line.reduce((sum, each, i) => (i === 0 ? 0 : sum + apart(line[i - 1], each)), 0);

function middleOf(line: readonly Position[]): Position | null {
  let left = lengthOf(line) / 2;
  for (let i = 1; i < line.length; i++) {
    const [from, to] = [line[i - 1], line[i]];
    const piece = apart(from, to);
    if (piece >= left && piece > 0) {
      const part = left / piece;
      return [x(from) + (x(to) - x(from)) * part, y(from) + (y(to) - y(from)) * part];
    }
    left -= piece;
  }
  return line[0] ?? null;
}

/** Twice the signed area would do as well; the ring's first point is the origin, so that metres of a plane lose no digits. */
function areaOf(ring: readonly Position[]): number {
  const [ox, oy] = [x(ring[0]), y(ring[0])];
  let sum = 0;
  for (let i = 1; i < ring.length; i++)
    sum += (x(ring[i - 1]) - ox) * (y(ring[i]) - oy) - (x(ring[i]) - ox) * (y(ring[i - 1]) - oy);
  return sum / 2;
}

function centroidOf(ring: readonly Position[]): Position {
  const [ox, oy] = [x(ring[0]), y(ring[0])];
  let [sx, sy] = [0, 0];
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay, bx, by] = [x(ring[i - 1]) - ox, y(ring[i - 1]) - oy, x(ring[i]) - ox, y(ring[i]) - oy];
    const cross = ax * by - bx * ay;
    sx += (ax + bx) * cross;
    sy += (ay + by) * cross;
  }
  const six = 6 * areaOf(ring);
  return [ox + sx / six, oy + sy / six];
}

function insideOf(rings: readonly Position[][]): Position | null {
  const [outer = []] = rings;
  if (areaOf(outer) === 0) return middleOf(outer); // A sliver without a width is a line.
  const [cx = 0, cy = 0] = centroidOf(outer);
  const crossings = crossingsAt(rings, cy);
  let [widest, middle] = [0, cx];
  for (let i = 1; i < crossings.length; i += 2) {
    const [west = 0, east = 0] = [crossings[i - 1], crossings[i]];
    if (cx > west && cx < east) return [cx, cy];
    if (east - west > widest) [widest, middle] = [east - west, (west + east) / 2];
  }
  return [middle, cy];
}

/** Where the rings cross a parallel, from west to east: between the first and second it is inside, and so on. */
function crossingsAt(rings: readonly Position[][], height: number): number[] {
  const crossings: number[] = [];
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i++) {
      const [a, b] = [ring.at(i - 1), ring[i]];
      if (y(a) > height === y(b) > height) continue;
      crossings.push(x(a) + ((height - y(a)) / (y(b) - y(a))) * (x(b) - x(a)));
    }
  }
  return crossings.sort((a, b) => a - b);
}
