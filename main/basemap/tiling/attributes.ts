export type Value = string | number | boolean;
export type Attributes = Readonly<Record<string, Value>>;

/** Sets of attributes, each kept once however many features have it: most buildings are of one height, most roads have no name. */
export class AttributeTable {
  readonly keys: string[] = [];
  readonly values: Value[] = [];
  /** Of every set: key, value, key, value …, as indexes. */
  readonly sets: (readonly number[])[] = [];
  readonly #keyOf = new Map<string, number>();
  readonly #valueOf = new Map<Value, number>();
  readonly #setOf = new Map<string, number>();

  /** The number of this set. */
  add(attributes: Attributes): number {
    const set: number[] = [];
    for (const [key, value] of Object.entries(attributes))
      set.push(indexIn(this.#keyOf, this.keys, key), indexIn(this.#valueOf, this.values, value));
    const name = set.join();
    const known = this.#setOf.get(name);
    if (known !== undefined) return known;
    this.#setOf.set(name, this.sets.length);
    return this.sets.push(set) - 1;
  }
}

function indexIn<T>(of: Map<T, number>, list: T[], item: T): number {
  const known = of.get(item);
  if (known !== undefined) return known;
  of.set(item, list.length);
  return list.push(item) - 1;
}
