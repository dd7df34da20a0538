import type { Bounds } from '../../../core/places/city.ts';

/** Tiles of the hall's basemap are asked for by this scheme, which no server hears of. */
export const BASEMAP_SCHEME = 'basemap';
/** Name of its one source. */
export const ARCHIVE_SOURCE = 'basemap';
export const BASEMAP_TILES = `${BASEMAP_SCHEME}://tiles/{z}/{x}/{y}`;

/** What of the hall's `map.json` the map goes by. */
export interface BasemapArea {
  /** Vector tiles are in the layers of our styles. */
  readonly kind: 'vector' | 'raster';
  /** West, south, east, north; degrees. */
  readonly bounds: Bounds;
  readonly minZoom: number;
  readonly maxZoom: number;
  /** Must stand on the map; empty when nobody asks for it. */
  readonly attribution: string;
}

/** Most zooms that tiles have. */
const MAX_ZOOM = 24;

/** The area in a `map.json` of version 1; null when it is none, as of a hall that is newer than its window. */
export function readArea(value: unknown): BasemapArea | null {
  if (typeof value !== 'object' || value === null) return null;
  const { version, kind, bounds, minZoom, maxZoom, attribution } = value as Partial<Record<string, unknown>>;
  if (version !== 1 || (kind !== 'vector' && kind !== 'raster') || typeof attribution !== 'string') return null;
  if (!isZoom(minZoom) || !isZoom(maxZoom) || minZoom > maxZoom || !isBounds(bounds)) return null;
  return { kind, bounds, minZoom, maxZoom, attribution };
}

function isZoom(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_ZOOM;
}

function isBounds(value: unknown): value is Bounds {
  if (!Array.isArray(value) || value.length !== 4 || !value.every(Number.isFinite)) return false;
  const [west, south, east, north] = value as [number, number, number, number];
  return west >= -180 && west < east && east <= 180 && south >= -90 && south < north && north <= 90;
}
