import gcoord from 'gcoord';
import { z } from 'zod';

/**
 * Coordinate reference systems that a source may speak. GCJ-02 is the shifted datum of Chinese maps, BD-09 Baidu's
 * further shift of it; inside the hall everything is WGS 84.
 */
export const Crs = z.enum(['wgs84', 'gcj02', 'bd09']);
export type Crs = z.infer<typeof Crs>;

/** `[lon, lat]` in WGS 84, accurate to a metre or so: the datum's inverse has no closed form. */
export type ToWgs84 = (lon: number, lat: number) => [number, number];

/** The conversion for a feed, or null where there is nothing to convert. Outside China GCJ-02 is WGS 84 by definition. */
export function toWgs84(crs: Crs): ToWgs84 | null {
  if (crs === 'wgs84') return null;
  const from = crs === 'gcj02' ? gcoord.GCJ02 : gcoord.BD09;
  return (lon, lat) => gcoord.transform([lon, lat], from, gcoord.WGS84);
}

/** The conversion of what leaves the hall for maps of another datum. */
export function fromWgs84(crs: Exclude<Crs, 'wgs84'>): (lon: number, lat: number) => [number, number] {
  const to = crs === 'gcj02' ? gcoord.GCJ02 : gcoord.BD09;
  return (lon, lat) => gcoord.transform([lon, lat], gcoord.WGS84, to);
}
