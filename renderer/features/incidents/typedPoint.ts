import type { LonLat } from '../../../core/places/geo.ts';

/**
 * Degrees as a person types them: `121.93, 29.15`, the longitude first; the other way round where only that is a place on
 * earth. Null for anything else.
 */
export function typedPoint(text: string): LonLat | null {
  const [a, b, ...more] = text
    .replace(/[°，,;；]/g, ' ')
    .trim()
    .split(/\s+/)
    .map((part) => (/^-?\d{1,3}(?:\.\d+)?$/.test(part) ? Number(part) : Number.NaN));
  if (a === undefined || b === undefined || more.length > 0 || Number.isNaN(a) || Number.isNaN(b)) return null;
  const fits = (lon: number, lat: number) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
  if (fits(a, b)) return { lon: a, lat: b };
  return fits(b, a) ? { lon: b, lat: a } : null;
}

/** The same, written so that {@link typedPoint} reads it. */
export function pointText({ lon, lat }: LonLat): string {
  return `${lon.toFixed(5)}, ${lat.toFixed(5)}`;
}
