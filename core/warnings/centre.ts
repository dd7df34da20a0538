import type { LonLat } from '../places/geo.ts';
import type { WarnedArea } from './message.ts';

/** Metres of one degree of latitude. */
const DEGREE_M = 111_195;

/** The middle of what is drawn of an area; null where nothing is. */
export function centreOf({ polygons, circles }: Pick<WarnedArea, 'polygons' | 'circles'>): LonLat | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  const reach = (lon: number, lat: number, dLon = 0, dLat = 0) => {
    [west, east] = [Math.min(west, lon - dLon), Math.max(east, lon + dLon)];
    [south, north] = [Math.min(south, lat - dLat), Math.max(north, lat + dLat)];
  };
  for (const ring of polygons) for (const [lon, lat] of ring) reach(lon, lat);
  // What a circle reaches east and west does not move the middle.
  for (const { at, radius } of circles) reach(...at, 0, radius / DEGREE_M);
  if (west > east) return null;
  const middle = (a: number, b: number) => Math.round(((a + b) / 2) * 1e6) / 1e6;
  return { lon: middle(west, east), lat: Math.max(-90, Math.min(90, middle(south, north))) };
}
