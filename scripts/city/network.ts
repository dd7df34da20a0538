import type { RoadClass } from '../../core/places/roads.ts';
import { crossing, lengthOf, simplify, toSegment } from './curve.ts';
import { add, direction, dist, inBounds, type Pt, pt } from './plane.ts';
import type { Street } from './streets.ts';
import type { Road } from './trunk.ts';

/** A stretch of road between two junctions. */
export interface Segment {
  a: number;
  b: number;
  line: Pt[];
  readonly class: RoadClass;
  /** Index of the street it belongs to. */
  readonly street: number;
  readonly separate: boolean;
  readonly ramp: boolean;
}

/** The road network cut at its junctions: connected. */
export interface Network {
  readonly nodes: readonly Pt[];
  readonly segments: readonly Segment[];
}

/** A line to be cut: a trunk road or a grown street. */
export interface Way {
  line: Pt[];
  readonly class: RoadClass;
  readonly street: number;
  readonly separate: boolean;
  readonly ramp: boolean;
}

const RANK: Record<RoadClass, number> = { expressway: 0, arterial: 1, secondary: 2, local: 3, service: 4 };
const BUCKET = 80;
const SNAP = 9;

interface Piece {
  readonly way: number;
  readonly index: number;
}

export function waysOf(roads: readonly Road[], streets: readonly Street[]): Way[] {
  const clip = (line: readonly Pt[]): Pt[] => line.filter((p) => inBounds(p, 250));
  return [
    ...roads.map((road, street) => ({
      line: clip(road.line),
      class: road.class,
      street,
      separate: road.separate === true,
      ramp: road.ramp === true,
    })),
    ...streets.map((s, i) => ({
      line: simplify(s.line, 0.8),
      class: s.class,
      street: roads.length + i,
      separate: false,
      ramp: false,
    })),
  ].filter((way) => way.line.length > 1);
}

/** Joins loose ends, cuts the ways where they meet, tidies up, and keeps the largest connected part. */
export function buildNetwork(ways: Way[], reach: (p: Pt) => number, blocked: (a: Pt, b: Pt) => boolean): Network {
  joinEnds(ways, reach, blocked);
  return tidy(cut(ways));
}

function index(ways: readonly Way[]): Map<number, Piece[]> {
  const grid = new Map<number, Piece[]>();
  ways.forEach((way, w) => {
    for (let i = 1; i < way.line.length; i++) {
      for (const key of bucketsOf(way.line[i - 1] as Pt, way.line[i] as Pt)) {
        const list = grid.get(key);
        if (list) list.push({ way: w, index: i });
        else grid.set(key, [{ way: w, index: i }]);
      }
    }
  });
  return grid;
}

function bucketsOf(a: Pt, b: Pt, margin = SNAP): number[] {
  const out: number[] = [];
  for (
    let row = Math.floor((Math.min(a.y, b.y) - margin) / BUCKET);
    row <= Math.floor((Math.max(a.y, b.y) + margin) / BUCKET);
    row++
  ) {
    for (
      let col = Math.floor((Math.min(a.x, b.x) - margin) / BUCKET);
      col <= Math.floor((Math.max(a.x, b.x) + margin) / BUCKET);
      col++
    ) {
      out.push(row * 4096 + col);
    }
  }
  return out;
}

/** Runs every loose end of a street on to the next road ahead; ends of ramps and branches go to the nearest road. */
function joinEnds(ways: Way[], reach: (p: Pt) => number, blocked: (a: Pt, b: Pt) => boolean): void {
  const grid = index(ways);
  const pieces = (a: Pt, b: Pt, margin: number): Piece[] => [
    ...new Set(bucketsOf(a, b, margin).flatMap((key) => grid.get(key) ?? [])),
  ];
  ways.forEach((way, w) => {
    for (const end of [0, 1] as const) {
      const line = way.line;
      const tip = (end === 0 ? line[0] : line.at(-1)) as Pt;
      const before = (end === 0 ? line[1] : line.at(-2)) as Pt;
      let target: Pt | undefined;
      if (way.separate) {
        let best = 90;
        for (const piece of pieces(tip, tip, 90)) {
          const other = ways[piece.way] as Way;
          if (piece.way === w || RANK[other.class] > 1) continue;
          const [c, d] = [other.line[piece.index - 1] as Pt, other.line[piece.index] as Pt];
          const gap = toSegment(tip, c, d) + (other.ramp ? 40 : 0);
          if (gap < best) {
            best = gap;
            target = project(tip, c, d);
          }
        }
      } else if (inBounds(tip, 0)) {
        const ahead = add(tip, direction(before, tip), reach(tip));
        let best = Infinity;
        for (const piece of pieces(tip, ahead, SNAP)) {
          const other = ways[piece.way] as Way;
          if (piece.way === w || other.separate) continue;
          const [c, d] = [other.line[piece.index - 1] as Pt, other.line[piece.index] as Pt];
          if (toSegment(tip, c, d) < 1) best = -1;
          const hit = crossing(tip, ahead, c, d);
          if (hit && hit.t < best) {
            best = hit.t;
            target = add(tip, direction(before, tip), hit.t * reach(tip));
          }
        }
        if (best < 0 || (target && blocked(tip, target))) target = undefined;
      }
      if (!target) continue;
      // Goes a hand's breadth past the road, so that the cut surely finds the crossing.
      const past = add(target, direction(tip, target), way.separate ? 0 : 0.5);
      if (end === 0) line.unshift(past);
      else line.push(past);
    }
  });
}

function project(p: Pt, a: Pt, b: Pt): Pt {
  const len2 = dist(a, b) ** 2;
  const t = len2 === 0 ? 0 : Math.max(0, Math.min(1, ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / len2));
  return pt(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t);
}

function cut(ways: readonly Way[]): Network {
  const grid = index(ways);
  const cuts: { s: number; p: Pt }[][] = ways.map(() => []);
  const seen = new Set<string>();
  const ends = ways.map((way) => [way.line[0] as Pt, way.line.at(-1) as Pt]);
  for (const bucket of grid.values()) {
    for (let m = 0; m < bucket.length; m++) {
      const first = bucket[m] as Piece;
      const wayA = ways[first.way] as Way;
      const [a, b] = [wayA.line[first.index - 1] as Pt, wayA.line[first.index] as Pt];
      for (let n = m + 1; n < bucket.length; n++) {
        const second = bucket[n] as Piece;
        if (first.way === second.way) continue;
        const wayB = ways[second.way] as Way;
        const [c, d] = [wayB.line[second.index - 1] as Pt, wayB.line[second.index] as Pt];
        const key =
          first.way < second.way
            ? `${first.way},${first.index},${second.way},${second.index}`
            : `${second.way},${second.index},${first.way},${first.index}`;
        if (seen.has(key)) continue;
        seen.add(key);
        if (!wayA.separate && !wayB.separate) {
          const x = crossing(a, b, c, d);
          if (x) {
            const p = add(a, pt(b.x - a.x, b.y - a.y), x.t);
            cuts[first.way]?.push({ s: first.index - 1 + x.t, p });
            cuts[second.way]?.push({ s: second.index - 1 + x.u, p });
            continue;
          }
        }
        for (const [mine, other, piece, c0, d0] of [
          [first, second, second, c, d],
          [second, first, first, a, b],
        ] as const) {
          for (const tip of ends[mine.way] ?? []) {
            if (toSegment(tip, c0, d0) > 1.5) continue;
            const p = project(tip, c0, d0);
            const len = dist(c0, d0);
            cuts[other.way]?.push({ s: piece.index - 1 + (len > 0 ? dist(c0, p) / len : 0), p: tip });
          }
        }
      }
    }
  }
  const nodes: Pt[] = [];
  const near = new Map<number, number[]>();
  const nodeAt = (p: Pt): number => {
    const col = Math.floor(p.x / SNAP);
    const row = Math.floor(p.y / SNAP);
    for (let r = row - 1; r <= row + 1; r++) {
      for (let c = col - 1; c <= col + 1; c++) {
        for (const id of near.get(r * 65536 + c) ?? []) if (dist(nodes[id] as Pt, p) < SNAP) return id;
      }
    }
    nodes.push(p);
    const list = near.get(row * 65536 + col) ?? [];
    list.push(nodes.length - 1);
    near.set(row * 65536 + col, list);
    return nodes.length - 1;
  };
  const segments: Segment[] = [];
  ways.forEach((way, w) => {
    const marks = [
      { s: 0, p: way.line[0] as Pt },
      ...(cuts[w] ?? []).sort((m, n) => m.s - n.s),
      { s: way.line.length - 1, p: way.line.at(-1) as Pt },
    ];
    for (let i = 1; i < marks.length; i++) {
      const [from, to] = [marks[i - 1] as { s: number; p: Pt }, marks[i] as { s: number; p: Pt }];
      const a = nodeAt(from.p);
      const b = nodeAt(to.p);
      if (a === b) continue;
      const inner = way.line
        .slice(Math.floor(from.s) + 1, Math.ceil(to.s))
        .filter((p) => dist(p, nodes[a] as Pt) > 4 && dist(p, nodes[b] as Pt) > 4);
      segments.push({
        a,
        b,
        line: [nodes[a] as Pt, ...inner, nodes[b] as Pt],
        class: way.class,
        street: way.street,
        separate: way.separate,
        ramp: way.ramp,
      });
    }
  });
  return { nodes, segments };
}

function tidy(raw: Network): Network {
  let segments = [...raw.segments].sort((m, n) => RANK[m.class] - RANK[n.class]);
  const pairs = new Set<string>();
  segments = segments.filter((s) => {
    const key = s.a < s.b ? `${s.a},${s.b}` : `${s.b},${s.a}`;
    if (pairs.has(key)) return false;
    pairs.add(key);
    return true;
  });
  for (let round = 0; round < 4; round++) {
    const degree = new Uint16Array(raw.nodes.length);
    for (const s of segments) {
      degree[s.a] = (degree[s.a] as number) + 1;
      degree[s.b] = (degree[s.b] as number) + 1;
    }
    // Stubs left where a street ended just past its last crossing, and arms of main streets that lead nowhere.
    segments = segments.filter(
      (s) =>
        RANK[s.class] < 2 ||
        ((degree[s.a] as number) > 1 && (degree[s.b] as number) > 1) ||
        lengthOf(s.line) > (s.class === 'secondary' ? 330 : round < 2 ? 62 : 24) ||
        !inBounds(s.line[0] as Pt, -40) ||
        !inBounds(s.line.at(-1) as Pt, -40),
    );
  }
  const parent = raw.nodes.map((_, i) => i);
  const root = (i: number): number => {
    let r = i;
    while (parent[r] !== r) r = parent[r] as number;
    let walk = i;
    while (parent[walk] !== r) {
      const up = parent[walk] as number;
      parent[walk] = r;
      walk = up;
    }
    return r;
  };
  for (const s of segments) parent[root(s.a)] = root(s.b);
  const size = new Map<number, number>();
  for (const s of segments) size.set(root(s.a), (size.get(root(s.a)) ?? 0) + 1);
  const largest = [...size].sort((m, n) => n[1] - m[1])[0]?.[0];
  segments = segments.filter((s) => root(s.a) === largest);
  const renumber = new Map<number, number>();
  const nodes: Pt[] = [];
  const nodeOf = (i: number): number => {
    const known = renumber.get(i);
    if (known !== undefined) return known;
    nodes.push(raw.nodes[i] as Pt);
    renumber.set(i, nodes.length - 1);
    return nodes.length - 1;
  };
  return { nodes, segments: segments.map((s) => ({ ...s, a: nodeOf(s.a), b: nodeOf(s.b) })) };
}
