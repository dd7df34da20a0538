/** Layers of the tiles, in the order in which they are written; the names are those of the style's sources. */
export const LAYERS = ['land', 'landuse', 'water', 'buildings', 'roads', 'rail', 'borders', 'labels'] as const;
export type Layer = (typeof LAYERS)[number];

/** Number of units along a tile's side. */
export const EXTENT = 4096;

/**
 * Units beyond a tile's sides that its shapes reach. Shores are drawn wide and soft, and a shore along the edge of the clipped land must
 * not shine into the tile.
 */
export function bufferOf(layer: number): number {
  return layer === LAND || layer === WATER ? 128 : 64;
}

const LAND = LAYERS.indexOf('land');
const WATER = LAYERS.indexOf('water');

export const MIN_ZOOM = 6;
export const MAX_ZOOM = 14;

/** Least area of a polygon in square units of the tile, by layer; eight units are a pixel. Below it is left out. */
export function leastArea(layer: number, z: number): number {
  if (z === MAX_ZOOM) return 4;
  if (layer === LAND) return 64;
  return LAYERS[layer] === 'buildings' ? 60 : 200;
}

/** By how many units a line may be off its true course. The largest zoom is drawn up to sixteen times its size. */
export function tolerance(layer: number, z: number): number {
  if (z < MAX_ZOOM) return 4;
  return LAYERS[layer] === 'buildings' ? 0.5 : 1;
}
