import { bearingDeg, distanceM, EARTH_RADIUS_M, type LonLat } from '../../../core/places/geo.ts';
import { type Collection, circleRing, point, position } from '../overlays/collections.ts';

/** Along a line, inside a ring, or around a point. */
export type MeasureMode = 'distance' | 'area' | 'radius';

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

/** What is drawn of what is measured; `reach` where a line would go on to: to the pointer. */
export function measureShapes(mode: MeasureMode, points: readonly LonLat[], reach: LonLat | null): Collection {
  const shapes = mode === 'radius' ? radiusShapes(points, reach) : lineShapes(mode, points, reach);
  return { type: 'FeatureCollection', features: [...shapes, ...points.map((at) => point(at, {}))] };
}

function lineShapes(mode: 'distance' | 'area', points: readonly LonLat[], reach: LonLat | null): Feature[] {
  const [first, last] = [points[0], points.at(-1)];
  const inside = reach ? [...points, reach] : points;
  const shapes: Feature[] = [];
  if (mode === 'area' && first && inside.length > 2)
    shapes.push(shape({ type: 'Polygon', coordinates: [[...inside, first].map(position)] }));
  if (points.length > 1) shapes.push(line(mode === 'area' && !reach && first ? [...points, first] : points));
  if (reach && last) shapes.push(line(mode === 'area' && first ? [last, reach, first] : [last, reach], true));
  return shapes;
}

/** A circle around the first point, through the second. */
function radiusShapes([centre, through]: readonly LonLat[], reach: LonLat | null): Feature[] {
  const edge = through ?? reach;
  if (!centre || !edge) return [];
  return [
    shape({ type: 'Polygon', coordinates: [circleRing(centre, distanceM(centre, edge))] }),
    line([centre, edge], !through),
  ];
}

type Feature = Collection['features'][number];

function shape(geometry: Feature['geometry'], properties: Feature['properties'] = {}): Feature {
  return { type: 'Feature', properties, geometry };
}

/** @param open it is not there yet */
function line(points: readonly LonLat[], open = false): Feature {
  return shape({ type: 'LineString', coordinates: points.map(position) }, open ? { open } : {});
}

/** Square metres inside a circle on the ground, small against the earth. */
export function circleM2(radius: number): number {
  return Math.PI * radius * radius;
}

/** `007°`, clockwise from north. */
export function bearingText(from: LonLat, to: LonLat): string {
  return `${String(Math.round(bearingDeg(from, to)) % 360).padStart(3, '0')}°`;
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
