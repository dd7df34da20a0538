import { bearingDeg, distanceM, type LonLat } from './geo.ts';

export const ROAD_CLASSES = ['expressway', 'arterial', 'secondary', 'local', 'service'] as const;
export type RoadClass = (typeof ROAD_CLASSES)[number];

/** Free-flow speed by class of road, metres a second. */
export const ROAD_SPEEDS: Readonly<Record<RoadClass, number>> = {
  expressway: 22,
  arterial: 14,
  secondary: 11,
  local: 8,
  service: 5,
};

/** `[from node, to node, length in metres, index into classes, index into names]`; driven both ways. */
export type RoadEdge = readonly [number, number, number, number, number];

/** The city's roads as a graph: one connected component, every edge driven both ways. */
export interface RoadGraph {
  readonly classes: readonly RoadClass[];
  readonly names: readonly { readonly zh: string; readonly en: string }[];
  /** `[lon, lat]` of every node. */
  readonly nodes: readonly (readonly [number, number])[];
  readonly edges: readonly RoadEdge[];
  /** Bends of edge `i` between its two nodes, flat `[lon, lat, lon, lat …]`; empty when the edge is straight. */
  readonly bends: readonly (readonly number[])[];
}

/** A place on the road with the direction of travel there. */
export interface RoadPosition extends LonLat {
  readonly bearing: number;
}

/** The line of an edge from its first node to its second, both included. */
export function edgeLine(graph: RoadGraph, edge: number): LonLat[] {
  const [from, to] = graph.edges[edge] ?? [-1, -1];
  const a = graph.nodes[from];
  const b = graph.nodes[to];
  if (!a || !b) throw new RangeError(`The road graph has no edge ${edge}; it has ${graph.edges.length}.`);
  const line: LonLat[] = [{ lon: a[0], lat: a[1] }];
  const bends = graph.bends[edge] ?? [];
  for (let i = 0; i + 1 < bends.length; i += 2) line.push({ lon: bends[i] as number, lat: bends[i + 1] as number });
  line.push({ lon: b[0], lat: b[1] });
  return line;
}

/** Where one is after `metres` along an edge, driven from its first node (or from its second when `reverse`). */
export function alongEdge(graph: RoadGraph, edge: number, metres: number, reverse = false): RoadPosition {
  const line = edgeLine(graph, edge);
  if (reverse) line.reverse();
  let left = Math.max(0, metres);
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1] as LonLat;
    const b = line[i] as LonLat;
    const length = distanceM(a, b);
    if (left <= length || i === line.length - 1) {
      const f = length === 0 ? 0 : Math.min(1, left / length);
      return { lon: a.lon + (b.lon - a.lon) * f, lat: a.lat + (b.lat - a.lat) * f, bearing: bearingDeg(a, b) };
    }
    left -= length;
  }
  throw new RangeError(`Edge ${edge} of the road graph has no length.`);
}

/** Edges that meet at every node, by node index. */
export function edgesByNode(graph: RoadGraph): number[][] {
  const out: number[][] = graph.nodes.map(() => []);
  graph.edges.forEach(([a, b], edge) => {
    out[a]?.push(edge);
    if (b !== a) out[b]?.push(edge);
  });
  return out;
}

/** Index of the node nearest to a position, or -1 in an empty graph. */
export function nearestNode(graph: RoadGraph, point: LonLat): number {
  const lonScale = Math.cos((point.lat * Math.PI) / 180);
  let best = -1;
  let bestSquare = Infinity;
  graph.nodes.forEach(([lon, lat], index) => {
    const square = ((lon - point.lon) * lonScale) ** 2 + (lat - point.lat) ** 2;
    if (square < bestSquare) {
      bestSquare = square;
      best = index;
    }
  });
  return best;
}
