import { Ints } from '../tiling/growing.ts';
import type { Member, Tags } from './read/source.ts';
import type { PointList } from './shapes/geometry.ts';
import { mayBeArea } from './tags/areas.ts';
import { type BorderLevel, borderOf } from './tags/borders.ts';
import { labelOf } from './tags/labels.ts';
import { placeOf } from './tags/places.ts';

/** A relation that is an area: what it says, and the ways around it. */
export interface AreaRelation {
  readonly id: number;
  readonly tags: Tags;
  readonly ways: readonly number[];
  readonly border: BorderLevel | null;
}

const NOT_AROUND: ReadonlySet<string> = new Set(['label', 'admin_centre', 'subarea', 'entrance']);

/** Relations that are areas, and the lines of the ways that they name. Ways come later in a file than they're asked for. */
export class Relations {
  readonly areas: AreaRelation[] = [];
  /** Of ways along a border its level; a street's counts for more. */
  readonly borders = new Map<number, BorderLevel>();
  readonly #slots = new Map<number, number>();
  readonly #first = new Ints();
  readonly #last = new Ints();
  readonly #refs = new Ints();

  relation(id: number, members: readonly Member[], tags: Tags): void {
    const type = tags.get('type');
    if (type !== 'multipolygon' && type !== 'boundary') return;
    const border = borderOf(tags);
    const isArea = type === 'multipolygon' && mayBeArea(tags);
    if (!border && !isArea && !labelOf(tags) && !placeOf(tags)) return;
    const ways = members.filter((m) => m.type === 'way' && !NOT_AROUND.has(m.role)).map((m) => m.id);
    if (ways.length === 0) return;
    for (const way of ways) {
      if (!this.#slots.has(way)) {
        this.#slots.set(way, this.#first.length);
        this.#first.push(0);
        this.#last.push(0);
      }
      if (border && this.borders.get(way) !== 'street') this.borders.set(way, border);
    }
    this.areas.push({ id, tags: new Map(tags), ways, border });
  }

  wants(way: number): boolean {
    return this.#slots.has(way);
  }

  /** The points of a way that is wanted. */
  setLine(way: number, line: ArrayLike<number>): void {
    const slot = this.#slots.get(way);
    if (slot === undefined) return;
    this.#first.data[slot] = this.#refs.length;
    this.#refs.room(line.length);
    this.#refs.data.set(line, this.#refs.length);
    this.#refs.length += line.length;
    this.#last.data[slot] = this.#refs.length;
  }

  /** Lines of an area's ways; null for those that the file lacks. */
  linesOf({ ways }: AreaRelation): (PointList | null)[] {
    return ways.map((way) => {
      const slot = this.#slots.get(way) ?? -1;
      const [first, last] = [this.#first.at(slot), this.#last.at(slot)];
      return last - first >= 2 ? this.#refs.data.subarray(first, last) : null;
    });
  }
}
