import { crowSeconds, distanceM, type LonLat } from './geo.ts';
import { createNodeHeap } from './nodeHeap.ts';
import { edgesByNode, nearestNode, ROAD_SPEEDS, type RoadGraph } from './roads.ts';

/** A way to a place: how long by car, and how far. */
export interface Way {
  readonly seconds: number;
  readonly metres: number;
  /** `straight`: there are no roads between that the hall knows of. */
  readonly by: 'road' | 'straight';
}

/** The ways from everywhere to one place. */
export interface WaysTo {
  from(place: LonLat): Way;
}

/** Finds ways over the roads; some 2 ms a place in a city of 6,000 edges. */
export function createRoadTimes(graph: RoadGraph): { to(place: LonLat): WaysTo } {
  const byNode = edgesByNode(graph);
  const straight = (a: LonLat, b: LonLat): Way => {
    const metres = distanceM(a, b);
    return { seconds: crowSeconds(metres), metres, by: 'straight' };
  };
  return {
    to(place) {
      const goal = nearestNode(graph, place);
      const end = graph.nodes[goal];
      if (!end) return { from: (from) => straight(from, place) };
      const { seconds, metres } = spread(graph, byNode, goal);
      const last = straight({ lon: end[0], lat: end[1] }, place);
      return {
        from(from) {
          const node = nearestNode(graph, from);
          const at = graph.nodes[node];
          const driven = seconds[node] ?? Number.POSITIVE_INFINITY;
          const direct = straight(from, place);
          if (!at || driven === Number.POSITIVE_INFINITY) return direct;
          const first = straight(from, { lon: at[0], lat: at[1] });
          const way: Way = {
            seconds: first.seconds + driven + last.seconds,
            metres: first.metres + (metres[node] ?? 0) + last.metres,
            by: 'road',
          };
          // On the same stretch the next crossing is a detour.
          return node === goal ? { ...direct, by: 'road' } : way;
        },
      };
    },
  };
}

/** Quickest times from one node to all (Dijkstra), and how far those ways are. */
function spread(graph: RoadGraph, byNode: readonly (readonly number[])[], from: number) {
  const count = graph.nodes.length;
  const seconds = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const metres = new Float64Array(count);
  const heap = createNodeHeap();
  const done = new Uint8Array(count);
  seconds[from] = 0;
  heap.push(from, 0);
  for (let node = heap.pop(); node !== undefined; node = heap.pop()) {
    if (done[node]) continue;
    done[node] = 1;
    const at = seconds[node] ?? 0;
    for (const edge of byNode[node] ?? []) {
      const [a, b, length, cls] = graph.edges[edge] ?? [node, node, 0, 0, 0];
      const other = a === node ? b : a;
      const there = at + length / ROAD_SPEEDS[graph.classes[cls] ?? 'local'];
      if (there >= (seconds[other] ?? 0)) continue;
      seconds[other] = there;
      metres[other] = (metres[node] ?? 0) + length;
      heap.push(other, there);
    }
  }
  return { seconds, metres };
}
