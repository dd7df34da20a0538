import type { Points } from '../../tiling/featureStore.ts';
import { extentOf, type PointList } from './geometry.ts';

/** Sides of a ring in one slab, about. */
const PER_SLAB = 8;
const MOST_SLABS = 65_536;

/**
 * Tells many times whether a place lies within one ring (even-odd). The ring is cut into level slabs, and only the sides in the place's
 * slab are looked at: a coast has hundreds of thousands.
 */
export class RingTester {
  readonly #points: Points;
  readonly #ring: PointList;
  readonly #top: number;
  readonly #height: number;
  /** Of every slab its first side; one more at the end. */
  readonly #first: Int32Array;
  readonly #sides: Int32Array;

  constructor(points: Points, ring: PointList) {
    this.#points = points;
    this.#ring = ring;
    const { y0, y1 } = extentOf(points, ring);
    const slabs = Math.max(1, Math.min(MOST_SLABS, Math.ceil(ring.length / PER_SLAB)));
    this.#top = y0;
    this.#height = Math.max(1, (y1 - y0) / slabs);
    this.#first = new Int32Array(slabs + 1);
    this.#eachSlab((slab) => {
      this.#first[slab + 1] = (this.#first[slab + 1] ?? 0) + 1;
    });
    for (let slab = 0; slab < slabs; slab++)
      this.#first[slab + 1] = (this.#first[slab + 1] ?? 0) + (this.#first[slab] ?? 0);
    this.#sides = new Int32Array(this.#first[slabs] ?? 0);
    const next = this.#first.slice();
    this.#eachSlab((slab, side) => {
      const at = next[slab] ?? 0;
      this.#sides[at] = side;
      next[slab] = at + 1;
    });
  }

  has(px: number, py: number): boolean {
    const slab = Math.floor((py - this.#top) / this.#height);
    if (slab < 0 || slab > this.#first.length - 1) return false;
    const at = Math.min(slab, this.#first.length - 2);
    const { x, y } = this.#points;
    let isIn = false;
    for (let i = this.#first[at] as number; i < (this.#first[at + 1] as number); i++) {
      const side = this.#sides[i] as number;
      const [a, b] = [this.#ring[side] as number, this.#ring[side + 1] as number];
      const [ay, by] = [y.at(a), y.at(b)];
      if (ay > py === by > py) continue;
      if (px < x.at(a) + ((py - ay) / (by - ay)) * (x.at(b) - x.at(a))) isIn = !isIn;
    }
    return isIn;
  }

  /** Every side with every slab that it goes through. */
  #eachSlab(tell: (slab: number, side: number) => void): void {
    const last = this.#first.length - 2;
    const { y } = this.#points;
    for (let side = 0; side + 1 < this.#ring.length; side++) {
      const [ay, by] = [y.at(this.#ring[side] as number), y.at(this.#ring[side + 1] as number)];
      const from = Math.floor((Math.min(ay, by) - this.#top) / this.#height);
      const to = Math.min(last, Math.floor((Math.max(ay, by) - this.#top) / this.#height));
      for (let slab = Math.min(from, last); slab <= to; slab++) tell(slab, side);
    }
  }
}
