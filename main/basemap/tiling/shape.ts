import type { TileEncoder } from './encode.ts';
import { type FeatureStore, LINE, POINT, POLYGON, type Shape } from './featureStore.ts';
import { Ints } from './growing.ts';
import { EXTENT, leastArea, MAX_ZOOM, tolerance } from './layers.ts';
import { tileSide } from './mercator.ts';
import type { Held, Piece } from './pieces.ts';
import { simplify } from './simplify.ts';

/** Lines of smaller extent than half a pixel are not seen, but at the largest zoom, which is drawn larger. */
const LEAST_LINE = 4;

/** Brings what a tile holds into the tile's units, as fine as its zoom shows, and hands it to the encoder. */
export class Shaper {
  readonly #store: FeatureStore;
  readonly #xy = new Ints();
  readonly #ends = new Ints();
  #part = new Int32Array(1024);

  constructor(store: FeatureStore) {
    this.#store = store;
  }

  shape(z: number, x: number, y: number, held: Held, encoder: TileEncoder): void {
    const store = this.#store;
    for (const item of held.items) {
      const piece = item < 0 ? (held.pieces[~item] as Piece) : undefined;
      const feature = piece ? piece.feature : item;
      if (store.minZoom.at(feature) > z) continue;
      const layer = store.layer.at(feature);
      const shape = store.shape.at(feature) as Shape;
      this.#xy.clear();
      this.#ends.clear();
      const first = store.firstPart.at(feature);
      const parts = piece ? piece.parts.length : store.firstPart.at(feature + 1) - first;
      for (let i = 0; i < parts; i++) {
        const part = piece?.parts[i];
        const length = part ? this.#bring(part, z, x, y) : this.#bringWhole(first + i, z, x, y);
        const isKept = this.#keep(length, shape, layer, z, i === 0);
        // Without its outer ring a polygon has no holes either.
        if (!isKept && shape === POLYGON && i === 0) break;
      }
      if (this.#ends.length > 0)
        encoder.add(layer, shape, store.attributes.at(feature), { xy: this.#xy, ends: this.#ends });
    }
  }

  /** A part in world units into the tile's. */
  #bring(part: Int32Array, z: number, x: number, y: number): number {
    this.#room(part.length);
    const [left, top, shift] = [x * tileSide(z), y * tileSide(z), shiftOf(z)];
    const half = 1 << (shift - 1);
    for (let i = 0; i < part.length; i += 2) {
      this.#part[i] = ((part[i] as number) - left + half) >> shift;
      this.#part[i + 1] = ((part[i + 1] as number) - top + half) >> shift;
    }
    return part.length;
  }

  #bringWhole(part: number, z: number, x: number, y: number): number {
    const store = this.#store;
    const [first, end] = [store.firstRef.at(part), store.firstRef.at(part + 1)];
    this.#room((end - first) * 2);
    const [left, top, shift] = [x * tileSide(z), y * tileSide(z), shiftOf(z)];
    const half = 1 << (shift - 1);
    const [xs, ys, refs, to] = [store.points.x.data, store.points.y.data, store.refs.data, this.#part];
    let n = 0;
    for (let i = first; i < end; i++) {
      const point = refs[i] as number;
      to[n++] = ((xs[point] as number) - left + half) >> shift;
      to[n++] = ((ys[point] as number) - top + half) >> shift;
    }
    return n;
  }

  #room(length: number): void {
    if (this.#part.length < length) this.#part = new Int32Array(length * 2);
  }

  /** Takes the part that was brought, thinned; false when nothing of it can be seen. */
  #keep(brought: number, shape: Shape, layer: number, z: number, isOuter: boolean): boolean {
    const part = this.#part;
    if (shape === POINT) {
      const [px, py] = [part[0] as number, part[1] as number];
      // A point belongs to one tile: two would write its name twice.
      if (px < 0 || py < 0 || px >= EXTENT || py >= EXTENT) return false;
      return this.#take(2);
    }
    if (shape === LINE) {
      const length = simplify(part, brought, tolerance(layer, z), false);
      if (length < 4 || (z < MAX_ZOOM && extent(part, length) < LEAST_LINE)) return false;
      return this.#take(length);
    }
    const length = simplify(part, brought, tolerance(layer, z), true);
    if (length < 8) return false;
    const area = doubleArea(part, length) / 2;
    if (Math.abs(area) < leastArea(layer, z)) return false;
    // Outer rings turn clockwise on the screen, which is a positive area where y goes down; holes the other way.
    if (area > 0 !== isOuter) reverse(part, length);
    return this.#take(length);
  }

  #take(length: number): boolean {
    this.#xy.room(length);
    this.#xy.data.set(this.#part.subarray(0, length), this.#xy.length);
    this.#xy.length += length;
    this.#ends.push(this.#xy.length);
    return true;
  }
}

/** By how many bits a world unit is finer than the tile's. */
function shiftOf(z: number): number {
  return Math.log2(tileSide(z) / EXTENT);
}

function doubleArea(xy: Int32Array, length: number): number {
  let sum = 0;
  for (let i = 0; i + 3 < length; i += 2)
    sum += (xy[i] as number) * (xy[i + 3] as number) - (xy[i + 2] as number) * (xy[i + 1] as number);
  return sum;
}

function extent(xy: Int32Array, length: number): number {
  let [x0, y0, x1, y1] = [xy[0] as number, xy[1] as number, xy[0] as number, xy[1] as number];
  for (let i = 2; i < length; i += 2) {
    x0 = Math.min(x0, xy[i] as number);
    x1 = Math.max(x1, xy[i] as number);
    y0 = Math.min(y0, xy[i + 1] as number);
    y1 = Math.max(y1, xy[i + 1] as number);
  }
  return Math.max(x1 - x0, y1 - y0);
}

function reverse(xy: Int32Array, length: number): void {
  for (let a = 0, b = length - 2; a < b; a += 2, b -= 2) {
    const [x, y] = [xy[a] as number, xy[a + 1] as number];
    xy[a] = xy[b] as number;
    xy[a + 1] = xy[b + 1] as number;
    xy[b] = x;
    xy[b + 1] = y;
  }
}
