import { along, lengthOf } from './curve.ts';
import { add, dist, type Line, left, type Pt } from './plane.ts';

/** Which ground is taken, on a 4 m grid: roads, rails, water, hills, buildings. */
export interface Occupancy {
  takeLine(line: Line, halfWidth: number): void;
  takeWhere(taken: (p: Pt) => boolean): void;
  takeBox(box: Box): void;
  free(box: Box, gap: number): boolean;
}

/** A turned rectangle: centre, unit axis along its length, half length and half depth. */
export interface Box {
  readonly c: Pt;
  readonly u: Pt;
  readonly hu: number;
  readonly hv: number;
}

const CELL = 4;
const X0 = -500;
const Y0 = -500;
const COLS = 3750;
const ROWS = 2750;

export function makeOccupancy(): Occupancy {
  const taken = new Uint8Array(COLS * ROWS);
  const index = (x: number, y: number): number => {
    const col = Math.floor((x - X0) / CELL);
    const row = Math.floor((y - Y0) / CELL);
    return col < 0 || row < 0 || col >= COLS || row >= ROWS ? -1 : row * COLS + col;
  };
  const overBox = (box: Box, gap: number, visit: (i: number) => boolean): boolean => {
    const v = left(box.u);
    const [hu, hv] = [box.hu + gap, box.hv + gap];
    const nu = Math.max(1, Math.ceil((2 * hu) / 3));
    const nv = Math.max(1, Math.ceil((2 * hv) / 3));
    for (let i = 0; i <= nu; i++) {
      for (let j = 0; j <= nv; j++) {
        const du = -hu + (2 * hu * i) / nu;
        const dv = -hv + (2 * hv * j) / nv;
        if (!visit(index(box.c.x + box.u.x * du + v.x * dv, box.c.y + box.u.y * du + v.y * dv))) return false;
      }
    }
    return true;
  };
  return {
    takeLine(line, halfWidth) {
      for (let i = 1; i < line.length; i++) {
        const a = line[i - 1] as Pt;
        const b = line[i] as Pt;
        const d = dist(a, b);
        if (d === 0) continue;
        const u = { x: (b.x - a.x) / d, y: (b.y - a.y) / d };
        overBox({ c: add(a, u, d / 2), u, hu: d / 2, hv: halfWidth }, 1, (k) => {
          if (k >= 0) taken[k] = 1;
          return true;
        });
      }
    },
    takeWhere(isTaken) {
      for (let row = 0; row < ROWS; row += 2) {
        for (let col = 0; col < COLS; col += 2) {
          if (!isTaken({ x: X0 + (col + 1) * CELL, y: Y0 + (row + 1) * CELL })) continue;
          const k = row * COLS + col;
          taken[k] = 1;
          taken[k + 1] = 1;
          taken[k + COLS] = 1;
          taken[k + COLS + 1] = 1;
        }
      }
    },
    takeBox(box) {
      overBox(box, 0, (k) => {
        if (k >= 0) taken[k] = 1;
        return true;
      });
    },
    free: (box, gap) => overBox(box, gap, (k) => k >= 0 && taken[k] === 0),
  };
}

/** Points every `step` metres along a line with their tangents. */
export function* walk(line: Line, step: number, from = 0): Generator<{ p: Pt; t: Pt; s: number }> {
  const total = lengthOf(line);
  for (let s = from; s <= total; s += step) yield { ...along(line, s), s };
}
