import type { Feature, FeatureCollection, Geometry, Point } from 'geojson';
import type { Text } from '../../../contract/schema/basics.ts';
import { destination, type LonLat } from '../../../core/places/geo.ts';

type Properties = Record<string, string | number | boolean>;

export type Collection<G extends Geometry = Geometry> = FeatureCollection<G, Properties>;

/** The side of a two-language name that is for the map's language. */
export type Say = (text: Text) => string;

export const EMPTY: Collection = { type: 'FeatureCollection', features: [] };

export function point(at: LonLat, properties: Properties): Feature<Point, Properties> {
  return { type: 'Feature', properties, geometry: { type: 'Point', coordinates: [at.lon, at.lat] } };
}

export function collection<G extends Geometry>(features: Feature<G, Properties>[]): Collection<G> {
  return { type: 'FeatureCollection', features };
}

/** Where and what: `滨河路下穿 · 道路积水`; what alone where it says where. */
export function whatAndWhere(
  { title, place }: { title: Text; place: { name: Text } },
  say: Say,
  between: string,
): string {
  const [what, where] = [say(title), say(place.name)];
  return where === '' || what.includes(where) ? what : `${where}${between}${what}`;
}

/** A circle on the ground, closed, counter-clockwise. */
export function circleRing(centre: LonLat, metres: number, steps = 72): [number, number][] {
  const ring = Array.from({ length: steps }, (_, i) => position(destination(centre, -(360 * i) / steps, metres)));
  const first = ring[0];
  return first ? [...ring, first] : ring;
}

/** As GeoJSON has it. */
export function position(p: LonLat): [number, number] {
  return [p.lon, p.lat];
}
