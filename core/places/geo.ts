/** A WGS 84 position, degrees. */
export interface LonLat {
  readonly lon: number;
  readonly lat: number;
}

/** Mean Earth radius (IUGG R1), metres. */
export const EARTH_RADIUS_M = 6_371_008.8;

const RAD = Math.PI / 180;

/** Great-circle distance between two positions, metres (haversine; exact to about 0.5 % of the ellipsoid). */
export function distanceM(a: LonLat, b: LonLat): number {
  const dLat = (b.lat - a.lat) * RAD;
  const dLon = (b.lon - a.lon) * RAD;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * RAD) * Math.cos(b.lat * RAD) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Initial great-circle bearing from `a` to `b`, degrees clockwise from north in [0, 360). Equal positions give 0. */
export function bearingDeg(a: LonLat, b: LonLat): number {
  const dLon = (b.lon - a.lon) * RAD;
  const y = Math.sin(dLon) * Math.cos(b.lat * RAD);
  const x =
    Math.cos(a.lat * RAD) * Math.sin(b.lat * RAD) - Math.sin(a.lat * RAD) * Math.cos(b.lat * RAD) * Math.cos(dLon);
  return normalizeDeg(Math.atan2(y, x) / RAD);
}

/** The position reached from `from` after `metres` along the great circle that starts at `bearing` degrees. */
export function destination(from: LonLat, bearing: number, metres: number): LonLat {
  const d = metres / EARTH_RADIUS_M;
  const lat1 = from.lat * RAD;
  const sinLat2 = Math.sin(lat1) * Math.cos(d) + Math.cos(lat1) * Math.sin(d) * Math.cos(bearing * RAD);
  const lat2 = Math.asin(Math.max(-1, Math.min(1, sinLat2)));
  const dLon = Math.atan2(
    Math.sin(bearing * RAD) * Math.sin(d) * Math.cos(lat1),
    Math.cos(d) - Math.sin(lat1) * sinLat2,
  );
  return { lon: normalizeLon(from.lon + dLon / RAD), lat: lat2 / RAD };
}

/** An angle brought into [0, 360). */
export function normalizeDeg(deg: number): number {
  const d = deg % 360;
  const positive = d < 0 ? d + 360 : d;
  // Adding 0 turns -0 into 0.
  return positive >= 360 ? 0 : positive + 0;
}

/** The unsigned difference of two bearings, degrees in [0, 180]. */
export function angleBetweenDeg(a: number, b: number): number {
  const d = normalizeDeg(a - b);
  return d > 180 ? 360 - d : d;
}

function normalizeLon(lon: number): number {
  return normalizeDeg(lon + 180) - 180;
}

/** Where no road is known: metres a second as the crow flies. */
const CROW_SPEED = 6;

/** Seconds on the way where no road is known, and from the road to a place. */
export function crowSeconds(metres: number): number {
  return metres / CROW_SPEED;
}
