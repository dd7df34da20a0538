import { type CityArea, indexAreas } from '../../core/places/area.ts';
import { cameraSees } from '../../core/places/camera.ts';
import type { City, CityMeta, PlaceOfInterest } from '../../core/places/city.ts';
import { ROAD_CLASSES, type RoadEdge, type RoadGraph } from '../../core/places/roads.ts';
import { COUNTY, makeAdmin } from './admin.ts';
import { drawBasemap, type Feature, ringOf } from './basemap.ts';
import { makeBlocks } from './blocks.ts';
import { makeBuildings, takenGround } from './buildings.ts';
import { placeCameras } from './cameras.ts';
import { placeComponents } from './components.ts';
import { lengthOf, simplify } from './curve.ts';
import { DEPARTMENTS } from './departments.ts';
import { placeFacilities } from './facilities.ts';
import { makeField } from './field.ts';
import { type Name, streetNamer } from './names.ts';
import { buildNetwork, type Network, waysOf } from './network.ts';
import type { CityPlan } from './plan.ts';
import { CENTER, HEIGHT, lonLat, mix, type Pt, pt, WIDTH } from './plane.ts';
import { randomFor } from './random.ts';
import { placeSensors } from './sensors.ts';
import { growStreets, type Street } from './streets.ts';
import { makeTerrain } from './terrain.ts';
import { makeTrunk, type Trunk } from './trunk.ts';
import { placeUnits } from './units.ts';
import { makeZones, type Zones } from './zones.ts';

/** The seed of the city that ships. */
export const CITY_SEED = 20_260_101;

/** The drill city: what the hall loads, and the basemap's layers by file name. */
export interface GeneratedCity {
  readonly city: City;
  readonly basemap: Readonly<Record<string, readonly Feature[]>>;
}

/** Makes 澜港市 (Langang), the made-up coastal city of drills. The same seed gives the same city, byte for byte. */
export function generateCity(seed: number): GeneratedCity {
  const terrain = makeTerrain(seed);
  const trunk = makeTrunk(terrain);
  const zones = makeZones(seed, terrain);
  const streets = growStreets(seed, trunk, terrain, zones, makeField(seed, trunk.roads));
  const wet = (a: Pt, b: Pt): boolean => [0.25, 0.5, 0.75, 1].some((t) => terrain.toWater(mix(a, b, t)) < 6);
  const network = buildNetwork(waysOf(trunk.roads, streets), (p) => zones.spacing(p) * 1.2, wet);
  const { names, nameOf } = nameRoads(seed, trunk, streets, network, zones);
  const blocks = makeBlocks(network, terrain, zones, randomFor(seed, 'blocks'));
  const buildings = makeBuildings(blocks, takenGround(network, trunk, terrain), randomFor(seed, 'buildings'));
  const admin = makeAdmin(network, blocks, terrain, zones.built, randomFor(seed, 'admin'));
  const cells: CityArea[] = admin.cells.map((c) => ({
    code: c.code,
    polygons: c.polygons.map((rings) => rings.map(ringOf)),
  }));
  const cellIndex = indexAreas(cells);
  const at: number[][] = network.nodes.map(() => []);
  network.segments.forEach((s, i) => {
    at[s.a]?.push(i);
    at[s.b]?.push(i);
  });
  const cellAt = (p: Pt): string | undefined => {
    const [lon, lat] = lonLat(p);
    return cellIndex.at({ lon, lat });
  };
  const plan: CityPlan = {
    seed,
    terrain,
    trunk,
    zones,
    network,
    blocks,
    names,
    nameOf,
    at,
    communities: admin.communities,
    cellAt,
  };
  const facilities = placeFacilities(plan);
  const cameras = placeCameras(plan);
  const components = placeComponents(plan);
  const units = placeUnits(plan, facilities);
  const sensors = placeSensors(plan);
  const basemap = drawBasemap(plan, buildings, admin);
  const point = (p: Pt): { lon: number; lat: number } => {
    const [lon, lat] = lonLat(p);
    return { lon, lat };
  };
  const division = (a: { code: string; name: Name; centre: Pt }): CityMeta['streets'][number] => ({
    code: a.code,
    ...a.name,
    ...point(a.centre),
  });
  const underpass = { lon: point(trunk.underpass.at).lon, lat: point(trunk.underpass.at).lat };
  const places: PlaceOfInterest[] = [
    { id: 'binhe-underpass', kind: 'underpass', zh: '滨河路下穿', en: 'Binhe Road underpass', ...underpass },
    { id: 'city-centre', kind: 'centre', zh: '澜港市中心', en: 'City centre', ...point(pt(7000, 6100)) },
    { id: 'old-town', kind: 'oldtown', zh: '鼓楼老城', en: 'Gulou old town', ...point(pt(5950, 5480)) },
    { id: 'langang-station', kind: 'rail-station', zh: '澜港站', en: 'Langang Station', ...point(pt(3330, 5920)) },
    { id: 'port', kind: 'harbour', zh: '澜港港区', en: 'Port of Langang', ...point(pt(11350, 3600)) },
    { id: 'river-mouth-bridge', kind: 'bridge', zh: '滨海大桥', en: 'Binhai Bridge', ...point(pt(9020, 4880)) },
  ];
  const meta: CityMeta = {
    version: 1,
    seed,
    zh: '澜港市',
    en: 'Langang',
    county: COUNTY,
    center: CENTER,
    bounds: [...lonLat(pt(0, 0)), ...lonLat(pt(WIDTH, HEIGHT))],
    counts: {
      nodes: network.nodes.length,
      roads: network.segments.length,
      roadNames: names.length,
      buildings: buildings.length,
      streets: admin.streets.length,
      communities: admin.communities.length,
      cells: cells.length,
      components: components.lon.length,
      cameras: cameras.length,
      underpassCameras: cameras.filter((c) => cameraSees(c, underpass)).length,
      facilities: facilities.length,
      departments: DEPARTMENTS.length,
      units: units.length,
      sensors: sensors.length,
    },
    places,
    streets: admin.streets.map(division),
    communities: admin.communities.map(division),
  };
  const graph = graphOf(network, names, nameOf);
  return {
    city: { meta, graph, cells, components, cameras, facilities, departments: DEPARTMENTS, units, sensors },
    basemap,
  };
}

function nameRoads(
  seed: number,
  trunk: Trunk,
  streets: readonly Street[],
  network: Network,
  zones: Zones,
): { names: Name[]; nameOf: number[] } {
  const random = randomFor(seed, 'names');
  const name = streetNamer(random);
  const names: Name[] = [];
  const known = new Map<string, number>();
  const byStreet = new Map<number, number>();
  const add = (n: Name): number => {
    const found = known.get(n.zh);
    if (found !== undefined) return found;
    known.set(n.zh, names.length);
    return names.push(n) - 1;
  };
  const nameOf = network.segments.map((s) => {
    const done = byStreet.get(s.street);
    if (done !== undefined) return done;
    const road = trunk.roads[s.street];
    const street = streets[s.street - trunk.roads.length];
    let index: number;
    if (road) index = add({ zh: road.zh, en: road.en });
    else {
      const line = street?.line ?? s.line;
      const [a, m, b] = [line[0] as Pt, line[line.length >> 1] as Pt, line.at(-1) as Pt];
      const eastWest = Math.abs(a.x - b.x) > Math.abs(a.y - b.y);
      index = add(name(zones.at(m), s.class === 'secondary', eastWest, (eastWest ? m.x > 6500 : m.y > 5000) ? 1 : 0));
    }
    byStreet.set(s.street, index);
    return index;
  });
  return { names, nameOf };
}

function graphOf(network: Network, names: readonly Name[], nameOf: readonly number[]): RoadGraph {
  const edges: RoadEdge[] = network.segments.map((s, i) => [
    s.a,
    s.b,
    Math.round(lengthOf(s.line) * 10) / 10,
    ROAD_CLASSES.indexOf(s.class),
    nameOf[i] as number,
  ]);
  const bends = network.segments.map((s) => simplify(s.line, 1).slice(1, -1).flatMap(lonLat));
  return { classes: ROAD_CLASSES, names, nodes: network.nodes.map(lonLat), edges, bends };
}
