import { add, direction, dist, type Line, left, mix, type Pt, pt } from './plane.ts';

/** A smooth curve through the control points (Catmull-Rom, centripetal), sampled about every `step` metres. */
export function spline(control: readonly (readonly [number, number])[], step: number, closed = false): Pt[] {
  const c = control.map(([x, y]) => pt(x, y));
  const n = c.length;
  const at = (i: number): Pt => {
    if (closed) return c[(i + n) % n] as Pt;
    if (i < 0) return mix(c[1] as Pt, c[0] as Pt, 2);
    if (i >= n) return mix(c[n - 2] as Pt, c[n - 1] as Pt, 2);
    return c[i] as Pt;
  };
  const out: Pt[] = [];
  for (let i = 0; i < (closed ? n : n - 1); i++) {
    const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const t1 = Math.sqrt(Math.max(dist(p0, p1), 1e-6));
    const t2 = t1 + Math.sqrt(Math.max(dist(p1, p2), 1e-6));
    const t3 = t2 + Math.sqrt(Math.max(dist(p2, p3), 1e-6));
    const pieces = Math.max(2, Math.ceil(dist(p1, p2) / step));
    for (let k = 0; k < pieces; k++) {
      const t = t1 + ((t2 - t1) * k) / pieces;
      const a1 = mix(p0, p1, t / t1);
      const a2 = mix(p1, p2, (t - t1) / (t2 - t1));
      const a3 = mix(p2, p3, (t - t2) / (t3 - t2));
      const b1 = mix(a1, a2, t / t2);
      const b2 = mix(a2, a3, (t - t1) / (t3 - t1));
      out.push(mix(b1, b2, (t - t1) / (t2 - t1)));
    }
  }
  if (!closed) out.push(c[n - 1] as Pt);
  return out;
}

/** Lengths along a line at each of its points. */
export function stations(line: Line): number[] {
  const out = [0];
  for (let i = 1; i < line.length; i++) out.push((out[i - 1] as number) + dist(line[i - 1] as Pt, line[i] as Pt));
  return out;
}

export const lengthOf = (line: Line): number => stations(line).at(-1) ?? 0;

/** Unit tangent at point `i` of a line. */
export function tangentAt(line: Line, i: number): Pt {
  return direction(line[Math.max(0, i - 1)] as Pt, line[Math.min(line.length - 1, i + 1)] as Pt);
}

/** The line shifted to its left by `by(i)` metres (negative: right). */
export function offset(line: Line, by: (i: number) => number): Pt[] {
  return line.map((p, i) => add(p, left(tangentAt(line, i)), by(i)));
}

/** The same line with points every `step` metres; both ends kept. */
export function resample(line: Line, step: number): Pt[] {
  const total = lengthOf(line);
  const pieces = Math.max(1, Math.round(total / step));
  const at = stations(line);
  const out: Pt[] = [];
  let i = 1;
  for (let k = 0; k <= pieces; k++) {
    const s = (total * k) / pieces;
    while (i < line.length - 1 && (at[i] as number) < s) i++;
    const s0 = at[i - 1] as number;
    const s1 = at[i] as number;
    out.push(mix(line[i - 1] as Pt, line[i] as Pt, s1 > s0 ? (s - s0) / (s1 - s0) : 0));
  }
  return out;
}

/** Position and tangent `s` metres along a line. */
export function along(line: Line, s: number): { p: Pt; t: Pt } {
  let rest = s;
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1] as Pt;
    const b = line[i] as Pt;
    const d = dist(a, b);
    if (rest <= d || i === line.length - 1) return { p: mix(a, b, d > 0 ? rest / d : 0), t: direction(a, b) };
    rest -= d;
  }
  return { p: line[0] as Pt, t: pt(1, 0) };
}

/** Fewer points, none further than `tolerance` metres from the old line (Douglas–Peucker). */
export function simplify(line: Line, tolerance: number): Pt[] {
  const keep = new Uint8Array(line.length);
  keep[0] = 1;
  keep[line.length - 1] = 1;
  const stack: [number, number][] = [[0, line.length - 1]];
  for (let range = stack.pop(); range; range = stack.pop()) {
    const [from, to] = range;
    let worst = tolerance;
    let index = -1;
    for (let i = from + 1; i < to; i++) {
      const d = toSegment(line[i] as Pt, line[from] as Pt, line[to] as Pt);
      if (d > worst) {
        worst = d;
        index = i;
      }
    }
    if (index > 0) {
      keep[index] = 1;
      stack.push([from, index], [index, to]);
    }
  }
  return line.filter((_, i) => keep[i] === 1);
}

/** Fewer points of a closed ring (given without a repeated last point). */
export function simplifyRing(ring: Line, tolerance: number): Pt[] {
  const half = ring.length >> 1;
  const a = simplify(ring.slice(0, half + 1), tolerance);
  const b = simplify([...ring.slice(half), ring[0] as Pt], tolerance);
  return [...a.slice(0, -1), ...b.slice(0, -1)];
}

/** Corner cutting; rounds a ring. */
export function chaikin(ring: Line, times: number): Pt[] {
  let out = [...ring];
  for (let n = 0; n < times; n++) {
    const next: Pt[] = [];
    for (let i = 0; i < out.length; i++) {
      const a = out[i] as Pt;
      const b = out[(i + 1) % out.length] as Pt;
      next.push(mix(a, b, 0.25), mix(a, b, 0.75));
    }
    out = next;
  }
  return out;
}

/** Distance from a point to a segment. */
export function toSegment(p: Pt, a: Pt, b: Pt): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const len2 = dx * dx + dy * dy;
  const t = len2 === 0 ? 0 : Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / len2));
  return dist(p, { x: a.x + dx * t, y: a.y + dy * t });
}

/** Where segments ab and cd cross: parameters along each, or undefined. */
export function crossing(a: Pt, b: Pt, c: Pt, d: Pt): { t: number; u: number } | undefined {
  const rx = b.x - a.x;
  const ry = b.y - a.y;
  const sx = d.x - c.x;
  const sy = d.y - c.y;
  const den = rx * sy - ry * sx;
  if (Math.abs(den) < 1e-9) return undefined;
  const t = ((c.x - a.x) * sy - (c.y - a.y) * sx) / den;
  const u = ((c.x - a.x) * ry - (c.y - a.y) * rx) / den;
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? { t, u } : undefined;
}

/** The closed strip of a line, `half(i)` metres wide to each side. */
export function strip(line: Line, half: (i: number) => number): Pt[] {
  return [...offset(line, half), ...offset(line, (i) => -half(i)).reverse()];
}
