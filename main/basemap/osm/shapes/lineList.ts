import type { RoadClass } from '../../../../core/places/roads.ts';
import type { Text } from '../../../../core/words.ts';
import { Ints } from '../../tiling/growing.ts';
import type { Layer } from '../../tiling/layers.ts';

/** What a line is; lines of one style that meet may be joined. */
export interface LineStyle {
  readonly layer: Layer;
  /** Number of its set of attributes. */
  readonly attributes: number;
  readonly minZoom: number;
  /** A road of the graph: its class and its name, null when it has none. */
  readonly road?: { readonly class: RoadClass; readonly name: Text | null };
  /** The name of a river, to be written along it. */
  readonly river?: Text;
}

/** Lines in columns: where each begins among the points' indexes, and its style. */
export class LineList {
  readonly styles: LineStyle[] = [];
  readonly styleOf = new Ints();
  /** First reference of every line; one more at the end. */
  readonly first = new Ints();
  readonly refs = new Ints();
  readonly #known = new Map<string, number>();

  constructor() {
    this.first.push(0);
  }

  get count(): number {
    return this.styleOf.length;
  }

  /** The number of a style, new or known. */
  style(style: LineStyle): number {
    const { layer, attributes, minZoom, road, river } = style;
    const key = [layer, attributes, minZoom, road ? 'road' : '', river?.zh ?? ''].join('\n');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, this.styles.length);
    return this.styles.push(style) - 1;
  }

  add(style: number, line: ArrayLike<number>): void {
    this.refs.room(line.length);
    this.refs.data.set(line, this.refs.length);
    this.refs.length += line.length;
    this.first.push(this.refs.length);
    this.styleOf.push(style);
  }

  /** The points of a line; a view, only until the next is added. */
  line(index: number): Int32Array {
    return this.refs.data.subarray(this.first.at(index), this.first.at(index + 1));
  }
}
