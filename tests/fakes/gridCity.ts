import type { City, CitySensor, CityUnit, SensorKind } from '../../core/places/city.ts';
import { distanceM } from '../../core/places/geo.ts';
import type { RoadEdge, RoadGraph } from '../../core/places/roads.ts';

const STEP = 0.002;

/** A town of square blocks, some 200 m wide: `side` × `side` crossings, arterials every fourth street. */
export function gridCity(side: number, units: number): Pick<City, 'graph' | 'units' | 'sensors'> {
  const nodes = Array.from({ length: side * side }, (_, i): [number, number] => [
    121.9 + (i % side) * STEP,
    29.2 + Math.floor(i / side) * STEP,
  ]);
  const edges: RoadEdge[] = [];
  const join = (a: number, b: number, arterial: boolean) => {
    const [from, to] = [nodes[a], nodes[b]];
    if (!from || !to) return;
    const metres = distanceM({ lon: from[0], lat: from[1] }, { lon: to[0], lat: to[1] });
    edges.push([a, b, metres, arterial ? 0 : 1, 0]);
  };
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (x + 1 < side) join(y * side + x, y * side + x + 1, y % 4 === 0);
      if (y + 1 < side) join(y * side + x, (y + 1) * side + x, x % 4 === 0);
    }
  }
  const graph: RoadGraph = {
    ...{ classes: ['arterial', 'local'], names: [{ zh: '路', en: 'Road' }], nodes, edges, bends: edges.map(() => []) },
  };
  const departments = ['fire', 'water', 'traffic', 'medical', 'police'];
  return {
    graph,
    units: Array.from(
      { length: units },
      (_, i): CityUnit => ({
        ...{
          id: `U-${i}`,
          callSign: `U${i}`,
          department: departments[i % departments.length] ?? 'fire',
          capability: [],
        },
        ...{ kind: i % 7 === 0 ? 'foot-team' : 'car', home: (i * 31) % nodes.length },
      }),
    ),
    sensors: [
      sensor('RG-001', 'rain'),
      sensor('RG-002', 'rain'),
      sensor('WL-001', 'water-level'),
      sensor('AQ-001', 'air'),
    ],
  };
}

function sensor(id: string, kind: SensorKind): CitySensor {
  const name = { zh: id, en: id };
  return { id, kind, unit: 'm', ...name, place: name, lon: 121.905, lat: 29.205 };
}
