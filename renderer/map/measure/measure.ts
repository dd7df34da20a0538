import { distanceM, EARTH_RADIUS_M, type LonLat } from '../../../core/places/geo.ts';
import type { Collection } from '../overlays/collections.ts';

export type MeasureMode = 'distance' | 'area';

/** Metres along a line, great circle by great circle. */
export function lengthM(line: readonly LonLat[]): number {
  let sum = 0;
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1];
    const b = line[i];
    if (a && b) sum += distanceM(a, b);
  }
  return sum;
}

/** Square metres inside a ring on the sphere (Chamberlain & Duquette 2007); the ring closes itself, either way round. */
export function areaM2(ring: readonly LonLat[]): number {
  const rad = Math.PI / 180;
  let sum = 0;
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i];
    const b = ring[(i + 1) % ring.length];
    if (a && b) sum += (b.lon - a.lon) * rad * (2 + Math.sin(a.lat * rad) + Math.sin(b.lat * rad));
  }
  return Math.abs((sum * EARTH_RADIUS_M * EARTH_RADIUS_M) / 2);
}

/** What is drawn while measuring: the corners, the line, and for an area its inside. */
export function measureShapes(mode: MeasureMode, points: readonly LonLat[]): Collection {
  const at = points.map((p): [number, number] => [p.lon, p.lat]);
  const first = at[0];
  const closed = mode === 'area' && first !== undefined && at.length > 2;
  return {
    type: 'FeatureCollection',
    features: [
      ...(closed
        ? [
            {
              type: 'Feature' as const,
              properties: {},
              geometry: { type: 'Polygon' as const, coordinates: [[...at, first]] },
            },
          ]
        : []),
      ...(at.length > 1 && !closed
        ? [{ type: 'Feature' as const, properties: {}, geometry: { type: 'LineString' as const, coordinates: at } }]
        : []),
      ...at.map((coordinates) => ({
        type: 'Feature' as const,
        properties: {},
        geometry: { type: 'Point' as const, coordinates },
      })),
    ],
  };
}

/** `840 m`, `2.35 km`. */
export function lengthText(metres: number): string {
  return metres < 1000 ? `${metres.toFixed(0)} m` : `${(metres / 1000).toFixed(2)} km`;
}

/** `5,200 m²`, `3.1 ha`, `1.25 km²`. */
export function areaText(m2: number): string {
  if (m2 < 10_000) return `${m2.toFixed(0)} m²`;
  return m2 < 1_000_000 ? `${(m2 / 10_000).toFixed(1)} ha` : `${(m2 / 1_000_000).toFixed(2)} km²`;
}

/** A scale bar no wider than `widest` pixels that stands for 1, 2 or 5 times a power of ten metres. */
export function scaleBar(metresPerPixel: number, widest: number): { metres: number; pixels: number } {
  const most = metresPerPixel * widest;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [5, 2, 1].find((s) => s * power <= most) ?? 1;
  return { metres: step * power, pixels: (step * power) / metresPerPixel };
}
