import { clipLine, clipRing } from './clip.ts';
import { type FeatureStore, LINE, POINT } from './featureStore.ts';
import { bufferOf, EXTENT, LAYERS } from './layers.ts';
import { type Box, tileSide } from './mercator.ts';

/** What of a feature lies in a tile with its buffer. */
export interface Piece {
  readonly feature: number;
  /** Flat `x, y, x, y …` in world units each. */
  readonly parts: readonly Int32Array[];
  readonly box: Box;
}

/** What a tile holds, in the order in which it's drawn. */
export interface Held {
  /** Whole features by their number, pieces by `~index`. */
  readonly items: Int32Array;
  readonly pieces: readonly Piece[];
}

/** What a tile holds of all that a larger area holds. */
export function heldIn(store: FeatureStore, all: Held, z: number, x: number, y: number): Held {
  const boxes = LAYERS.map((_, layer) => tileBox(z, x, y, layer));
  const items = new Int32Array(all.items.length);
  const pieces: Piece[] = [];
  let n = 0;
  const boxData = store.boxes.data;
  const layers = store.layer.data;
  for (const item of all.items) {
    const piece = item < 0 ? (all.pieces[~item] as Piece) : undefined;
    const feature = piece ? piece.feature : item;
    const box = boxes[layers[feature] as number] as Box;
    const x0 = piece ? piece.box[0] : (boxData[feature * 4] as number);
    const y0 = piece ? piece.box[1] : (boxData[feature * 4 + 1] as number);
    const x1 = piece ? piece.box[2] : (boxData[feature * 4 + 2] as number);
    const y1 = piece ? piece.box[3] : (boxData[feature * 4 + 3] as number);
    if (x1 < box[0] || x0 > box[2] || y1 < box[1] || y0 > box[3]) continue;
    if (x0 >= box[0] && x1 <= box[2] && y0 >= box[1] && y1 <= box[3]) {
      items[n++] = piece ? ~(pieces.push(piece) - 1) : item;
      continue;
    }
    const cut = cutPiece(feature, store.shape.at(feature), piece?.parts ?? partsOf(store, feature), box);
    if (cut) items[n++] = ~(pieces.push(cut) - 1);
  }
  return { items: items.slice(0, n), pieces };
}

function tileBox(z: number, x: number, y: number, layer: number): Box {
  const side = tileSide(z);
  const buffer = (bufferOf(layer) * side) / EXTENT;
  return [x * side - buffer, y * side - buffer, (x + 1) * side + buffer, (y + 1) * side + buffer];
}

function partsOf(store: FeatureStore, feature: number): Int32Array[] {
  const parts: Int32Array[] = [];
  for (let part = store.firstPart.at(feature); part < store.firstPart.at(feature + 1); part++) {
    const first = store.firstRef.at(part);
    const flat = new Int32Array((store.firstRef.at(part + 1) - first) * 2);
    for (let i = 0; i < flat.length; i += 2) {
      const point = store.refs.at(first + i / 2);
      flat[i] = store.points.x.at(point);
      flat[i + 1] = store.points.y.at(point);
    }
    parts.push(flat);
  }
  return parts;
}

function cutPiece(feature: number, shape: number, parts: readonly Int32Array[], box: Box): Piece | null {
  if (shape === POINT) return null;
  const cut: Int32Array[] = [];
  for (const part of parts) {
    if (shape === LINE) {
      cut.push(...clipLine(part, box));
      continue;
    }
    const ring = clipRing(part, box);
    if (ring.length > 0) cut.push(ring);
    // Without its outer ring a polygon has no holes either.
    else if (cut.length === 0) return null;
  }
  return cut.length === 0 ? null : { feature, parts: cut, box: boxOf(cut) };
}

function boxOf(parts: readonly Int32Array[]): Box {
  let [x0, y0, x1, y1] = [2 ** 31, 2 ** 31, -(2 ** 31), -(2 ** 31)];
  for (const part of parts) {
    for (let i = 0; i < part.length; i += 2) {
      const x = part[i] as number;
      const y = part[i + 1] as number;
      if (x < x0) x0 = x;
      if (x > x1) x1 = x;
      if (y < y0) y0 = y;
      if (y > y1) y1 = y;
    }
  }
  return [x0, y0, x1, y1];
}
