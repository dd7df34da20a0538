import type { RoadClass } from '../../core/places/roads.ts';
import { stations, tangentAt } from './curve.ts';
import type { StreetField } from './field.ts';
import { add, dist, inBounds, left, type Pt, pt } from './plane.ts';
import { type Random, randomFor } from './random.ts';
import type { Terrain } from './terrain.ts';
import type { Trunk } from './trunk.ts';
import type { Zones } from './zones.ts';

/** A traced street without a name yet. */
export interface Street {
  readonly line: readonly Pt[];
  readonly class: RoadClass;
}

interface Sample {
  readonly p: Pt;
  readonly t: Pt;
  readonly street: number;
  readonly at: number;
}

interface Kind {
  readonly class: RoadClass;
  spacing(p: Pt): number;
  allowed(p: Pt): boolean;
  /** Widest water it may bridge, metres. */
  readonly bridge: number;
  readonly longest: number;
  /** Stops at expressways and railways instead of passing over or under. */
  readonly stopsAtBarriers: boolean;
}

const STEP = 14;
const BUCKET = 64;

/** Grows secondary and local streets around the trunk roads: evenly spaced lines of the field (Jobard and Lefer, 1997). */
export function growStreets(seed: number, trunk: Trunk, terrain: Terrain, zones: Zones, field: StreetField): Street[] {
  const random = randomFor(seed, 'streets');
  const grid = new Map<number, Sample[]>();
  const key = (x: number, y: number): number => Math.floor(y / BUCKET) * 4096 + Math.floor(x / BUCKET);
  const barriers = new Set<number>();
  const streets: Street[] = [];
  let count = 0;

  const record = (line: readonly Pt[]): number => {
    const id = count++;
    line.forEach((p, at) => {
      const sample = { p, t: tangentAt(line, at), street: id, at };
      const bucket = grid.get(key(p.x, p.y));
      if (bucket) bucket.push(sample);
      else grid.set(key(p.x, p.y), [sample]);
    });
    return id;
  };
  /** Whether a street that runs about the same way is nearer than d. */
  const crowded = (p: Pt, t: Pt, d: number): boolean => {
    const reach = Math.ceil(d / BUCKET);
    const col = Math.floor(p.x / BUCKET);
    const row = Math.floor(p.y / BUCKET);
    for (let r = row - reach; r <= row + reach; r++) {
      for (let c = col - reach; c <= col + reach; c++) {
        for (const s of grid.get(r * 4096 + c) ?? []) {
          const dx = s.p.x - p.x;
          const dy = s.p.y - p.y;
          if (dx * dx + dy * dy < d * d && Math.abs(s.t.x * t.x + s.t.y * t.y) > 0.72) return true;
        }
      }
    }
    return false;
  };
  const rails = trunk.railways.flatMap((rail) => rail.line.filter((p) => inBounds(p, 600)));
  /** A road bridge is not built beside a railway bridge. */
  const besideRail = (p: Pt): boolean => rails.some((r) => Math.abs(r.x - p.x) < 170 && Math.abs(r.y - p.y) < 170);
  const barrierKey = (p: Pt): number => Math.floor(p.y / 12) * 4096 + Math.floor(p.x / 12);
  const barrier = (p: Pt): boolean => barriers.has(barrierKey(p));

  for (const road of trunk.roads) {
    const line = road.line.filter((p) => inBounds(p, 600));
    if (!road.separate) record(line);
    else thicken(line, 26, (p) => barriers.add(barrierKey(p)));
  }
  for (const rail of trunk.railways)
    thicken(
      rail.line.filter((p) => inBounds(p, 600)),
      20,
      (p) => barriers.add(barrierKey(p)),
    );

  const trace = (seedPoint: Pt, family: 'major' | 'minor', kind: Kind): Pt[] => {
    const half = (sign: 1 | -1): Pt[] => {
      const out: Pt[] = [];
      let p = seedPoint;
      let t = field(p, family);
      t = pt(t.x * sign, t.y * sign);
      for (let length = 0; length < kind.longest / 2; length += STEP) {
        const turn = (v: Pt): Pt => {
          // The field has fourfold symmetry: of its two lines take the one that goes on straightest.
          const other = left(v);
          const best = Math.abs(v.x * t.x + v.y * t.y) >= Math.abs(other.x * t.x + other.y * t.y) ? v : other;
          return best.x * t.x + best.y * t.y < 0 ? pt(-best.x, -best.y) : best;
        };
        const middle = add(p, turn(field(p, family)), STEP / 2);
        t = turn(field(middle, family));
        let next = add(p, t, STEP);
        if (!inBounds(next, 260) || (kind.stopsAtBarriers && barrier(next))) break;
        if (terrain.toWater(next) < 10) {
          const far = acrossWater(next, t, kind.bridge, terrain);
          if (!far || besideRail(next)) break;
          next = far;
        }
        if (!kind.allowed(next)) break;
        if (crowded(next, t, 0.52 * kind.spacing(next))) {
          out.push(next);
          break;
        }
        const first = out[0];
        if (first && length > 300 && dist(first, next) < kind.spacing(next) * 0.6) break;
        out.push(next);
        p = next;
      }
      return out;
    };
    return [...half(-1).reverse(), seedPoint, ...half(1)];
  };

  const grow = (kind: Kind, tries: number): void => {
    const queue: Pt[] = [];
    for (const bucket of grid.values())
      for (const s of bucket) if (s.at % 6 === 0) seedsBeside(s.p, s.t, kind, queue, random);
    const plant = (p: Pt, family: 'major' | 'minor'): void => {
      if (!inBounds(p, 240) || !kind.allowed(p) || barrier(p) || terrain.toWater(p) < 12) return;
      const t = field(p, family);
      if (crowded(p, t, 0.9 * kind.spacing(p))) return;
      const line = trace(p, family, kind);
      if (line.length * STEP < Math.min(120, 0.9 * kind.spacing(p))) return;
      record(line);
      streets.push({ line, class: kind.class === 'local' ? laneOrStreet(line, zones) : kind.class });
      for (let i = 0; i < line.length; i += 5) seedsBeside(line[i] as Pt, tangentAt(line, i), kind, queue, random);
    };
    for (const family of ['major', 'minor'] as const) for (const p of [...queue]) plant(p, family);
    for (let head = 0; head < queue.length; head++) {
      plant(queue[head] as Pt, 'major');
      plant(queue[head] as Pt, 'minor');
    }
    for (let i = 0; i < tries; i++) {
      const p = pt(random.between(-200, 13500), random.between(-200, 10200));
      plant(p, random.chance(0.5) ? 'major' : 'minor');
    }
  };

  grow(
    {
      class: 'secondary',
      spacing: (p) => 390 + 0.4 * zones.spacing(p),
      allowed: (p) => zones.at(p) !== 'rural' && zones.at(p) !== 'village' && terrain.elevation(p) < 26,
      bridge: 175,
      longest: 5200,
      stopsAtBarriers: false,
    },
    1500,
  );
  grow(
    {
      class: 'secondary',
      spacing: () => 1150,
      allowed: (p) => terrain.elevation(p) < 34 && p.x < 13000,
      bridge: 60,
      longest: 6000,
      stopsAtBarriers: false,
    },
    1200,
  );
  grow(
    { class: 'local', spacing: zones.spacing, allowed: zones.built, bridge: 40, longest: 1500, stopsAtBarriers: true },
    9000,
  );
  return streets;
}

function seedsBeside(p: Pt, t: Pt, kind: Kind, queue: Pt[], random: Random): void {
  const d = kind.spacing(p) * random.between(0.98, 1.1);
  const n = left(t);
  queue.push(add(p, n, d), add(p, n, -d));
}

function acrossWater(from: Pt, t: Pt, widest: number, terrain: Terrain): Pt | undefined {
  if (terrain.toSea(from) < 60) return undefined;
  for (let d = STEP; d <= widest; d += STEP) {
    const p = add(from, t, d);
    if (terrain.toWater(p) > 14) return p;
  }
  return undefined;
}

/** Calls `mark` for points that cover the band of `half` metres around a line. */
function thicken(line: readonly Pt[], half: number, mark: (p: Pt) => void): void {
  const total = stations(line).at(-1) ?? 0;
  let index = 1;
  let passed = 0;
  for (let s = 0; s < total; s += 8) {
    while (index < line.length - 1 && passed + dist(line[index - 1] as Pt, line[index] as Pt) < s) {
      passed += dist(line[index - 1] as Pt, line[index] as Pt);
      index++;
    }
    const a = line[index - 1] as Pt;
    const b = line[index] as Pt;
    const t = tangentAt([a, b], 0);
    const p = add(a, t, s - passed);
    for (let d = -half; d <= half; d += 8) mark(add(p, left(t), d));
  }
}

/** The lanes of the old town and of villages are service roads; only their long streets are local roads. */
function laneOrStreet(line: readonly Pt[], zones: Zones): RoadClass {
  const zone = zones.at(line[line.length >> 1] as Pt);
  return (zone === 'oldtown' || zone === 'village') && line.length * STEP < 900 ? 'service' : 'local';
}
