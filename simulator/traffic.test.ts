import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { angleBetweenDeg, distanceM } from '../core/places/geo.ts';
import { nearestNode, ROAD_SPEEDS, type RoadGraph } from '../core/places/roads.ts';
import { gridCity } from '../tests/fakes/gridCity.ts';
import { createRouter } from './routes.ts';
import { createTraffic } from './traffic.ts';

const city = gridCity(12, 60);

/** Seconds from node 0 to every node, by repeated relaxation: slow and plain. */
function plainSeconds(graph: RoadGraph, from: number): number[] {
  const seconds = graph.nodes.map((_, i) => (i === from ? 0 : Number.POSITIVE_INFINITY));
  for (let moved = true; moved; ) {
    moved = false;
    for (const [a, b, metres, cls] of graph.edges) {
      const cost = metres / ROAD_SPEEDS[graph.classes[cls] ?? 'local'];
      for (const [x, y] of [
        [a, b],
        [b, a],
      ] as const) {
        const total = (seconds[x] ?? 0) + cost;
        if (total < (seconds[y] ?? 0) - 1e-9) {
          seconds[y] = total;
          moved = true;
        }
      }
    }
  }
  return seconds;
}

describe('routes', () => {
  test('are connected and as quick as any', () => {
    const router = createRouter(city.graph);
    const node = fc.nat(city.graph.nodes.length - 1);
    fc.assert(
      fc.property(node, node, (from, to) => {
        let at = from;
        let seconds = 0;
        for (const { edge, reverse } of router.route(from, to)) {
          const [a, b, metres, cls] = city.graph.edges[edge] ?? [-1, -1, 0, 0];
          expect(reverse ? b : a).toBe(at);
          at = reverse ? a : b;
          seconds += metres / ROAD_SPEEDS[city.graph.classes[cls] ?? 'local'];
        }
        expect(at).toBe(to);
        expect(seconds).toBeCloseTo(plainSeconds(city.graph, from)[to] ?? -1, 6);
      }),
      { seed: 60, numRuns: 60 },
    );
  });

  test('where there is no way there is no route', () => {
    const graph: RoadGraph = {
      classes: ['local'],
      names: [],
      nodes: [
        [0, 0],
        [1, 1],
      ],
      edges: [],
      bends: [],
    };
    expect(createRouter(graph).route(0, 1)).toEqual([]);
    expect(createRouter(graph).route(0, 0)).toEqual([]);
    expect(createRouter(graph).route(0, 9)).toEqual([]);
  });
});

describe('traffic', () => {
  const run = (seed: number, seconds: number) => {
    const traffic = createTraffic(city, seed);
    for (let s = 0; s < seconds; s++) traffic.step();
    return traffic.reports(0, 1, 0);
  };

  test('is the same for the same seed and second, and another for another seed', () => {
    expect(run(7, 300)).toEqual(run(7, 300));
    expect(run(7, 300)).not.toEqual(run(8, 300));
  });

  test('moves on the roads, no faster than it may, and turns smoothly', () => {
    const traffic = createTraffic(city, 3);
    let before = traffic.reports(0, 1, 0);
    let moved = 0;
    for (let s = 0; s < 400; s++) {
      traffic.step();
      const now = traffic.reports(0, 1, 0);
      now.forEach((r, i) => {
        const was = before[i];
        if (was === undefined) return;
        const metres = distanceM(was, r);
        expect(metres).toBeLessThan(14 * 1.25 + 1);
        // A turn of up to 60° a second, and the rounding of what is reported.
        expect(angleBetweenDeg(was.heading, r.heading)).toBeLessThan(60.2);
        const offStreet = Math.min(off(r.lon - 121.9), off(r.lat - 29.2));
        expect(offStreet).toBeLessThan(2e-6);
        if (metres > 1) moved++;
      });
      before = now;
    }
    expect(moved).toBeGreaterThan(60 * 400 * 0.3);
    expect(new Set(before.map((r) => r.status)).size).toBeGreaterThanOrEqual(4);
  });

  test('reports every unit in exactly one slice', () => {
    const traffic = createTraffic(city, 1);
    const ids = [0, 1, 2, 3].flatMap((slice) => traffic.reports(slice, 4, 5).map((r) => r.unit));
    expect(ids.toSorted()).toEqual(city.units.map((u) => u.id).toSorted());
  });

  test('units that are sent drive to the place, stay, and go on when released', () => {
    const traffic = createTraffic(city, 5);
    for (let s = 0; s < 60; s++) traffic.step();
    const place = { lon: 121.9 + 5 * 0.002, lat: 29.2 + 7 * 0.002 };
    const node = city.graph.nodes[nearestNode(city.graph, place)] ?? [0, 0];
    const there = () =>
      traffic
        .reports(0, 1, 0)
        .filter((r) => r.status === 'on-scene' && distanceM(r, { lon: node[0], lat: node[1] }) < 1);
    traffic.dispatch(place);
    for (let s = 0; s < 600; s++) traffic.step();
    const arrived = there().length;
    expect(arrived).toBeGreaterThan(20);
    for (let s = 0; s < 300; s++) traffic.step();
    expect(there().length).toBeGreaterThanOrEqual(arrived);
    traffic.release();
    for (let s = 0; s < 200; s++) traffic.step();
    expect(there().length).toBeLessThan(5);
  });
});

/** Distance to the nearest street line of the grid, degrees. */
function off(degrees: number): number {
  const blocks = degrees / 0.002;
  return Math.abs(blocks - Math.round(blocks)) * 0.002;
}
