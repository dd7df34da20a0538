import { areaOf, inRing, type Line, type Pt, pt } from './plane.ts';

/** A field of numbers on a regular grid of cell centres. */
export interface Raster {
  readonly x0: number;
  readonly y0: number;
  readonly cell: number;
  readonly cols: number;
  readonly rows: number;
  readonly data: Float32Array;
}

export function makeRaster(x0: number, y0: number, x1: number, y1: number, cell: number): Raster {
  const cols = Math.round((x1 - x0) / cell);
  const rows = Math.round((y1 - y0) / cell);
  return { x0, y0, cell, cols, rows, data: new Float32Array(cols * rows) };
}

export function fillRaster(r: Raster, value: (p: Pt) => number): Raster {
  for (let row = 0; row < r.rows; row++) {
    for (let col = 0; col < r.cols; col++) {
      r.data[row * r.cols + col] = value(pt(r.x0 + (col + 0.5) * r.cell, r.y0 + (row + 0.5) * r.cell));
    }
  }
  return r;
}

/** Value at a point, bilinear; the border's value outside. */
export function sample(r: Raster, p: Pt): number {
  const fx = Math.max(0, Math.min(r.cols - 1.001, (p.x - r.x0) / r.cell - 0.5));
  const fy = Math.max(0, Math.min(r.rows - 1.001, (p.y - r.y0) / r.cell - 0.5));
  const col = Math.floor(fx);
  const row = Math.floor(fy);
  const i = row * r.cols + col;
  const u = fx - col;
  const v = fy - row;
  const d = r.data;
  const bottom = (d[i] as number) * (1 - u) + (d[i + 1] as number) * u;
  const top = (d[i + r.cols] as number) * (1 - u) + (d[i + r.cols + 1] as number) * u;
  return bottom * (1 - v) + top * v;
}

/** Sets every cell whose centre is inside the ring (scan lines, even-odd). */
export function stampRing(r: Raster, ring: Line, value: number): void {
  const crossings: number[] = [];
  let lo = Infinity;
  let hi = -Infinity;
  for (const p of ring) {
    lo = Math.min(lo, p.y);
    hi = Math.max(hi, p.y);
  }
  const first = Math.max(0, Math.floor((lo - r.y0) / r.cell - 0.5));
  const last = Math.min(r.rows - 1, Math.ceil((hi - r.y0) / r.cell));
  for (let row = first; row <= last; row++) {
    const y = r.y0 + (row + 0.5) * r.cell;
    crossings.length = 0;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const a = ring[j] as Pt;
      const b = ring[i] as Pt;
      if (a.y > y !== b.y > y) crossings.push(a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x));
    }
    crossings.sort((m, n) => m - n);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = Math.max(0, Math.ceil(((crossings[k] as number) - r.x0) / r.cell - 0.5));
      const to = Math.min(r.cols - 1, Math.floor(((crossings[k + 1] as number) - r.x0) / r.cell - 0.5));
      for (let col = from; col <= to; col++) r.data[row * r.cols + col] = value;
    }
  }
}

/** Euclidean distance in metres from every cell to the nearest cell where `isTarget` holds (Felzenszwalb–Huttenlocher). */
export function distanceTo(r: Raster, isTarget: (v: number) => boolean): Raster {
  const { cols, rows } = r;
  const far = 1e12;
  const f = new Float64Array(cols * rows);
  for (let i = 0; i < f.length; i++) f[i] = isTarget(r.data[i] as number) ? 0 : far;
  const n = Math.max(cols, rows);
  const line = new Float64Array(n);
  const hull = new Int32Array(n);
  const edge = new Float64Array(n + 1);
  const pass = (start: number, stride: number, count: number): void => {
    let k = 0;
    hull[0] = 0;
    edge[0] = -Infinity;
    edge[1] = Infinity;
    for (let q = 0; q < count; q++) line[q] = f[start + q * stride] as number;
    for (let q = 1; q < count; q++) {
      let s = 0;
      for (;;) {
        const h = hull[k] as number;
        s = ((line[q] as number) + q * q - ((line[h] as number) + h * h)) / (2 * (q - h));
        if (s > (edge[k] as number)) break;
        k--;
      }
      k++;
      hull[k] = q;
      edge[k] = s;
      edge[k + 1] = Infinity;
    }
    k = 0;
    for (let q = 0; q < count; q++) {
      while ((edge[k + 1] as number) < q) k++;
      const h = hull[k] as number;
      f[start + q * stride] = (q - h) * (q - h) + (line[h] as number);
    }
  };
  for (let col = 0; col < cols; col++) pass(col, cols, rows);
  for (let row = 0; row < rows; row++) pass(row * cols, 1, cols);
  const out = new Float32Array(cols * rows);
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(f[i] as number) * r.cell;
  return { ...r, data: out };
}

/** Polygons (outer ring, then holes) of the region where the field is at least `level` (marching squares). */
export function regionsAbove(r: Raster, level: number): Pt[][][] {
  const value = (col: number, row: number): number =>
    col < 0 || row < 0 || col >= r.cols || row >= r.rows ? level - 1 : (r.data[row * r.cols + col] as number);
  const centre = (col: number, row: number): Pt => pt(r.x0 + (col + 0.5) * r.cell, r.y0 + (row + 0.5) * r.cell);
  const next = new Map<number, number>();
  const point = new Map<number, Pt>();
  const stride = r.cols + 2;
  // A crossing has the number of its lattice edge: 2·cell for the horizontal edge, +1 for the vertical one.
  const cut = (horizontal: boolean, col: number, row: number): number => {
    const id = 2 * ((row + 1) * stride + col + 1) + (horizontal ? 0 : 1);
    if (!point.has(id)) {
      const a = value(col, row);
      const b = horizontal ? value(col + 1, row) : value(col, row + 1);
      const t = Math.max(0.02, Math.min(0.98, (level - a) / (b - a)));
      const p = centre(col, row);
      point.set(id, horizontal ? pt(p.x + t * r.cell, p.y) : pt(p.x, p.y + t * r.cell));
    }
    return id;
  };
  for (let row = -1; row < r.rows; row++) {
    for (let col = -1; col < r.cols; col++) {
      const a = value(col, row) >= level ? 1 : 0;
      const b = value(col + 1, row) >= level ? 2 : 0;
      const c = value(col + 1, row + 1) >= level ? 4 : 0;
      const d = value(col, row + 1) >= level ? 8 : 0;
      const key = a | b | c | d;
      if (key === 0 || key === 15) continue;
      const bottom = (): number => cut(true, col, row);
      const right = (): number => cut(false, col + 1, row);
      const top = (): number => cut(true, col, row + 1);
      const left = (): number => cut(false, col, row);
      const link = (from: number, to: number): void => void next.set(from, to);
      // The region is kept on the left, so outer rings run counter-clockwise and holes clockwise.
      if (key === 1) link(bottom(), left());
      else if (key === 2) link(right(), bottom());
      else if (key === 3) link(right(), left());
      else if (key === 4) link(top(), right());
      else if (key === 5) {
        link(bottom(), right());
        link(top(), left());
      } else if (key === 6) link(top(), bottom());
      else if (key === 7) link(top(), left());
      else if (key === 8) link(left(), top());
      else if (key === 9) link(bottom(), top());
      else if (key === 10) {
        link(left(), bottom());
        link(right(), top());
      } else if (key === 11) link(right(), top());
      else if (key === 12) link(left(), right());
      else if (key === 13) link(bottom(), right());
      else link(left(), bottom());
    }
  }
  const rings: Pt[][] = [];
  while (next.size > 0) {
    const start = next.keys().next().value as number;
    const ring: Pt[] = [];
    let id: number | undefined = start;
    while (id !== undefined) {
      const to: number | undefined = next.get(id);
      if (to === undefined) break;
      next.delete(id);
      ring.push(point.get(id) as Pt);
      id = to;
    }
    if (ring.length >= 4) rings.push(ring);
  }
  return nest(rings);
}

/** Groups counter-clockwise rings with the clockwise rings that lie inside them. */
export function nest(rings: readonly Pt[][]): Pt[][][] {
  const outer = rings.filter((ring) => areaOf(ring) > 0).map((ring) => ({ area: areaOf(ring), polygon: [ring] }));
  outer.sort((a, b) => a.area - b.area);
  for (const hole of rings) {
    if (areaOf(hole) > 0) continue;
    outer.find((o) => o.area > -areaOf(hole) && inRing(hole[0] as Pt, o.polygon[0] as Pt[]))?.polygon.push(hole);
  }
  return outer.map((o) => o.polygon);
}
