import type { City, CityUnit } from '../core/places/city.ts';
import { angleBetweenDeg, normalizeDeg } from '../core/places/geo.ts';
import { alongEdge, nearestNode, ROAD_SPEEDS } from '../core/places/roads.ts';
import type { UnitReport, UnitStatus } from '../core/units/unit.ts';
import { chance } from './chance.ts';
import { createRouter, type Router, type Stretch } from './routes.ts';

/** How a kind of unit moves: a share of the road's speed, and its own greatest, m/s. */
const PACE: Readonly<Record<CityUnit['kind'], { share: number; most: number }>> = {
  car: { share: 1, most: 30 },
  truck: { share: 0.8, most: 22 },
  ambulance: { share: 1.1, most: 30 },
  boat: { share: 0.7, most: 18 },
  motorbike: { share: 1.1, most: 25 },
  'foot-team': { share: 1, most: 1.5 },
};
const TURN_PER_SECOND = 60;
const TRIP_M = { least: 800, most: 3500 };
/** Departments that are sent to a place of the drill, and how many units of each. */
const SENT: Readonly<Record<string, number>> = {
  ...{ fire: 8, water: 8, traffic: 6, medical: 4, power: 4, police: 4 },
  ...{ gas: 4, environment: 2, transport: 4, community: 4 },
};

/** The movement of every unit, second by second. */
export interface Traffic {
  /** Moves everything on by one second. */
  step(): void;
  /** Reports of the units of one slice: every `slices`-th, from `slice`. @param t wall ms put into them. */
  reports(slice: number, slices: number, t: number): UnitReport[];
  /** Sends units to a place until {@link Traffic.release}: of these departments, or of all that are sent; none that is sent already. */
  dispatch(to: { lon: number; lat: number }, departments?: readonly string[]): void;
  release(): void;
}

interface Vehicle {
  readonly index: number;
  readonly unit: CityUnit;
  /** Node it was at last, or is driving to. */
  node: number;
  route: Stretch[];
  /** Metres driven of route[0]. */
  along: number;
  /** Seconds it stays where it is. */
  rest: number;
  trips: number;
  status: UnitStatus;
  task: boolean;
  sentTo: number | null;
  lon: number;
  lat: number;
  heading: number;
  speed: number;
}

/** Vehicles on trips along quickest ways between chance nodes; the same for the same city, seed and second. */
export function createTraffic(
  city: Pick<City, 'graph' | 'units'>,
  seed: number,
  router = createRouter(city.graph),
): Traffic {
  const { graph } = city;
  const vehicles = city.units.map((unit, index): Vehicle => {
    const [lon, lat] = graph.nodes[unit.home] ?? graph.nodes[0] ?? [0, 0];
    const off = chance(seed, index, 1) < 0.04;
    const rest = off ? Number.POSITIVE_INFINITY : Math.floor(chance(seed, index, 2) * 20);
    return {
      ...{ index, unit, node: unit.home, route: [], along: 0, rest, trips: 0, task: false, sentTo: null, lon, lat },
      ...{ status: off ? ('off' as const) : ('available' as const), heading: chance(seed, index, 3) * 360, speed: 0 },
    };
  });

  return {
    step() {
      for (const v of vehicles) {
        if (v.rest > 0) rest(v);
        else if (v.route.length === 0) depart(v, router);
        else drive(v);
      }
    },
    reports(slice, slices, t) {
      const list: UnitReport[] = [];
      for (let i = slice; i < vehicles.length; i += slices) {
        const v = vehicles[i];
        if (v === undefined) continue;
        list.push({
          unit: v.unit.id,
          t,
          // A receiver gives 6 decimals, about 0.1 m.
          lon: Math.round(v.lon * 1e6) / 1e6,
          lat: Math.round(v.lat * 1e6) / 1e6,
          heading: Math.round(v.heading * 10) / 10,
          speed: Math.round(v.speed * 10) / 10,
          status: v.status,
        });
      }
      return list;
    },
    dispatch(to, departments = Object.keys(SENT)) {
      const node = nearestNode(graph, to);
      const left = new Map(Object.entries(SENT).filter(([department]) => departments.includes(department)));
      for (const v of vehicles) {
        const n = left.get(v.unit.department) ?? 0;
        if (n === 0 || v.status === 'off' || v.sentTo !== null) continue;
        left.set(v.unit.department, n - 1);
        v.sentTo = node;
        v.rest = 0;
        // It finishes the stretch it is on and turns off at the next crossing.
        const now = v.route[0];
        v.route = now === undefined ? [] : [now];
        if (now !== undefined) v.node = endOf(now);
        v.status = 'enroute';
      }
    },
    release() {
      for (const v of vehicles) {
        if (v.sentTo === null) continue;
        v.sentTo = null;
        v.rest = Math.min(v.rest, 10);
      }
    },
  };

  function rest(v: Vehicle): void {
    v.speed = 0;
    v.rest -= 1;
    if (v.rest <= 0 && v.status !== 'off') v.status = 'available';
  }

  function depart(v: Vehicle, on: Router): void {
    const to = v.sentTo ?? destinationOf(v);
    v.trips += 1;
    v.along = 0;
    v.route = on.route(v.node, to);
    if (v.route.length === 0) {
      arrive(v);
      return;
    }
    v.node = to;
    v.task = v.sentTo !== null || chance(seed, v.index, v.trips, 4) < 0.4;
    v.status = v.task ? 'enroute' : 'available';
  }

  /** A chance node some way off; the nearest miss of a few draws. */
  function destinationOf(v: Vehicle): number {
    const [lon, lat] = graph.nodes[v.node] ?? [0, 0];
    const reach = v.unit.kind === 'foot-team' ? 0.15 : 1;
    let best = v.node;
    let miss = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 12; i++) {
      const node = Math.floor(chance(seed, v.index, v.trips, 5, i) * graph.nodes.length);
      const [nLon, nLat] = graph.nodes[node] ?? [lon, lat];
      const metres = 111_320 * Math.hypot((nLon - lon) * Math.cos((lat * Math.PI) / 180), nLat - lat);
      const off = Math.max(TRIP_M.least * reach - metres, metres - TRIP_M.most * reach, 0);
      if (off < miss && node !== v.node) [best, miss] = [node, off];
      if (miss === 0) break;
    }
    return best;
  }

  function arrive(v: Vehicle): void {
    v.speed = 0;
    if (v.sentTo !== null) {
      v.status = 'on-scene';
      v.rest = Number.POSITIVE_INFINITY;
      return;
    }
    v.status = v.task ? (chance(seed, v.index, v.trips, 6) < 0.5 ? 'on-scene' : 'busy') : 'available';
    v.rest = Math.ceil(5 + chance(seed, v.index, v.trips, 7) * (v.task ? 120 : 25));
  }

  function drive(v: Vehicle): void {
    const { share, most } = PACE[v.unit.kind];
    const urgent = v.task && v.status === 'enroute' ? 1.25 : 1;
    let seconds = 1;
    let last: Stretch | undefined;
    while (seconds > 0) {
      const stretch = v.route[0];
      if (stretch === undefined) break;
      const [, , metres, cls] = graph.edges[stretch.edge] ?? [0, 0, 0, 0];
      const lull = 0.75 + 0.25 * chance(seed, v.index, stretch.edge, 8);
      v.speed = Math.min(most, ROAD_SPEEDS[graph.classes[cls] ?? 'local'] * share * urgent * lull);
      const left = metres - v.along;
      if (v.speed * seconds < left) {
        v.along += v.speed * seconds;
        seconds = 0;
      } else {
        seconds -= left / v.speed;
        v.along = metres;
        last = stretch;
        v.route.shift();
        if (v.route.length === 0) break;
        v.along = 0;
      }
    }
    const now = v.route[0] ?? last;
    if (now !== undefined) place(v, now);
    // One that was sent off on its way stops at this crossing only to turn.
    if (v.route.length === 0 && (v.sentTo === null || v.node === v.sentTo)) arrive(v);
  }

  function place(v: Vehicle, stretch: Stretch): void {
    const at = alongEdge(graph, stretch.edge, v.along, stretch.reverse);
    v.lon = at.lon;
    v.lat = at.lat;
    const turn = angleBetweenDeg(at.bearing, v.heading);
    const right = normalizeDeg(at.bearing - v.heading) <= 180;
    v.heading = normalizeDeg(v.heading + (right ? 1 : -1) * Math.min(turn, TURN_PER_SECOND));
  }

  function endOf(stretch: Stretch): number {
    const [a, b] = graph.edges[stretch.edge] ?? [0, 0];
    return stretch.reverse ? a : b;
  }
}
