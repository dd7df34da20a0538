import type { LonLat } from './geo.ts';

/** A closed ring of positions `[lon, lat]`, first equal to last. */
export type Ring = readonly (readonly [number, number])[];

/** One polygon: the outer ring, then holes. */
export type PolygonRings = readonly Ring[];

/** A coded area of the city, such as a grid cell. */
export interface CityArea {
  readonly code: string;
  readonly polygons: readonly PolygonRings[];
}

/** Whether the point lies in the polygon (even-odd rule; a point exactly on an edge may fall on either side). */
export function inPolygon(point: LonLat, rings: PolygonRings): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const a = ring[i - 1];
      const b = ring[i];
      if (!a || !b || a[1] > point.lat === b[1] > point.lat) continue;
      if (point.lon < a[0] + ((point.lat - a[1]) / (b[1] - a[1])) * (b[0] - a[0])) inside = !inside;
    }
  }
  return inside;
}

/** Answers which coded area a position lies in. */
export interface AreaIndex {
  /** The code of the area that holds the position, or undefined outside all of them (the sea). */
  at(point: LonLat): string | undefined;
}

/** Indexes areas by their boxes in a uniform grid of `columns` × `columns` buckets. */
export function indexAreas(areas: readonly CityArea[], columns = 64): AreaIndex {
  const entries = areas.flatMap((area) =>
    area.polygons.map((rings) => ({ code: area.code, rings, box: boxOf(rings) })),
  );
  const world = entries.reduce<Box>((w, e) => union(w, e.box), [Infinity, Infinity, -Infinity, -Infinity]);
  const width = (world[2] - world[0]) / columns || 1;
  const height = (world[3] - world[1]) / columns || 1;
  const clamp = (v: number): number => Math.max(0, Math.min(columns - 1, Math.floor(v)));
  const buckets = new Map<number, typeof entries>();
  for (const entry of entries) {
    const [w, s, e, n] = entry.box;
    for (let row = clamp((s - world[1]) / height); row <= clamp((n - world[1]) / height); row++) {
      for (let col = clamp((w - world[0]) / width); col <= clamp((e - world[0]) / width); col++) {
        const key = row * columns + col;
        const bucket = buckets.get(key);
        if (bucket) bucket.push(entry);
        else buckets.set(key, [entry]);
      }
    }
  }
  return {
    at(point) {
      const key = clamp((point.lat - world[1]) / height) * columns + clamp((point.lon - world[0]) / width);
      return buckets.get(key)?.find((entry) => inPolygon(point, entry.rings))?.code;
    },
  };
}

type Box = readonly [number, number, number, number];

function boxOf(rings: PolygonRings): Box {
  let box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of rings[0] ?? []) box = union(box, [lon, lat, lon, lat]);
  return box;
}

function union(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}
