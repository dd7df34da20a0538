import type { Geometry, Position } from 'geojson';
import { refusal } from './importError.ts';
import { IMPORT_LIMITS, tooManyRows } from './limits.ts';

const CUT = () =>
  refusal(
    { zh: '.shp 不完整或已损坏', en: 'its .shp is cut off or damaged' },
    { zh: '请重新复制或重新导出', en: 'Copy it again, or export it anew.' },
  );

/**
 * The shapes of a `.shp` in their order (ESRI, 1998): points, lines and areas with or without height and measure, which are left away.
 * Null for an empty shape and for what is made of patches.
 *
 * @throws ImportError when it is none, or cut off.
 */
export function readShapes(bytes: Buffer): (Geometry | null)[] {
  if (bytes.length < 100 || bytes.readInt32BE(0) !== 9994) throw CUT();
  const shapes: (Geometry | null)[] = [];
  for (let at = 100; at < bytes.length; ) {
    if (at + 12 > bytes.length) throw CUT();
    const end = at + 8 + bytes.readInt32BE(at + 4) * 2;
    if (end < at + 12 || end > bytes.length) throw CUT();
    shapes.push(shapeOf(bytes.subarray(at + 8, end)));
    if (shapes.length > IMPORT_LIMITS.rows) throw tooManyRows();
    at = end;
  }
  return shapes;
}

function shapeOf(body: Buffer): Geometry | null {
  // Tens are those with height, twenties those with a measure.
  switch (body.readInt32LE(0) % 10) {
    case 1:
      return body.readInt32LE(0) <= 21 ? { type: 'Point', coordinates: pointAt(body, 4) } : null;
    case 3:
      return { type: 'MultiLineString', coordinates: partsOf(body) };
    case 5:
      return areasOf(partsOf(body));
    case 8:
      return { type: 'MultiPoint', coordinates: pointsOf(body, 40, countAt(body, 36)) };
    default:
      return null;
  }
}

function pointAt(body: Buffer, at: number): Position {
  if (at + 16 > body.length) throw CUT();
  return [body.readDoubleLE(at), body.readDoubleLE(at + 8)];
}

function countAt(body: Buffer, at: number): number {
  const count = at + 4 <= body.length ? body.readInt32LE(at) : -1;
  if (count < 0 || count > body.length) throw CUT();
  return count;
}

function pointsOf(body: Buffer, at: number, count: number): Position[] {
  if (at + count * 16 > body.length) throw CUT();
  return Array.from({ length: count }, (_, i) => pointAt(body, at + i * 16));
}

function partsOf(body: Buffer): Position[][] {
  const [parts, points] = [countAt(body, 36), countAt(body, 40)];
  const from = 44 + parts * 4;
  if (from > body.length) throw CUT();
  const all = pointsOf(body, from, points);
  return Array.from({ length: parts }, (_, i) => {
    const start = body.readInt32LE(44 + i * 4);
    const end = i + 1 < parts ? body.readInt32LE(48 + i * 4) : points;
    if (start < 0 || end < start || end > points) throw CUT();
    return all.slice(start, end);
  });
}

/** Rings that run clockwise are areas, the others holes in the one before them. */
function areasOf(rings: Position[][]): Geometry {
  const areas: Position[][][] = [];
  for (const ring of rings) {
    const last = areas.at(-1);
    if (last && !isClockwise(ring)) last.push(ring);
    else areas.push([ring]);
  }
  return { type: 'MultiPolygon', coordinates: areas };
}

function isClockwise(ring: Position[]): boolean {
  const [ox = 0, oy = 0] = ring[0] ?? [];
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const [[ax = 0, ay = 0], [bx = 0, by = 0]] = [ring[i - 1] ?? [], ring[i] ?? []];
    sum += (ax - ox) * (by - oy) - (bx - ox) * (ay - oy);
  }
  return sum <= 0;
}
