import { AttributeTable } from './attributes.ts';
import { Doubles, Ints } from './growing.ts';
import { LAYERS, type Layer } from './layers.ts';

/** Types of geometry, with the numbers that MVT gives them. */
export const POINT = 1;
export const LINE = 2;
export const POLYGON = 3;
export type Shape = typeof POINT | typeof LINE | typeof POLYGON;

/** Positions in world units. A feature names them by their index, which takes half of the room of a position. */
export class Points {
  x: Ints;
  y: Ints;

  constructor(x = new Ints(), y = new Ints()) {
    this.x = x;
    this.y = y;
  }

  add(x: number, y: number): number {
    this.x.push(x);
    this.y.push(y);
    return this.x.length - 1;
  }
}

/** A feature that is put into the store. */
export interface NewFeature {
  readonly layer: Layer;
  readonly shape: Shape;
  /** Number of its set of attributes. */
  readonly attributes: number;
  /** First zoom that shows it. */
  readonly minZoom: number;
  /** What is drawn first, within the layer: the least. */
  readonly order?: number;
  /** Indexes of points: of one point, of one line, or the closed rings of one polygon, the outer ring first. */
  readonly parts: readonly ArrayLike<number>[];
}

/** Features in columns: an object each would take ten times the room. */
export class FeatureStore {
  readonly points: Points;
  readonly table = new AttributeTable();
  count = 0;
  readonly layer = new Ints();
  readonly shape = new Ints();
  readonly attributes = new Ints();
  readonly minZoom = new Ints();
  readonly order = new Doubles();
  /** Of every feature its first part; one more at the end. */
  readonly firstPart = new Ints();
  /** Of every part its first reference; one more at the end. */
  readonly firstRef = new Ints();
  readonly refs = new Ints();
  /** Least x, least y, most x, most y of every feature. */
  readonly boxes = new Ints();

  constructor(points: Points) {
    this.points = points;
    this.firstPart.push(0);
    this.firstRef.push(0);
  }

  add({ layer, shape, attributes, minZoom, order = 0, parts }: NewFeature): void {
    this.layer.push(LAYERS.indexOf(layer));
    this.shape.push(shape);
    this.attributes.push(attributes);
    this.minZoom.push(minZoom);
    this.order.push(order);
    for (const part of parts) {
      this.refs.room(part.length);
      this.refs.data.set(part, this.refs.length);
      this.refs.length += part.length;
      this.firstRef.push(this.refs.length);
    }
    this.firstPart.push(this.firstRef.length - 1);
    this.#box(parts[0] ?? []);
    this.count++;
  }

  /** Holes lie within the outer ring: the first part tells. */
  #box(part: ArrayLike<number>): void {
    let [x0, y0, x1, y1] = [2 ** 31 - 1, 2 ** 31 - 1, -(2 ** 31), -(2 ** 31)];
    for (let i = 0; i < part.length; i++) {
      const x = this.points.x.at(part[i] as number);
      const y = this.points.y.at(part[i] as number);
      if (x < x0) x0 = x;
      if (x > x1) x1 = x;
      if (y < y0) y0 = y;
      if (y > y1) y1 = y;
    }
    for (const side of [x0, y0, x1, y1]) this.boxes.push(side);
  }

  /** All features by layer and, within it, by their order; those of one order as they came. */
  sorted(): Int32Array {
    const byLayer: number[][] = LAYERS.map(() => []);
    for (let f = 0; f < this.count; f++) byLayer[this.layer.at(f)]?.push(f);
    const all = new Int32Array(this.count);
    let at = 0;
    for (const features of byLayer) {
      features.sort((a, b) => this.order.at(a) - this.order.at(b));
      for (const f of features) all[at++] = f;
    }
    return all;
  }
}
