import type { Block } from './blocks.ts';
import { toSegment } from './curve.ts';
import { type Name, STREET_OFFICES } from './names.ts';
import type { Network } from './network.ts';
import { walk } from './occupancy.ts';
import { dist, type Pt, pt } from './plane.ts';
import type { Random } from './random.ts';
import { dropEmpty, scatter, spread, unite, wholeBlocks } from './regions.ts';
import type { Terrain } from './terrain.ts';
import { arcsOf, CELL, COLS, polygonsOf, ROWS } from './tiling.ts';

/** One division of a level: code, name and the polygons that it covers. */
export interface AdminArea {
  readonly code: string;
  readonly name: Name;
  readonly centre: Pt;
  readonly polygons: readonly (readonly (readonly Pt[])[])[];
}

/** A line between two divisions of a level. */
export interface AdminBorder {
  readonly level: 'street' | 'community';
  readonly line: readonly Pt[];
}

/** The three levels of the management grid; the polygons of each level tile the same land without gaps. */
export interface Admin {
  readonly streets: readonly AdminArea[];
  readonly communities: readonly AdminArea[];
  readonly cells: readonly AdminArea[];
  /** Borders between neighbours, without coast and map edge. */
  readonly borders: readonly AdminBorder[];
}

export const COUNTY = '339900';

/**
 * Divides the land into streets, communities and grid cells. Each level grows outward from its seeds and spreads slowly
 * across rivers and main roads, so that borders come to lie on them, as they do in real cities.
 */
export function makeAdmin(
  network: Network,
  blocks: readonly Block[],
  terrain: Terrain,
  built: (p: Pt) => boolean,
  random: Random,
): Admin {
  const whole = wholeBlocks(blocks);
  const { inside, cost } = groundOf(network, terrain);
  const centreOf = (i: number): Pt => pt(((i % COLS) + 0.5) * CELL, (Math.floor(i / COLS) + 0.5) * CELL);
  const nearest = (p: Pt): number => {
    const col = Math.max(0, Math.min(COLS - 1, Math.floor(p.x / CELL)));
    return Math.max(0, Math.min(ROWS - 1, Math.floor(p.y / CELL))) * COLS + col;
  };
  const all = Int32Array.from({ length: COLS * ROWS }, (_, i) => i).filter((i) => inside[i] === 1);
  const streetOf = spread(
    STREET_OFFICES.map((s) => nearest(pt(...s.at))),
    cost,
    inside,
    undefined,
  );
  unite(streetOf, whole);
  const communitySeeds: number[] = [];
  const communityStreet: number[] = [];
  STREET_OFFICES.forEach((street, s) => {
    const own = all.filter((i) => streetOf[i] === s);
    const seeds = scatter(own, street.communities.length, (i) => (built(centreOf(i)) ? 1 : 2.6), random);
    const office = pt(...street.at);
    // The community that bears the street's own name is the one around its office.
    for (const seed of seeds.sort((a, b) => dist(centreOf(a), office) - dist(centreOf(b), office))) {
      communitySeeds.push(seed);
      communityStreet.push(s);
    }
  });
  const communityOf = spread(communitySeeds, cost, inside, (i, label) => streetOf[i] === communityStreet[label]);
  unite(communityOf, whole);
  const cellSeeds: number[] = [];
  const cellCommunity: number[] = [];
  communitySeeds.forEach((_, c) => {
    const own = all.filter((i) => communityOf[i] === c);
    const town = own.filter((i) => built(centreOf(i))).length * CELL * CELL;
    const count = Math.max(6, Math.round(town / 62_000 + (own.length * CELL * CELL - town) / 420_000));
    for (const seed of scatter(own, count, (i) => (built(centreOf(i)) ? 1 : 2.4), random)) {
      cellSeeds.push(seed);
      cellCommunity.push(c);
    }
  });
  const cellOf = spread(cellSeeds, cost, inside, (i, label) => communityOf[i] === cellCommunity[label]);
  unite(cellOf, whole);
  const left = dropEmpty(cellOf, cellSeeds.length);

  const arcs = arcsOf(cellOf, borderLines(network, terrain));
  const three = (n: number): string => String(n).padStart(3, '0');
  const ranks = new Map<number, number>();
  const rankWithin = (parent: number): number => {
    ranks.set(parent, (ranks.get(parent) ?? 0) + 1);
    return ranks.get(parent) ?? 1;
  };
  const streets = STREET_OFFICES.map((street, s) => ({
    code: `${COUNTY}${three(s + 1)}`,
    name: street.name,
    centre: pt(...street.at),
    polygons: [] as Pt[][][],
  }));
  const communities = communitySeeds.map((seed, c) => {
    const street = communityStreet[c] ?? 0;
    const rank = rankWithin(street);
    const stem = STREET_OFFICES[street]?.communities[rank - 1] ?? { zh: '', en: '' };
    return {
      code: `${streets[street]?.code}${three(rank)}`,
      name: { zh: `${stem.zh}社区`, en: `${stem.en} Community` },
      centre: centreOf(seed),
    };
  });
  ranks.clear();
  const cellParent = left.map((k) => cellCommunity[k] ?? 0);
  const cells = left.map((k) => {
    const seed = cellSeeds[k] ?? 0;
    const community = cellCommunity[k] ?? 0;
    const rank = rankWithin(community);
    const parent = communities[community];
    return {
      code: `${parent?.code}${three(rank)}`,
      name: { zh: `${parent?.name.zh}${rank}号单元网格`, en: `${parent?.name.en} cell ${rank}` },
      centre: centreOf(seed),
    };
  });
  const level = <T extends object>(
    areas: readonly T[],
    of: (cell: number) => number,
  ): (T & { polygons: Pt[][][] })[] => {
    const polygons = polygonsOf(arcs, of, areas.length);
    return areas.map((area, i) => ({ ...area, polygons: polygons[i] ?? [] }));
  };
  const inner = (kind: AdminBorder['level'], of: (cell: number) => number): AdminBorder[] =>
    arcs
      .filter((arc) => arc.left >= 0 && arc.right >= 0 && of(arc.left) !== of(arc.right))
      .map((arc) => ({ level: kind, line: arc.line }));
  const streetOfCell = (k: number): number => communityStreet[cellParent[k] ?? 0] ?? 0;
  return {
    streets: level(streets, streetOfCell),
    communities: level(communities, (k) => cellParent[k] ?? 0),
    cells: level(cells, (k) => k),
    borders: [...inner('street', streetOfCell), ...inner('community', (k) => cellParent[k] ?? 0)],
  };
}

/** Finds the middle of the road or of the river that a border near it should run along. */
function borderLines(network: Network, terrain: Terrain): (p: Pt) => Pt | undefined {
  const size = 32;
  const pieces = new Map<number, { a: Pt; b: Pt; favour: number }[]>();
  const put = (a: Pt, b: Pt, favour: number, reach: number): void => {
    for (let row = Math.floor((Math.min(a.y, b.y) - reach) / size); row <= (Math.max(a.y, b.y) + reach) / size; row++) {
      for (
        let col = Math.floor((Math.min(a.x, b.x) - reach) / size);
        col <= (Math.max(a.x, b.x) + reach) / size;
        col++
      ) {
        const key = row * 4096 + col;
        const list = pieces.get(key);
        if (list) list.push({ a, b, favour });
        else pieces.set(key, [{ a, b, favour }]);
      }
    }
  };
  for (const s of network.segments) {
    if (s.ramp) continue;
    const favour = { expressway: 6, arterial: 6, secondary: 3, local: 0, service: 0 }[s.class];
    for (let i = 1; i < s.line.length; i++) put(s.line[i - 1] as Pt, s.line[i] as Pt, favour, 26);
  }
  const river = terrain.riverLine;
  for (let i = 1; i < river.length; i++) {
    if ((river[i] as Pt).x > -100) put(river[i - 1] as Pt, river[i] as Pt, 0, 190);
  }
  return (p) => {
    const inRiver = terrain.toRiver(p) < 10;
    let best: Pt | undefined;
    let least = inRiver ? 190 : 24;
    for (const { a, b, favour } of pieces.get(Math.floor(p.y / size) * 4096 + Math.floor(p.x / size)) ?? []) {
      const d = toSegment(p, a, b) - favour;
      if (d >= least) continue;
      least = d;
      const along = ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / Math.max(1e-9, dist(a, b) ** 2);
      const t = Math.max(0, Math.min(1, along));
      best = pt(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t);
    }
    return best;
  };
}

/** Land (with its rivers and a strip of shore) and the cost of spreading over it. */
function groundOf(network: Network, terrain: Terrain): { inside: Uint8Array; cost: Float32Array } {
  const inside = new Uint8Array(COLS * ROWS);
  const cost = new Float32Array(COLS * ROWS).fill(1);
  for (let i = 0; i < inside.length; i++) {
    const p = pt(((i % COLS) + 0.5) * CELL, (Math.floor(i / COLS) + 0.5) * CELL);
    inside[i] = terrain.toSea(p) > -1 && (terrain.toSea(p) > 0 || nearShore(p, terrain)) ? 1 : 0;
    if (terrain.toWater(p) < 8) cost[i] = 14;
  }
  for (const s of network.segments) {
    const slow = { expressway: 5, arterial: 5, secondary: 3.2, local: 1.7, service: 1.2 }[s.class];
    for (const { p } of walk(s.line, 12)) {
      const col = Math.floor(p.x / CELL);
      const row = Math.floor(p.y / CELL);
      if (col < 0 || row < 0 || col >= COLS || row >= ROWS) continue;
      cost[row * COLS + col] = Math.max(cost[row * COLS + col] as number, slow);
    }
  }
  return { inside, cost };
}

function nearShore(p: Pt, terrain: Terrain): boolean {
  for (let k = 0; k < 8; k++) {
    const a = (k * Math.PI) / 4;
    if (terrain.toSea(pt(p.x + 30 * Math.cos(a), p.y + 30 * Math.sin(a))) > 0) return true;
  }
  return false;
}
