import type { RoadClass } from '../../core/places/roads.ts';
import type { Block } from './blocks.ts';
import { simplifyRing } from './curve.ts';
import type { Network } from './network.ts';
import { type Box, makeOccupancy, type Occupancy } from './occupancy.ts';
import { add, direction, dist, inBounds, inRing, left, type Pt, pt } from './plane.ts';
import type { Random } from './random.ts';
import type { Terrain } from './terrain.ts';
import type { Trunk } from './trunk.ts';

/** A building's outline and height in metres. */
export interface Building {
  readonly ring: readonly Pt[];
  readonly height: number;
}

/** Half of a road's full width with pavements, metres. */
export const HALF_WIDTH: Record<RoadClass, number> = {
  expressway: 17,
  arterial: 19,
  secondary: 12,
  local: 7,
  service: 4.5,
};

interface Style {
  /** Frontage, depth, gap of buildings along the street; metres. */
  readonly front: readonly [number, number];
  readonly depth: readonly [number, number];
  readonly gap: readonly [number, number];
  readonly height: readonly [number, number];
  /** Chance that a lot on the street is built on. */
  readonly fill: number;
  /** Rows inside the block: length, depth, spacing, height; none when absent. */
  readonly rows?: {
    readonly length: readonly [number, number];
    readonly depth: number;
    readonly pitch: number;
    readonly height: readonly [number, number];
    readonly fill: number;
  };
}

const STYLES: Partial<Record<Block['use'], Style>> = {
  oldtown: {
    front: [11, 24],
    depth: [10, 17],
    gap: [1, 3],
    height: [5, 12],
    fill: 0.93,
    rows: { length: [10, 20], depth: 10, pitch: 19, height: [4, 10], fill: 0.8 },
  },
  village: { front: [10, 16], depth: [9, 12], gap: [3, 9], height: [6, 11], fill: 0.72 },
  commerce: {
    front: [30, 62],
    depth: [24, 42],
    gap: [10, 24],
    height: [24, 150],
    fill: 0.85,
    rows: { length: [34, 48], depth: 32, pitch: 74, height: [30, 110], fill: 0.6 },
  },
  housing: {
    front: [34, 66],
    depth: [13, 16],
    gap: [9, 20],
    height: [15, 26],
    fill: 0.62,
    rows: { length: [36, 58], depth: 13.5, pitch: 39, height: [18, 78], fill: 0.88 },
  },
  campus: {
    front: [48, 80],
    depth: [16, 24],
    gap: [26, 60],
    height: [14, 28],
    fill: 0.5,
    rows: { length: [50, 78], depth: 18, pitch: 78, height: [14, 30], fill: 0.5 },
  },
  industry: {
    front: [50, 110],
    depth: [32, 64],
    gap: [14, 26],
    height: [8, 15],
    fill: 0.85,
    rows: { length: [70, 120], depth: 44, pitch: 72, height: [8, 16], fill: 0.75 },
  },
  port: {
    front: [60, 110],
    depth: [26, 40],
    gap: [18, 30],
    height: [8, 14],
    fill: 0.6,
    rows: { length: [80, 140], depth: 15, pitch: 27, height: [8, 13], fill: 0.8 },
  },
  square: { front: [30, 50], depth: [18, 26], gap: [60, 110], height: [10, 30], fill: 0.4 },
};

/** Marks everything that a building must keep off. */
export function takenGround(network: Network, trunk: Trunk, terrain: Terrain): Occupancy {
  const ground = makeOccupancy();
  ground.takeWhere((p) => terrain.toWater(p) < 20 || terrain.elevation(p) > 26);
  for (const canal of terrain.canalLines)
    ground.takeLine(
      canal.filter((p) => inBounds(p, 400)),
      17,
    );
  for (const s of network.segments) ground.takeLine(s.line, s.ramp ? 8 : HALF_WIDTH[s.class]);
  for (const rail of trunk.railways)
    ground.takeLine(
      rail.line.filter((p) => inBounds(p, 400)),
      14,
    );
  return ground;
}

/** Puts buildings along the streets of every block, then rows inside it. */
export function makeBuildings(blocks: readonly Block[], ground: Occupancy, random: Random): Building[] {
  const out: Building[] = [];
  const put = (box: Box, height: number, gap: number, plain: boolean): boolean => {
    if (!inBounds(box.c, -20) || !ground.free(box, gap)) return false;
    ground.takeBox(box);
    out.push({ ring: outline(box, plain ? 0 : random.next(), random), height: Math.round(height) });
    return true;
  };
  for (const block of blocks) {
    const style = STYLES[block.use];
    if (!style) continue;
    const ring = simplifyRing(block.ring, 3);
    const tall = random.next();
    const height = (range: readonly [number, number]): number =>
      range[0] +
      (range[1] - range[0]) * Math.min(1, tall ** 2.2 + random.between(-0.08, 0.12) ** 2 + random.next() * 0.12);
    const alongStreets = (): void => {
      for (let i = 0; i < ring.length; i++) {
        frontage(ring[i] as Pt, ring[(i + 1) % ring.length] as Pt, style, random, (box, gap) =>
          put(box, height(style.height), gap, block.use === 'village'),
        );
      }
    };
    const { rows } = style;
    const plain = block.use !== 'commerce' && block.use !== 'campus';
    const inRows = (): void => {
      if (rows && block.area > 2200)
        fillRows(block, ring, rows, random, (box, gap) => put(box, height(rows.height), gap, plain));
    };
    // An estate is planned from its rows, other blocks from their streets.
    if (block.use === 'housing') {
      inRows();
      alongStreets();
    } else {
      alongStreets();
      inRows();
    }
  }
  return out;
}

/** Lots along one street side: each goes as near to the street as the ground is free. */
function frontage(a: Pt, b: Pt, style: Style, random: Random, put: (box: Box, gap: number) => boolean): void {
  const length = dist(a, b);
  const u = direction(a, b);
  const inward = left(u);
  let s = random.between(2, 9);
  while (s < length - style.front[0] * 0.6) {
    const front = Math.min(random.between(...style.front), length - s);
    const depth = random.between(...style.depth);
    const gap = random.between(...style.gap);
    if (random.chance(style.fill) && front > style.front[0] * 0.7) {
      for (let setback = 6; setback < 30; setback += 3) {
        const c = add(add(a, u, s + front / 2), inward, setback + depth / 2);
        if (put({ c, u, hu: front / 2, hv: depth / 2 }, Math.min(2, gap / 2))) break;
      }
    }
    s += front + gap;
  }
}

/** Parallel rows inside the block, along the street direction that lies nearest to east–west, as estates face the sun. */
function fillRows(
  block: Block,
  ring: readonly Pt[],
  rows: NonNullable<Style['rows']>,
  random: Random,
  put: (box: Box, gap: number) => boolean,
): void {
  let u = pt(1, 0);
  let longest = 0;
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i] as Pt;
    const b = ring[(i + 1) % ring.length] as Pt;
    if (dist(a, b) > longest) {
      longest = dist(a, b);
      u = direction(a, b);
    }
  }
  if (Math.abs(u.x) < Math.abs(u.y)) u = left(u);
  if (u.x < 0) u = pt(-u.x, -u.y);
  const v = left(u);
  let [lo, hi, left0, right] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const p of ring) {
    const x = (p.x - block.centre.x) * u.x + (p.y - block.centre.y) * u.y;
    const y = (p.x - block.centre.x) * v.x + (p.y - block.centre.y) * v.y;
    [lo, hi, left0, right] = [Math.min(lo, y), Math.max(hi, y), Math.min(left0, x), Math.max(right, x)];
  }
  const length = random.between(...rows.length);
  for (let y = lo + rows.pitch * 0.55; y < hi; y += rows.pitch) {
    for (let x = left0 + length / 2 + random.between(0, 14); x < right; x += 9) {
      const own = length * random.between(0.85, 1.1);
      const c = add(add(block.centre, u, x), v, y);
      if (!inRing(c, ring)) continue;
      if (!random.chance(rows.fill)) {
        x += own;
        continue;
      }
      if (put({ c, u, hu: own / 2, hv: rows.depth / 2 }, rows.depth < 12 ? 1 : 3)) x += own + rows.depth * 0.8;
    }
  }
}

/** A plain box, or an L, a U or a stepped slab inside it. */
function outline(box: Box, dice: number, random: Random): Pt[] {
  const v = left(box.u);
  const at = (x: number, y: number): Pt => add(add(box.c, box.u, x * box.hu), v, y * box.hv);
  const [a, b] = [random.between(-0.2, 0.45), random.between(-0.1, 0.4)];
  if (dice > 0.86)
    return [at(-1, -1), at(1, -1), at(1, 1), at(0.45, 1), at(0.45, b), at(-0.45, b), at(-0.45, 1), at(-1, 1)];
  if (dice > 0.66) return [at(-1, -1), at(1, -1), at(1, b), at(a, b), at(a, 1), at(-1, 1)];
  if (dice > 0.52) return [at(-1, -1), at(a, -1), at(a, -0.6), at(1, -0.6), at(1, 1), at(-1, 1)];
  return [at(-1, -1), at(1, -1), at(1, 1), at(-1, 1)];
}
