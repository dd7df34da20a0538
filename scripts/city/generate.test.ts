import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type CityArea, indexAreas, inPolygon } from '../../core/places/area.ts';
import { cameraSees, rankCameras } from '../../core/places/camera.ts';
import { distanceM, type LonLat } from '../../core/places/geo.ts';
import { parseGridCode } from '../../core/places/gridcode.ts';
import { edgeLine, edgesByNode } from '../../core/places/roads.ts';
import { cityFiles } from './build.ts';
import { CITY_SEED, generateCity } from './generate.ts';
import { inRing, pt } from './plane.ts';
import { randomFor } from './random.ts';

/** Changes whenever the city does; a change is meant, so commit the new value with it. */
const DIGEST = 'b00b840a5e061ab307fe9ccda30d517d';

const generated = generateCity(CITY_SEED);
const { city, basemap } = generated;
const files = cityFiles(generated);

function digestOf(all: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const [name, text] of [...all].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(name).update('\0').update(text);
  return hash.digest('hex').slice(0, 32);
}

describe('the drill city', () => {
  it('is the same, byte for byte, for the same seed', () => {
    expect(digestOf(files)).toBe(DIGEST);
    expect(digestOf(cityFiles(generateCity(CITY_SEED)))).toBe(DIGEST);
  });

  it('has what the drill needs', () => {
    const { counts } = city.meta;
    expect(counts).toMatchObject({
      streets: 8,
      communities: 60,
      components: 20_000,
      cameras: 200,
      departments: 14,
      units: 2_000,
    });
    expect(counts.roads).toBeGreaterThan(5_500);
    expect(counts.roads).toBeLessThan(7_000);
    expect(counts.buildings).toBeGreaterThan(8_000);
    expect(counts.buildings).toBeLessThan(11_000);
    expect(city.sensors.filter((s) => s.kind === 'rain')).toHaveLength(30);
    expect(city.sensors.filter((s) => s.kind === 'water-level')).toHaveLength(40);
    for (const kind of ['hospital', 'fire-station', 'police-station', 'shelter', 'pump-station']) {
      expect(city.facilities.filter((f) => f.kind === kind).length, kind).toBeGreaterThan(7);
    }
    expect([...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0)).toBeLessThan(12_000_000);
  });

  it('has one id for one thing', () => {
    for (const list of [city.cameras, city.units, city.sensors, city.facilities, city.departments, city.meta.places]) {
      expect(new Set(list.map((thing) => thing.id)).size).toBe(list.length);
    }
    expect(new Set(city.cells.map((cell) => cell.code)).size).toBe(city.cells.length);
    expect(new Set(city.graph.names.map((name) => name.zh)).size).toBe(city.graph.names.length);
  });

  it('keeps its units and its components with departments that exist', () => {
    const ids = new Set(city.departments.map((d) => d.id));
    for (const { department } of [...city.units, ...city.facilities, ...city.components.categories]) {
      expect(ids).toContain(department);
    }
    for (const id of ids)
      expect(
        city.units.some((u) => u.department === id),
        id,
      ).toBe(true);
  });
});

describe('the road graph', () => {
  it('is one connected piece', () => {
    const at = edgesByNode(city.graph);
    const seen = new Set([0]);
    const open = [0];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      for (const edge of at[node] ?? []) {
        for (const next of city.graph.edges[edge]?.slice(0, 2) ?? []) {
          if (seen.has(next)) continue;
          seen.add(next);
          open.push(next);
        }
      }
    }
    expect(seen.size).toBe(city.graph.nodes.length);
  });

  it('says the length of every edge to within a metre and a half per hundred', () => {
    city.graph.edges.forEach(([, , length], edge) => {
      const line = edgeLine(city.graph, edge);
      const drawn = line.slice(1).reduce((sum, p, i) => sum + distanceM(line[i] ?? p, p), 0);
      expect(Math.abs(drawn - length)).toBeLessThan(1 + length * 0.015);
    });
  });

  it('stations every unit at a node', () => {
    for (const unit of city.units) expect(city.graph.nodes[unit.home]).toBeDefined();
  });
});

describe('the management grid', () => {
  const index = indexAreas(city.cells);
  const communities = new Set(city.meta.communities.map((c) => c.code));
  const streets = new Set(city.meta.streets.map((s) => s.code));

  it('has valid codes under known communities and streets', () => {
    for (const { code } of city.cells) {
      parseGridCode(code);
      expect(communities).toContain(code.slice(0, 12));
      expect(streets).toContain(code.slice(0, 9));
    }
  });

  it('tiles the land: no place lies in two cells, hardly any in none', () => {
    const random = randomFor(7, 'probe');
    const [west, south, east, north] = city.meta.bounds;
    const land = (basemap.land ?? []).flatMap((f) =>
      f.geometry.type === 'Polygon' ? [f.geometry.coordinates[0] ?? []] : [],
    );
    const rings = land.map((ring) => ring.map(([lon = 0, lat = 0]) => pt(lon, lat)));
    const boxed = city.cells.map((cell) => ({ cell, box: boxOf(cell) }));
    let missed = 0;
    let probed = 0;
    for (let i = 0; i < 3000; i++) {
      const point = { lon: random.between(west, east), lat: random.between(south, north) };
      const holders = boxed.filter(
        ({ box, cell }) => inBox(point, box) && cell.polygons.some((rings) => inPolygon(point, rings)),
      );
      expect(holders.length).toBeLessThan(2);
      if (!rings.some((ring) => inRing(pt(point.lon, point.lat), ring))) continue;
      probed++;
      if (index.at(point) === undefined) missed++;
    }
    expect(probed).toBeGreaterThan(1500);
    expect(missed / probed).toBeLessThan(0.006);
  });

  it('puts every component into the cell that it stands in', () => {
    const { lon, lat, cell, cells } = city.components;
    lon.forEach((x, i) => {
      expect(index.at({ lon: x, lat: lat[i] ?? 0 })).toBe(cells[cell[i] ?? -1]);
    });
  });
});

describe('the flood drill’s place', () => {
  const underpass = city.meta.places.find((p) => p.id === 'binhe-underpass');

  it('is seen by at least five cameras made for it, which rank first', () => {
    if (!underpass) throw new Error('no underpass');
    expect(
      city.cameras.filter((c) => c.scene === 'underpass-flood' && cameraSees(c, underpass)).length,
    ).toBeGreaterThanOrEqual(5);
    for (const { camera, sees } of rankCameras(city.cameras, underpass, 4)) {
      expect(sees).toBe(true);
      expect(camera.scene).toBe('underpass-flood');
    }
  });

  it('has its water level, rain gauge and pump station near', () => {
    if (!underpass) throw new Error('no underpass');
    const near = (id: string): number => {
      const thing = [...city.sensors, ...city.facilities].find((s) => s.id === id);
      return thing ? distanceM(thing, underpass) : Infinity;
    };
    expect(near('WL-001')).toBeLessThan(20);
    expect(near('RG-001')).toBeLessThan(300);
    expect(near('PMP-001')).toBeLessThan(120);
  });
});

describe('buildings', () => {
  it('stand neither on a road nor in the water', () => {
    const size = 0.001;
    const bucket = (lon: number, lat: number): string => `${Math.floor(lon / size)},${Math.floor(lat / size)}`;
    const roads = new Map<string, [number, number, number, number][]>();
    city.graph.edges.forEach((_, edge) => {
      const line = edgeLine(city.graph, edge);
      for (let i = 1; i < line.length; i++) {
        const [a, b] = [line[i - 1], line[i]];
        if (!a || !b) continue;
        const keys = new Set(
          [0, 0.25, 0.5, 0.75, 1].map((t) => bucket(a.lon + (b.lon - a.lon) * t, a.lat + (b.lat - a.lat) * t)),
        );
        for (const key of keys) roads.set(key, [...(roads.get(key) ?? []), [a.lon, a.lat, b.lon, b.lat]]);
      }
    });
    const waters = (basemap.water ?? []).flatMap((f) =>
      f.geometry.type === 'Polygon' ? [f.geometry.coordinates[0] ?? []] : [],
    );
    const wet = waters.map((ring) => ring.map(([lon = 0, lat = 0]) => pt(lon, lat)));
    const onRoad: number[] = [];
    const inWater: number[] = [];
    (basemap.buildings ?? []).forEach((f, i) => {
      const ring = f.geometry.type === 'Polygon' ? (f.geometry.coordinates[0] ?? []) : [];
      for (let k = 1; k < ring.length; k++) {
        const [p, q] = [ring[k - 1], ring[k]];
        if (!p || !q) continue;
        const near = roads.get(bucket(p[0], p[1])) ?? [];
        if (near.some((s) => cross(p, q, [s[0], s[1]], [s[2], s[3]]))) onRoad.push(i);
        if (wet.some((w) => inRing(pt(p[0], p[1]), w))) inWater.push(i);
      }
    });
    expect(onRoad).toEqual([]);
    expect(inWater).toEqual([]);
  });
});

function cross(a: readonly number[], b: readonly number[], c: readonly number[], d: readonly number[]): boolean {
  const side = (p: readonly number[], q: readonly number[], r: readonly number[]): number =>
    Math.sign(
      ((q[0] ?? 0) - (p[0] ?? 0)) * ((r[1] ?? 0) - (p[1] ?? 0)) -
        ((q[1] ?? 0) - (p[1] ?? 0)) * ((r[0] ?? 0) - (p[0] ?? 0)),
    );
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

type Box = readonly [west: number, south: number, east: number, north: number];

function boxOf(area: CityArea): Box {
  const points = area.polygons.flatMap((rings) => rings[0] ?? []);
  const lons = points.map(([lon]) => lon);
  const lats = points.map(([, lat]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

function inBox({ lon, lat }: LonLat, [west, south, east, north]: Box): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}
