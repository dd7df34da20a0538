/** West, south, east, north; degrees. */
export type Bounds = readonly [number, number, number, number];

/** A box in world units: least x, least y (north), most x, most y (south). */
export type Box = readonly [number, number, number, number];

/**
 * The world is a square of so many units a side in Web Mercator (EPSG:3857), x east and y south from its north-west corner: 3.7 cm at the
 * equator, as fine as OpenStreetMap's seven decimals are useful, and whole numbers that fit 32 bits with room for buffers.
 */
export const WORLD = 2 ** 30;
/** Where the square ends, degrees. */
export const MOST_LAT = 85.051_128_779_8;

export function worldX(lon: number): number {
  return Math.round((lon / 360 + 0.5) * WORLD);
}

export function worldY(lat: number): number {
  const sin = Math.sin((Math.max(-MOST_LAT, Math.min(MOST_LAT, lat)) * Math.PI) / 180);
  return Math.round((0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * WORLD);
}

export function lonOf(x: number): number {
  return (x / WORLD - 0.5) * 360;
}

export function latOf(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / WORLD))) * 180) / Math.PI;
}

/** World units of a metre at a latitude. */
export function unitsOfMetre(lat: number): number {
  return WORLD / (40_075_016.686 * Math.cos((lat * Math.PI) / 180));
}

/** World units of a tile's side. */
export function tileSide(z: number): number {
  return WORLD / 2 ** z;
}

/** Columns and rows of the tiles that a box touches, last ones included. */
export interface TileRange {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export function tilesOf(bounds: Bounds, z: number): TileRange {
  const side = tileSide(z);
  const last = 2 ** z - 1;
  const column = (value: number) => Math.max(0, Math.min(last, Math.floor(value / side)));
  return {
    x0: column(worldX(bounds[0])),
    y0: column(worldY(bounds[3])),
    x1: column(worldX(bounds[2])),
    y1: column(worldY(bounds[1])),
  };
}
