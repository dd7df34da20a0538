/** One degree in the wire's integer unit (1e-7°). */
export const UNITS_PER_DEGREE = 1e7;

const RADIANS_PER_UNIT = Math.PI / 180 / UNITS_PER_DEGREE;

/** Pixels of the whole Web Mercator world at a zoom, with MapLibre's 512-pixel tiles. */
export function worldPixels(zoom: number): number {
  return 512 * 2 ** zoom;
}

/**
 * Screen offset, in pixels east and south, of a point that lies `dLon`, `dLat` wire units (1e-7°) from a centre.
 *
 * The Mercator difference comes from `tanh(Δψ/2) = sin(Δφ/2) / cos(φ₀ + Δφ/2)`, which stays exact however small Δφ is:
 * no large numbers are subtracted, so single precision on the GPU is enough at zoom 22. The shader in shaders.ts is this
 * function again; a test holds the two against MapLibre's own projection.
 */
export function offsetPixels(dLon: number, dLat: number, centreLat: number, world: number): [number, number] {
  const half = (dLat * RADIANS_PER_UNIT) / 2;
  const t = Math.sin(half) / Math.cos((centreLat * Math.PI) / 180 + half);
  return [(dLon / UNITS_PER_DEGREE / 360) * world, (-Math.atanh(t) / Math.PI) * world];
}

/** Metres on the ground a pixel covers at a latitude and zoom. */
export function metresPerPixel(lat: number, zoom: number): number {
  return (40_075_016.686 * Math.cos((lat * Math.PI) / 180)) / worldPixels(zoom);
}
