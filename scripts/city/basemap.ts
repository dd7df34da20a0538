import type { Admin, AdminArea } from './admin.ts';
import type { Building } from './buildings.ts';
import { simplify } from './curve.ts';
import type { CityPlan } from './plan.ts';
import { areaOf, centroidOf, dist, inBounds, inRing, type Line, lonLat, type Pt, pt } from './plane.ts';
import { blob, seafront, type Terrain } from './terrain.ts';

type Position = [number, number];
type Geometry =
  | { type: 'Point'; coordinates: Position }
  | { type: 'LineString'; coordinates: Position[] }
  | { type: 'Polygon'; coordinates: Position[][] }
  | { type: 'MultiPolygon'; coordinates: Position[][][] };

/** A GeoJSON feature as the basemap files hold it. */
export interface Feature {
  readonly type: 'Feature';
  readonly properties: Readonly<Record<string, string | number | boolean>>;
  readonly geometry: Geometry;
}

/** Closed ring in degrees. */
export function ringOf(ring: Line): Position[] {
  const out: Position[] = [];
  for (const p of ring) {
    const q = lonLat(p);
    const last = out.at(-1);
    if (!last || last[0] !== q[0] || last[1] !== q[1]) out.push(q);
  }
  const [first, last] = [out[0], out.at(-1)];
  if (first && last && (first[0] !== last[0] || first[1] !== last[1])) out.push([...first]);
  return out;
}

const polygon = (rings: readonly Line[], properties: Feature['properties']): Feature => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Polygon', coordinates: rings.map(ringOf) },
});
const point = (p: Pt, properties: Feature['properties']): Feature => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: lonLat(p) },
});
const lineString = (line: Line, properties: Feature['properties']): Feature => ({
  type: 'Feature',
  properties,
  geometry: { type: 'LineString', coordinates: simplify(line, 0.7).map(lonLat) },
});

/** The basemap's layers by file name (without `.geojson`). */
export function drawBasemap(plan: CityPlan, buildings: readonly Building[], admin: Admin): Record<string, Feature[]> {
  const { terrain } = plan;
  return {
    land: [
      ...terrain.land.filter((ring) => !terrain.piers.includes(ring)).map((ring) => polygon([ring], { kind: 'land' })),
      ...terrain.piers.map((ring) => polygon([ring], { kind: 'pier' })),
    ],
    depth: terrain.depths.flatMap((polygons, band) => polygons.map((rings) => polygon(rings, { band }))),
    relief: terrain.heights.flatMap((polygons, band) => polygons.map((rings) => polygon(rings, { band }))),
    landuse: [
      ...plan.blocks
        .filter((b) => b.use !== 'open' && b.use !== 'village')
        .map((b) => polygon([simplify([...b.ring, b.ring[0] as Pt], 1)], { use: b.use })),
      ...promenades(terrain),
    ],
    water: [
      ...terrain.rivers.map((ring) => polygon([ring], { kind: 'river' })),
      ...terrain.lakes.map((ring) => polygon([ring], { kind: 'lake' })),
      ...ponds(plan).map((ring) => polygon([ring], { kind: 'pond' })),
      ...banks(terrain),
    ],
    roads: roads(plan),
    rail: plan.trunk.railways.map(({ line, zh, en }) => lineString(line, { zh, en })),
    buildings: buildings.map((b) => polygon([b.ring], { h: b.height })),
    labels: labels(plan, admin, terrain),
    borders: admin.borders.map((b) => lineString(b.line, { level: b.level })),
    'grid-streets': admin.streets.map(areaFeature),
    'grid-communities': admin.communities.map(areaFeature),
    'grid-cells': admin.cells.map((cell) => ({ ...areaFeature(cell), properties: { code: cell.code } })),
  };
}

function areaFeature(area: AdminArea): Feature {
  return {
    type: 'Feature',
    properties: { code: area.code, zh: area.name.zh, en: area.name.en },
    geometry: { type: 'MultiPolygon', coordinates: area.polygons.map((rings) => rings.map(ringOf)) },
  };
}

/** Roads as long lines, one for every run of a street, so that names find room along them. */
function roads(plan: CityPlan): Feature[] {
  const out: Feature[] = [];
  let run: { line: Pt[]; end: number; street: number; class: string; ramp: boolean } | undefined;
  const close = (): void => {
    if (!run) return;
    const name = plan.names[plan.nameOf[run.end] as number];
    out.push(
      lineString(run.line, {
        class: run.class,
        zh: name?.zh ?? '',
        en: name?.en ?? '',
        ...(run.ramp ? { ramp: true } : {}),
      }),
    );
  };
  plan.network.segments.forEach((s, i) => {
    const tip = run?.line.at(-1);
    if (run && tip && run.street === s.street && run.class === s.class && dist(tip, s.line[0] as Pt) < 0.5) {
      run.line.push(...s.line.slice(1));
      run.end = i;
      return;
    }
    close();
    run = { line: [...s.line], end: i, street: s.street, class: s.class, ramp: s.ramp };
  });
  close();
  // Beyond the city the trunk roads run on to the horizon, though nobody drives there.
  for (const road of plan.trunk.roads) {
    let part: Pt[] = [];
    for (const p of [...road.line, undefined]) {
      if (p && !inBounds(p, 225)) part.push(p);
      else if (part.length > 0) {
        if (part.length > 1) out.push(lineString(part, { class: road.class, zh: road.zh, en: road.en }));
        part = [];
      }
    }
  }
  return out;
}

/** The green strip between the sea and the road along it. */
function promenades(terrain: Terrain): Feature[] {
  const back = seafront(terrain, 62);
  return seafront(terrain, 4).map((front, i) =>
    polygon([[...front, ...[...(back[i] ?? [])].reverse()]], { use: 'park' }),
  );
}

/** Shore lines of fresh water: rivers have theirs on both sides but not across their mouths. */
function banks(terrain: Terrain): Feature[] {
  const mainland = terrain.land[0] ?? [];
  const ashore = (line: Line): Pt[] => line.filter((p) => inRing(p, mainland));
  return [...terrain.riverBanks.map(ashore), ...terrain.lakes.map((ring) => [...ring, ring[0] as Pt])].map((line) =>
    lineString(line, { kind: 'bank' }),
  );
}

function ponds(plan: CityPlan): Line[] {
  return plan.blocks
    .filter((b) => b.use === 'park' && b.area > 14_000 && plan.terrain.toWater(b.centre) > 60)
    .map((b, i) => {
      const room = b.ring.reduce((m, p) => Math.min(m, dist(p, b.centre)), Infinity) * 0.5;
      return blob(plan.seed, `pond-${i}`, b.centre, Math.min(room, 90), Math.min(room, 90) * 0.62);
    });
}

const NATURE: readonly (readonly [string, string, string, number, number])[] = [
  ['sea', '东海', 'East China Sea', 16500, 5600],
  ['bay', '澜港湾', 'Langang Bay', 11350, 6000],
  ['bay', '港池', 'Harbour Basin', 11650, 4350],
  ['river', '澜江', 'Lan River', 5550, 4280],
  ['river', '澜江', 'Lan River', 2560, 4860],
  ['river', '澜江口', 'Lan River Mouth', 9150, 4870],
  ['lake', '镜湖', 'Jing Lake', 4230, 6600],
  ['lake', '西山水库', 'Xishan Reservoir', 1250, 8350],
  ['lake', '望潮湖', 'Wangchao Lake', 7350, 7250],
  ['lake', '月湖', 'Yue Lake', 8650, 2250],
  ['hill', '西山', 'Mount Xi', 350, 9000],
  ['hill', '龙山', 'Mount Long', 600, 1350],
  ['hill', '望潮山', 'Wangchao Hill', 7950, 7050],
  ['hill', '东岬山', 'Dongjia Hill', 12350, 9750],
  ['hill', '灯塔山', 'Dengta Hill', 12350, 1750],
  ['hill', '北屏山', 'Beiping Hill', 6100, 10600],
  ['island', '小澜岛', 'Xiaolan Island', 13350, 6650],
  ['island', '鸥屿', 'Ou Islet', 12650, 7300],
  ['island', '大澜岛', 'Dalan Island', 16200, 3600],
  ['island', '菊花屿', 'Juhua Islet', 13750, 4900],
];

function labels(plan: CityPlan, admin: Admin, terrain: Terrain): Feature[] {
  const parks: Feature[] = [];
  const named = new Set<string>();
  const largeFirst = plan.blocks.filter((b) => b.use === 'park' && b.area > 16_000).sort((a, b) => b.area - a.area);
  for (const block of largeFirst) {
    if (terrain.toWater(block.centre) < 18) continue;
    const near = admin.communities.reduce((m, c) =>
      dist(c.centre, block.centre) < dist(m.centre, block.centre) ? c : m,
    );
    if (named.has(near.code)) continue;
    named.add(near.code);
    const zh = `${near.name.zh.replace('社区', '')}公园`;
    parks.push(
      point(block.centre, { kind: 'park', zh, en: `${near.name.en.replace(' Community', '')} Park`, rank: 5 }),
    );
  }
  return [
    point(pt(6300, 5150), { kind: 'city', zh: '澜港市', en: 'Langang', rank: 0 }),
    ...NATURE.map(([kind, zh, en, x, y]) => point(pt(x, y), { kind, zh, en, rank: 1 })),
    ...admin.streets.map((s) =>
      point(biggest(s), { kind: 'street', zh: s.name.zh, en: s.name.en.replace(' Subdistrict', ''), rank: 2 }),
    ),
    ...admin.communities.map((c) =>
      point(c.centre, {
        kind: 'community',
        zh: c.name.zh.replace('社区', ''),
        en: c.name.en.replace(' Community', ''),
        rank: 4,
      }),
    ),
    ...parks,
    point(pt(3330, 5920), { kind: 'station', zh: '澜港站', en: 'Langang Station', rank: 3 }),
    point(pt(11350, 3560), { kind: 'port', zh: '澜港港区', en: 'Port of Langang', rank: 3 }),
    point(plan.trunk.underpass.at, { kind: 'underpass', zh: '滨河路下穿', en: 'Binhe Road underpass', rank: 3 }),
  ];
}

function biggest(area: AdminArea): Pt {
  const rings = area.polygons.map((p) => p[0]).filter((r) => r !== undefined);
  const ring = rings.sort((a, b) => areaOf(b) - areaOf(a))[0];
  const c = ring ? centroidOf(ring) : area.centre;
  return dist(c, area.centre) < 1400 ? c : area.centre;
}
