import { readCoordinates } from '../../../core/places/coordinates.ts';
import { toWgs84 } from '../../../core/places/crs.ts';
import type { LonLat } from '../../../core/places/geo.ts';

/**
 * A pair of coordinates as a person types it, in every notation that the search of the map reads, brought to WGS 84 where
 * another system is named. Null for anything else.
 */
export function typedPoint(text: string): LonLat | null {
  const read = readCoordinates(text);
  if (read === null) return null;
  const [lon, lat] = toWgs84(read.datum ?? 'wgs84')?.(read.lon, read.lat) ?? [read.lon, read.lat];
  return { lon, lat };
}

/** The same, written so that {@link typedPoint} reads it, anywhere but near a pole. */
export function pointText({ lon, lat }: LonLat): string {
  return `${lon.toFixed(5)}, ${lat.toFixed(5)}`;
}
