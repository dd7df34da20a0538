import { Ints } from './growing.ts';
import type { Box } from './mercator.ts';

/**
 * A ring cut to a box (Sutherland and Hodgman, side by side). Where the ring leaves the box it goes on along the box's side, so that it
 * stays one ring; the tile's buffer hides that. Flat `x, y, x, y …`, closed; empty where nothing is within.
 */
export function clipRing(ring: Int32Array, box: Box): Int32Array {
  let from = ring;
  let length = ring.length;
  for (let side = 0; side < 4 && length > 0; side++) {
    const into = side % 2 === 0 ? EVEN : ODD;
    cutSide(from, length, side, box[side] as number, into);
    from = into.data;
    length = into.length;
  }
  return length < 8 ? NOTHING : from.slice(0, length);
}

const EVEN = new Ints();
const ODD = new Ints();
const NOTHING = new Int32Array(0);

/** Sides as in a box: 0 and 1 keep what is not less, 2 and 3 what is not more; even sides look at x, odd ones at y. */
function cutSide(ring: Int32Array, length: number, side: number, limit: number, out: Ints): void {
  out.clear();
  // Every edge adds two points at most, and the ring is closed at the end.
  out.room(length * 2 + 2);
  const to = out.data;
  let n = 0;
  const axis = side % 2;
  const sign = side < 2 ? 1 : -1;
  const edge = limit * sign;
  let wasIn = false;
  for (let i = 0; i < length; i += 2) {
    const value = ring[i + axis] as number;
    const isIn = value * sign >= edge;
    if (i > 0 && isIn !== wasIn) {
      const before = ring[i - 2 + axis] as number;
      const f = (limit - before) / (value - before);
      const a = ring[i - 1 - axis] as number;
      const b = ring[i + 1 - axis] as number;
      to[n + axis] = limit;
      to[n + 1 - axis] = Math.round(a + (b - a) * f);
      n += 2;
    }
    if (isIn) {
      to[n++] = ring[i] as number;
      to[n++] = ring[i + 1] as number;
    }
    wasIn = isIn;
  }
  if (n > 0 && (to[0] !== to[n - 2] || to[1] !== to[n - 1])) {
    to[n++] = to[0] as number;
    to[n++] = to[1] as number;
  }
  out.length = n;
}

/** The parts of a line that are within a box (Liang and Barsky, segment by segment); flat `x, y, x, y …` each. */
export function clipLine(line: Int32Array, box: Box): Int32Array[] {
  const parts: Int32Array[] = [];
  const part = EVEN;
  part.clear();
  const close = (): void => {
    if (part.length >= 4) parts.push(part.copy());
    part.clear();
  };
  for (let i = 2; i < line.length; i += 2) {
    const [ax, ay] = [line[i - 2] as number, line[i - 1] as number];
    const [bx, by] = [line[i] as number, line[i + 1] as number];
    if (!within(ax, ay, bx, by, box)) {
      close();
      continue;
    }
    const [x0, y0] = BEGUN === 0 ? [ax, ay] : [Math.round(ax + (bx - ax) * BEGUN), Math.round(ay + (by - ay) * BEGUN)];
    const [x1, y1] = ENDED === 1 ? [bx, by] : [Math.round(ax + (bx - ax) * ENDED), Math.round(ay + (by - ay) * ENDED)];
    if (BEGUN > 0) close();
    if (part.length === 0) {
      part.push(x0);
      part.push(y0);
    }
    if (x1 !== part.at(part.length - 2) || y1 !== part.at(part.length - 1)) {
      part.push(x1);
      part.push(y1);
    }
  }
  close();
  return parts;
}

/** The share of the last segment that `within` found to be in the box. */
let BEGUN = 0;
let ENDED = 1;

function within(ax: number, ay: number, bx: number, by: number, box: Box): boolean {
  BEGUN = 0;
  ENDED = 1;
  return (
    side(ax - bx, ax - box[0]) && side(bx - ax, box[2] - ax) && side(ay - by, ay - box[1]) && side(by - ay, box[3] - ay)
  );
}

/** One side: `p` how fast the segment leaves it, `q` how far within it begins. */
function side(p: number, q: number): boolean {
  if (p === 0) return q >= 0;
  const at = q / p;
  if (p < 0) {
    if (at > ENDED) return false;
    if (at > BEGUN) BEGUN = at;
  } else {
    if (at < BEGUN) return false;
    if (at < ENDED) ENDED = at;
  }
  return true;
}
