import { simplify } from './curve.ts';
import { dist, type Pt, pt } from './plane.ts';
import { nest } from './raster.ts';

/** Metres of one cell of the label raster that divisions are grown on; it covers the city's bounds. */
export const CELL = 25;
export const COLS = 14_000 / CELL;
export const ROWS = 10_000 / CELL;

/** A border between two labels from junction to junction; `left` lies to the left of its direction. */
export interface Arc {
  readonly left: number;
  readonly right: number;
  readonly from: number;
  readonly to: number;
  readonly line: readonly Pt[];
}

/** Cuts the borders of a label raster into arcs and smooths each once, so that neighbours share the very same line. */
export function arcsOf(label: Int32Array, snap: (p: Pt) => Pt | undefined): Arc[] {
  const W = COLS + 1;
  const at = (col: number, row: number): number =>
    col < 0 || row < 0 || col >= COLS || row >= ROWS ? -1 : (label[row * COLS + col] as number);
  // Steps along lattice edges, as direction 0 east, 1 north, 2 west, 3 south; the sides tell left and right.
  const sides = (v: number, dir: number): [number, number] => {
    const col = v % W;
    const row = Math.floor(v / W);
    if (dir === 0) return [at(col, row), at(col, row - 1)];
    if (dir === 1) return [at(col - 1, row), at(col, row)];
    if (dir === 2) return [at(col - 1, row - 1), at(col - 1, row)];
    return [at(col, row - 1), at(col - 1, row - 1)];
  };
  const ahead = (v: number, dir: number): number => v + ([1, W, -1, -W][dir] as number);
  const open = (v: number): number[] =>
    [0, 1, 2, 3].filter((dir) => {
      const col = v % W;
      const row = Math.floor(v / W);
      if (
        (dir === 0 && col === COLS) ||
        (dir === 1 && row === ROWS) ||
        (dir === 2 && col === 0) ||
        (dir === 3 && row === 0)
      )
        return false;
      const [l, r] = sides(v, dir);
      return l !== r;
    });
  const used = new Set<number>();
  const arcs: Arc[] = [];
  const follow = (start: number, first: number): void => {
    if (used.has(start * 4 + first)) return;
    const [l, r] = sides(start, first);
    const points = [start];
    let v = start;
    let dir = first;
    for (;;) {
      used.add(v * 4 + dir);
      v = ahead(v, dir);
      used.add(v * 4 + ((dir + 2) % 4));
      points.push(v);
      const ways = open(v);
      if (ways.length !== 2 || v === start) break;
      dir = ways.find((w) => w !== (dir + 2) % 4) as number;
    }
    const line = points.map((p) => pt((p % W) * CELL, Math.floor(p / W) * CELL));
    arcs.push({ left: l, right: r, from: start, to: v, line: smooth(line, snap) });
  };
  const corners = (COLS + 1) * (ROWS + 1);
  for (let v = 0; v < corners; v++) {
    const ways = open(v);
    if (ways.length > 2) for (const dir of ways) follow(v, dir);
  }
  for (let v = 0; v < corners; v++) for (const dir of open(v)) follow(v, dir);
  return arcs;
}

/**
 * Lays a raster border on the road or river nearby and rounds its stairs elsewhere; both ends stay with their junction.
 * Borders on the map's edge stay straight.
 */
function smooth(line: readonly Pt[], snap: (p: Pt) => Pt | undefined): Pt[] {
  const closed = dist(line[0] as Pt, line.at(-1) as Pt) < 1;
  const edge = (p: Pt): boolean => p.x <= 0 || p.y <= 0 || p.x >= 14_000 || p.y >= 10_000;
  const fixed = line.map((p) => (edge(p) ? p : snap(p)));
  let soft = line.map((p, i) => fixed[i] ?? p);
  for (let pass = 0; pass < 2; pass++) {
    soft = soft.map((p, i) => {
      const a = soft[i - 1];
      const b = soft[i + 1];
      return !a || !b || fixed[i] ? p : pt((a.x + 2 * p.x + b.x) / 4, (a.y + 2 * p.y + b.y) / 4);
    });
  }
  if (!closed) return soft.length < 4 ? soft : simplify(soft, 5);
  const half = soft.length >> 1;
  return [...simplify(soft.slice(0, half + 1), 5).slice(0, -1), ...simplify(soft.slice(half), 5)];
}

/** Rings of every area of a level, from the arcs between areas that differ. */
export function polygonsOf(arcs: readonly Arc[], of: (cell: number) => number, count: number): Pt[][][][] {
  const own: { from: number; to: number; line: readonly Pt[] }[][] = Array.from({ length: count }, () => []);
  for (const arc of arcs) {
    const l = arc.left < 0 ? -1 : of(arc.left);
    const r = arc.right < 0 ? -1 : of(arc.right);
    if (l === r) continue;
    if (l >= 0) own[l]?.push({ from: arc.from, to: arc.to, line: arc.line });
    if (r >= 0) own[r]?.push({ from: arc.to, to: arc.from, line: [...arc.line].reverse() });
  }
  return own.map((pieces) => {
    const starts = new Map<number, typeof pieces>();
    for (const piece of pieces) starts.set(piece.from, [...(starts.get(piece.from) ?? []), piece]);
    const rings: Pt[][] = [];
    for (const first of pieces) {
      if (!starts.get(first.from)?.includes(first)) continue;
      const ring: Pt[] = [];
      let piece: (typeof pieces)[number] | undefined = first;
      while (piece) {
        const list: typeof pieces = starts.get(piece.from) ?? [];
        list.splice(list.indexOf(piece), 1);
        ring.push(...piece.line.slice(0, -1));
        if (piece.to === first.from) break;
        piece = starts.get(piece.to)?.[0];
      }
      if (ring.length > 2) rings.push(ring);
    }
    return nest(rings);
  });
}
